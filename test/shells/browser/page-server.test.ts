/** The page on loopback: only for the browser it was opened in. */
import { once } from 'node:events';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import type { RequestListener } from 'node:http';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Bridge, BridgeEvent, CallReply } from '../../../preload/contract.ts';
import type { CheckedEntry } from '../../../main/model/entry.ts';
import { createOutsideBridge } from '../../../main/bridge/outside.ts';
import { isServed } from '../../../main/shells/browser/page-proof.ts';
import { startPageServer } from '../../../main/shells/browser/page-server.ts';
import { Device } from '../../support/device.ts';
import { freePort, occupyPort } from '../../support/foreign-port.ts';
import { temporaryFolder } from '../../support/lanyard.ts';
import { answerOf, rawConnect, untilDropped, upgradeRequest } from '../../support/raw-client.ts';
import { uncaughtDuring } from '../../support/uncaught.ts';
import { Watch } from '../../support/watch.ts';

const TOKEN = 'a-token-nobody-can-guess';

/** A page with a secret beside its folder, and somebody’s Lanyard behind it. */
async function servePage() {
  const folder = temporaryFolder();
  const root = join(folder, 'page');
  mkdirSync(join(root, 'assets'), { recursive: true });
  writeFileSync(join(root, 'index.html'), '<!doctype html><title>Lanyard</title>');
  writeFileSync(join(root, 'assets', 'app.js'), 'export {};');
  writeFileSync(join(root, 'notes.txt'), 'not of a type the page needs');
  writeFileSync(join(folder, 'secret.html'), 'secret');
  const device = new Device('Ann');
  const server = await startPageServer({ bridge: device.bridge, root, port: null, token: TOKEN });
  onTestFinished(() => server.stop());
  const port = Number(new URL(server.url).port);
  return { server, device, port };
}

/** Asks for a path as it is written, which `fetch` would tidy up first. */
async function get(
  port: number,
  path: string,
  { host = `127.0.0.1:${port}`, method = 'GET' } = {},
) {
  const asked = request({ port, host: '127.0.0.1', path, method, headers: { Host: host } });
  asked.end();
  const [response] = await once(asked, 'response');
  let body = '';
  for await (const chunk of response) body += String(chunk);
  return { status: response.statusCode, headers: response.headers, body };
}

test('the address it gives shows the page, locked down', async () => {
  const { server } = await servePage();
  expect(server.url).toMatch(new RegExp(`^http://127\\.0\\.0\\.1:\\d+/${TOKEN}/$`));
  const response = await fetch(server.url);
  expect(response.status).toBe(200);
  expect(await response.text()).toContain('<title>Lanyard</title>');
  const policy = response.headers.get('Content-Security-Policy');
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("require-trusted-types-for 'script'");
  expect(policy).not.toContain('unsafe');
  expect(response.headers.get('Referrer-Policy')).toBe('no-referrer');
  const script = await fetch(`${server.url}assets/app.js`);
  expect(script.headers.get('Content-Type')).toContain('text/javascript');
});

test('it listens on loopback alone', async () => {
  const { port } = await servePage();
  const others = Object.values(networkInterfaces())
    .flat()
    .flatMap((address) =>
      address && !address.internal && address.family === 'IPv4' ? address.address : [],
    );
  for (const address of others) {
    await expect(fetch(`http://${address}:${port}/${TOKEN}/`)).rejects.toThrow('fetch failed');
  }
});

describe('without the token there is nothing', () => {
  test.for([
    '/',
    '/index.html',
    '/a-token-nobody-can-guesS/',
    `/${TOKEN}`,
    `/x${TOKEN}/`,
    '//',
    `/?${TOKEN}/`,
  ])('%s', async (path) => {
    const { port } = await servePage();
    expect((await get(port, path)).status).toBe(403);
  });
});

test.for(['evil.example', 'evil.example:80', '127.0.0.1', '127.0.0.1.evil.example:1', 'localhost'])(
  'DNS rebinding: a page that came as “%s” gets nothing, token or not',
  async (host) => {
    const { port } = await servePage();
    expect((await get(port, `/${TOKEN}/`, { host })).status).toBe(403);
  },
);

test.for(['POST', 'PUT', 'DELETE', 'OPTIONS', 'HEAD'])('%s is refused', async (method) => {
  const { port } = await servePage();
  expect((await get(port, `/${TOKEN}/`, { method })).status).toBe(403);
});

test.for([
  '/../secret.html',
  '/..%2fsecret.html',
  '/%2e%2e/secret.html',
  '/%2e%2e%2fsecret.html',
  '/assets/../../secret.html',
  '/..\\secret.html',
  '/....//secret.html',
  '/%00index.html',
  '/%ff.html',
  '/index.html/x.html',
  '/assets',
  '/notes.txt',
  '//etc/passwd',
  `/${'x'.repeat(300)}.html`,
  `/${'x'.repeat(8_000)}.html`,
])('nothing but the page is served (%#)', async (path) => {
  const { port, server } = await servePage();
  const { status, body } = await get(port, `/${TOKEN}${path}`);
  expect(status).toBe(404);
  expect(body).not.toContain('secret');
  expect((await fetch(server.url)).status).toBe(200);
});

/** What the page hears on its socket. */
interface Frame {
  readonly id?: number;
  readonly reply?: CallReply;
  readonly event?: BridgeEvent;
}

/** Opens the page’s socket and records what it hears. */
async function openBridge(port: number) {
  const origin = `http://127.0.0.1:${port}`;
  const socket = new WebSocket(`ws://127.0.0.1:${port}/${TOKEN}/bridge`, { origin });
  const heard: Frame[] = [];
  const watch = new Watch();
  socket.on('message', (data: Buffer) => {
    heard.push(JSON.parse(data.toString()));
    watch.happened();
  });
  socket.on('error', () => undefined);
  onTestFinished(() => socket.terminate());
  await once(socket, 'open');
  const until = (holds: (frame: Frame) => boolean) => watch.until(() => heard.find(holds));
  const call = async (id: number, name: unknown, args: unknown) => {
    socket.send(JSON.stringify({ id, call: name, args }));
    return (await until((frame) => frame.id === id)).reply;
  };
  return { socket, heard, until, call };
}

describe('the socket is for the page alone', () => {
  test.for([
    ['another site', { Origin: 'https://evil.example' }],
    ['another port of this computer', { Origin: 'http://127.0.0.1:1' }],
    ['a file', { Origin: 'null' }],
    ['https on this very port', { Origin: 'https://127.0.0.1' }],
    ['no origin', {}],
    ['a rebound name', { Host: 'evil.example' }],
  ] as const)('%s', async ([, headers]) => {
    const { port } = await servePage();
    const host = `127.0.0.1:${port}`;
    const own = 'Host' in headers ? { Origin: `http://${host}` } : {};
    const asked = upgradeRequest({ Host: host, ...own, ...headers });
    const socket = await rawConnect(port, asked.replace('GET /', `GET /${TOKEN}/bridge`));
    expect(await answerOf(socket)).toMatch(/^HTTP\/1\.1 403 /);
    await untilDropped(socket);
  });

  test.for(['/bridge', `/${TOKEN}/`, `/${TOKEN}/bridge/x`, '/wrong-token/bridge'])(
    'the path %s',
    async (path) => {
      const { port } = await servePage();
      const host = `127.0.0.1:${port}`;
      const asked = upgradeRequest({ Host: host, Origin: `http://${host}` });
      const socket = await rawConnect(port, asked.replace('GET /', `GET ${path}`));
      expect(await answerOf(socket)).toMatch(/^HTTP\/1\.1 403 /);
    },
  );
});

test('a snapshot comes first, then every event, none lost and none twice', async () => {
  const { port, device } = await servePage();
  const key = await device.rooms.host({ room: 'Lab 3' });
  let said = 0;
  // Things happen all the time, also in the moment of connecting.
  const talking = setInterval(() => {
    if (said < 40) device.rooms.get(key).say(`line ${(said += 1)}`);
  }, 1);
  onTestFinished(() => clearInterval(talking));
  const { heard, until } = await openBridge(port);
  await until(({ event }) => textsOf(event).includes('line 40'));
  expect(heard[0]?.event?.type).toBe('snapshot');
  const texts = heard.flatMap(({ event }) => textsOf(event));
  expect(texts).toEqual(Array.from({ length: 40 }, (_, index) => `line ${index + 1}`));
});

const saidText = (entry: CheckedEntry): readonly string[] =>
  entry.kind === 'said' ? [entry.text] : [];

/** What an event says was said. */
function textsOf(event: BridgeEvent | undefined): readonly string[] {
  if (event?.type === 'room-entries') return event.entries.flatMap(saidText);
  if (event?.type !== 'snapshot') return [];
  return event.snapshot.rooms.flatMap(({ entries }) => entries.flatMap(saidText));
}

describe('calls', () => {
  test('are answered by their id', async () => {
    const { port } = await servePage();
    const { call } = await openBridge(port);
    const replies = await Promise.all([
      call(2, 'host', { room: 'Lab 3' }),
      call(1, 'joinAddress', { address: 'not an address' }),
    ]);
    expect(replies[0]).toMatchObject({ ok: true, value: { key: expect.any(String) } });
    expect(replies[1]).toMatchObject({ ok: false, code: 'address-invalid' });
  });

  test.for([
    ['an unknown call', 'format', {}, 'unknown-call'],
    ['a call of the prototype', 'constructor', {}, 'unknown-call'],
    ['no call', null, {}, 'unknown-call'],
    ['wrong arguments', 'say', { key: 1 }, 'bad-arguments'],
    ['a room that is gone', 'leave', { key: 'gone' }, 'room-gone'],
  ] as const)('%s is refused with a code', async ([, name, args, code]) => {
    const { port } = await servePage();
    const { call } = await openBridge(port);
    expect(await call(1, name, args)).toMatchObject({ ok: false, code });
  });

  test.for([
    '',
    'hello',
    '[]',
    '{}',
    '{"id":"1","call":"say"}',
    '{"id":1.5,"call":"say","args":{}}',
  ])('what is no call ends the connection: %j', async (frame) => {
    const { port, server } = await servePage();
    const { socket } = await openBridge(port);
    socket.send(frame);
    const [code] = await once(socket, 'close');
    expect(code).toBe(1008);
    expect((await fetch(server.url)).status).toBe(200);
  });

  test('a call that is far too large ends the connection', async () => {
    const { port, server } = await servePage();
    const { socket } = await openBridge(port);
    socket.send('x'.repeat(10_000_000));
    expect((await once(socket, 'close'))[0]).not.toBe(1000);
    expect((await fetch(server.url)).status).toBe(200);
  });

  test('more than a window ever asks is refused, and another window is not', async () => {
    const { port } = await servePage();
    const [busy, other] = [await openBridge(port), await openBridge(port)];
    const calls = 5_000;
    for (let id = 1; id < calls; id += 1) {
      busy.socket.send(JSON.stringify({ id, call: 'leave', args: { key: 'gone' } }));
    }
    await busy.call(calls, 'leave', { key: 'gone' });
    const codes = busy.heard.flatMap(({ reply }) => (reply?.ok === false ? [reply.code] : []));
    expect(codes.slice(0, 300)).toEqual(Array.from({ length: 300 }, () => 'room-gone'));
    expect(codes).toHaveLength(calls);
    expect(codes).toContain('too-many-calls');
    expect(await other.call(1, 'leave', { key: 'gone' })).toMatchObject({ code: 'room-gone' });
  });

  test('a window that goes away in the middle of a call harms nobody', async () => {
    const { port, server, device } = await servePage();
    const { socket } = await openBridge(port);
    socket.send('{"id":1,"call":"host","args":{"room":"Lab 3"}}');
    socket.terminate();
    const { call } = await openBridge(port);
    await call(1, 'host', { room: 'Lab 4' });
    expect(device.rooms.views().map(({ info }) => info.name)).toContain('Lab 4');
    expect((await fetch(server.url)).status).toBe(200);
  });
});

test('two windows see the same', async () => {
  const { port } = await servePage();
  const [one, other] = [await openBridge(port), await openBridge(port)];
  await one.call(1, 'host', { room: 'Lab 3' });
  await other.until(({ event }) => event?.type === 'room-added');
});

test('stopping says so to the windows and waits for nobody', async () => {
  const { server, port } = await servePage();
  const { socket } = await openBridge(port);
  const host = `127.0.0.1:${port}`;
  await rawConnect(port);
  await rawConnect(port, upgradeRequest({ Host: host, Origin: 'https://evil.example' }));
  const closed = once(socket, 'close');
  await server.stop();
  expect((await closed)[0]).toBe(1001);
});

test('a port that is taken is told of', async () => {
  const port = await occupyPort();
  const { bridge } = new Device('Ann');
  const started = startPageServer({ bridge, root: temporaryFolder(), port, token: TOKEN });
  await expect(started).rejects.toMatchObject({ code: 'port-in-use' });
});

/** A page whose bridge is like this. */
async function serve(bridge: Partial<Bridge>) {
  const { device } = await servePage();
  const outside = createOutsideBridge({
    call: (name, args) => device.bridge.call(name, args),
    subscribe: (listener) => device.bridge.subscribe(listener),
    ...bridge,
  });
  const options = { bridge: outside, root: temporaryFolder(), port: null, token: TOKEN };
  const server = await startPageServer(options);
  onTestFinished(() => server.stop());
  const { port } = new URL(server.url);
  const socket = new WebSocket(`ws://127.0.0.1:${port}/${TOKEN}/bridge`, {
    origin: `http://127.0.0.1:${port}`,
  });
  return socket;
}

describe('what nobody expected', () => {
  test('a page that can be given no snapshot is let go, to come back', async () => {
    const failure = new Error('disk I/O error');
    const uncaught = await uncaughtDuring(async () => {
      const socket = await serve({
        subscribe() {
          throw failure;
        },
      });
      const [code] = await once(socket, 'close');
      expect(code).toBe(1011);
    });
    expect(uncaught).toEqual([failure]);
  });

  test('a call whose reply cannot be sent is answered all the same', async () => {
    const endless: { self?: unknown } = {};
    endless.self = endless;
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- A reply of no kind there is.
    const reply = { ok: true, value: endless } as never;
    const socket = await serve({ call: async () => reply, subscribe: () => () => undefined });
    await once(socket, 'open');
    socket.send(JSON.stringify({ id: 7, call: 'leave', args: { key: 'r' } }));
    const [answer] = await once(socket, 'message');
    expect(JSON.parse(String(answer))).toMatchObject({
      id: 7,
      reply: { ok: false, code: 'unexpected-error' },
    });
    socket.close();
  });

  test.skipIf(process.platform === 'win32')('a file that cannot be read', async () => {
    const root = temporaryFolder();
    const { device } = await servePage();
    // As one that the disk does not give back.
    symlinkSync('/proc/self/mem', join(root, 'index.html'));
    const server = await startPageServer({ bridge: device.bridge, root, port: null, token: TOKEN });
    onTestFinished(() => server.stop());
    await expect(fetch(server.url)).rejects.toThrow('fetch failed');
    expect((await get(Number(new URL(server.url).port), '/')).status).toBe(403);
  });
});

/** Where something else listens that has an answer for everything. */
async function someSite(answer: RequestListener): Promise<string> {
  const site = createServer(answer).listen(0, '127.0.0.1');
  onTestFinished(() => void site.close());
  await once(site, 'listening');
  const address = site.address();
  const port = typeof address === 'object' ? address?.port : null;
  return `http://127.0.0.1:${port}/${TOKEN}/`;
}

describe('a second start finds out whether the page is there', () => {
  test('it is, and does not have to be shown the token for that', async () => {
    const { server, port } = await servePage();
    expect(await isServed(server.url)).toBe(true);
    const { status, headers } = await get(port, '/');
    expect([status, headers['lanyard-proof']]).toEqual([403, undefined]);
  });

  test('it is that of another Lanyard', async () => {
    const { server } = await servePage();
    expect(await isServed(server.url.replace(TOKEN, 'another-token'))).toBe(false);
  });

  test('it is something else, which learns nothing', async () => {
    let asked = '';
    const site = await someSite(({ url, headers }, response) => {
      asked += `${url} ${JSON.stringify(headers)}`;
      response.end('<title>Lanyard</title>');
    });
    expect(await isServed(site)).toBe(false);
    expect(asked).toContain('lanyard-challenge');
    expect(asked).not.toContain(TOKEN);
  });

  test('it is something else, which tells what it was told', async () => {
    const site = await someSite(({ headers }, response) => {
      response.setHeader('Lanyard-Proof', headers['lanyard-challenge'] ?? '');
      response.end();
    });
    expect(await isServed(site)).toBe(false);
  });

  test('nothing is there, or what is there does not speak HTTP', async () => {
    const site = await someSite((_, response) => void response.socket?.end('220 mail\r\n'));
    expect(await isServed(site)).toBe(false);
    expect(await isServed(`http://127.0.0.1:${await freePort()}/${TOKEN}/`)).toBe(false);
  });

  test('a page of the network cannot ask in its place', async () => {
    const { port } = await servePage();
    const asked = request({
      port,
      host: '127.0.0.1',
      headers: { Host: 'evil.example', 'Lanyard-Challenge': 'x' },
    }).end();
    const [response] = await once(asked, 'response');
    expect([response.statusCode, response.headers['lanyard-proof']]).toEqual([403, undefined]);
    response.resume();
  });
});
