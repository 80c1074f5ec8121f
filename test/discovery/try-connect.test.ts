import { createServer } from 'node:net';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { tryConnect } from '../../main/discovery/try-connect.ts';

test('D8: a trial tells whether anything accepts connections at any of the addresses', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  expect(await tryConnect(['127.0.0.2', '127.0.0.1'], port, 5_000)).toBe(true);
  server.close();
  await once(server, 'close');
  expect(await tryConnect(['127.0.0.2', '127.0.0.1'], port, 5_000)).toBe(false);
});
