/** O8: whose connection it is, behind a proxy and without one. */
import { expect, test } from 'vitest';
import { openRoom } from '../support/open-room.ts';
import { join } from '../support/protocol-member.ts';

const onePerAddress = { connectionsPerAddress: 1 };

function from(forwardedFor: string) {
  return { headers: { 'X-Forwarded-For': forwardedFor } };
}

test('O8: behind a trusted proxy the cap counts the addresses it forwards', async () => {
  const { port } = await openRoom(onePerAddress, { trustedProxies: ['127.0.0.1'] });
  const ann = await join(port, 'Ann', from('192.0.2.1'));
  const bo = await join(port, 'Bo', from('192.0.2.2'));
  await expect(join(port, 'Cem', from('192.0.2.1'))).rejects.toThrow('429');
  ann.crash();
  await bo.change('left', 'Ann');
  const cem = await join(port, 'Cem', from('192.0.2.1'));
  for (const member of [bo, cem]) member.crash();
});

test('O8: only the hop the proxy itself added is believed', async () => {
  const { port } = await openRoom(onePerAddress, { trustedProxies: ['127.0.0.1'] });
  const ann = await join(port, 'Ann', from('198.51.100.7, 192.0.2.1'));
  await expect(join(port, 'Bo', from('203.0.113.9, 192.0.2.1'))).rejects.toThrow('429');
  const cem = await join(port, 'Cem', from('198.51.100.7, 192.0.2.3'));
  for (const member of [ann, cem]) member.crash();
});

test('O8: what a stranger forwards is ignored', async () => {
  const { port } = await openRoom(onePerAddress, { trustedProxies: ['192.0.2.99'] });
  const ann = await join(port, 'Ann', from('192.0.2.1'));
  await expect(join(port, 'Bo', from('192.0.2.2'))).rejects.toThrow('429');
  ann.crash();
});

test('O8: a proxy that forwards nothing is counted itself', async () => {
  const { port } = await openRoom(onePerAddress, { trustedProxies: ['127.0.0.1'] });
  const ann = await join(port, 'Ann');
  await expect(join(port, 'Bo', from(' '))).rejects.toThrow('429');
  ann.crash();
});
