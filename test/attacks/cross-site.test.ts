/**
 * F2: a web page in somebody's browser, which reaches every address of their network. What such a
 * page may do to the browser shell is tried in shells/browser and e2e.
 */
import { describe, expect, test } from 'vitest';
import { openRoom } from '../support/open-room.ts';
import { identityOf } from '../support/identities.ts';
import { connectPlain } from '../support/protocol-member.ts';
import {
  answerOf,
  helloOf,
  rawConnect,
  untilDropped,
  upgradeRequest,
} from '../support/raw-client.ts';
import { tlsConnect } from '../support/tls-client.ts';

const ORIGINS = [
  'https://evil.example',
  'http://127.0.0.1:47100',
  'https://localhost',
  'file://',
  'null',
  '',
];

describe('F2: no page gets a WebSocket', () => {
  test.for(ORIGINS)('through TLS, from origin %j', async (origin) => {
    const { port } = await openRoom();
    // A browser shows no certificate; one that did would be a page's all the same.
    for (const who of [null, identityOf('Ann')]) {
      const socket = await tlsConnect(port, upgradeRequest({ Origin: origin }), who);
      expect(await answerOf(socket)).toMatch(/^HTTP\/1\.1 403 [^]*Lanyard-Refusal: cross-site\r\n/);
      await untilDropped(socket);
    }
  });

  test.for(ORIGINS)('without TLS, from origin %j', async (origin) => {
    const { port } = await openRoom({}, { transport: 'plain' });
    const socket = await rawConnect(port, upgradeRequest({ Origin: origin }));
    expect(await answerOf(socket)).toMatch(/^HTTP\/1\.1 403 [^]*Lanyard-Refusal: cross-site\r\n/);
    await untilDropped(socket);
  });
});

test('O1: a page’s form, whatever it posts, is answered and has done nothing', async () => {
  const { port } = await openRoom({}, { transport: 'plain' });
  const witness = await connectPlain(port, identityOf('Ann'));
  await witness.proveHello('Ann');
  await witness.welcome();
  const response = await fetch(`http://127.0.0.1:${port}/`, {
    method: 'POST',
    body: helloOf('Mallory'),
    headers: { Origin: 'https://evil.example', 'Content-Type': 'text/plain' },
  });
  expect(response.status).toBe(400);
  expect(response.headers.get('Access-Control-Allow-Origin')).toBeNull();
  witness.send({ type: 'who', id: 'w1' });
  const roster = await witness.waitFor((it) => (it.type === 'roster' ? it.roster : undefined));
  expect(roster.map(({ name }) => name)).toEqual(['Ann']);
});
