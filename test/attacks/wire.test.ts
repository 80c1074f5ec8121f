/** What somebody sees who records every byte of a conversation, and what is announced of it. */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { expect, onTestFinished, test } from 'vitest';
import type { RoomKey } from '../../main/model/room.ts';
import { createMdnsDiscovery } from '../../main/discovery/mdns-discovery.ts';
import { act, createInvite } from '../../main/rooms/care.ts';
import type { Rooms } from '../../main/rooms/rooms.ts';
import type { Transport } from '../../main/server/room-server.ts';
import { findSecrets, formsOf } from '../support/byte-search.ts';
import { Device } from '../support/device.ts';

const PASSPHRASE = 'marmalade-zeppelin-quorum';
const NAMES = ['Hugo Quillfeather', 'Anneliese Brixworth', '薄荷小熊'];
const SAID = ['The xylophone is under the stairs', '密码在抽屉里面', 'Bring eleven umbrellas'];
const OFTEN = 'Threadneedle';

/** A stretch of network that keeps what goes through it, both ways. */
async function startRecorder(targetPort: () => number) {
  const chunks: Buffer[] = [];
  const server = createServer((near) => {
    const far = connect({ port: targetPort(), host: '127.0.0.1' });
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      from.on('error', () => undefined);
      from.on('data', (data: Buffer) => chunks.push(data));
      from.on('close', () => to.destroy());
      from.pipe(to);
    }
    onTestFinished(() => {
      near.destroy();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
  });
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  return { port, bytes: () => Buffer.concat(chunks) };
}

/** What is said to the group of multicast DNS on the loopback. */
async function listenToMdns() {
  const packets: Buffer[] = [];
  const socket = createSocket({ type: 'udp4', reuseAddr: true });
  socket.on('message', (packet: Buffer) => packets.push(packet));
  socket.bind(5353);
  await once(socket, 'listening');
  socket.addMembership('224.0.0.251', '127.0.0.1');
  onTestFinished(() => {
    socket.close();
  });
  return { bytes: () => Buffer.concat(packets) };
}

/** Announces on the loopback alone. */
function loopbackDiscovery() {
  const discovery = createMdnsDiscovery({
    interfaces: () =>
      Object.fromEntries(
        Object.entries(networkInterfaces()).map(([name, infos = []]) => [
          name,
          infos.filter(({ internal }) => internal),
        ]),
      ),
  });
  onTestFinished(() => discovery.stop());
  return discovery;
}

function hostOf(transport: Transport) {
  const [name = ''] = NAMES;
  const discovery = loopbackDiscovery();
  return new Device(name, undefined, { transport, listenAt: '127.0.0.1', discovery });
}

/** Everything people do with one another, in a room they are all in. */
async function converse(
  hosted: { readonly device: Device; readonly key: RoomKey },
  members: readonly { readonly device: Device; readonly key: RoomKey }[],
) {
  const everybody = [hosted, ...members];
  for (const [index, text] of SAID.entries()) {
    const speaker = everybody[index] ?? hosted;
    const rooms: Rooms = speaker.device.rooms;
    rooms.get(speaker.key).setTyping(true);
    rooms.get(speaker.key).say(text);
    await Promise.all(everybody.map(({ device, key }) => device.untilSaid(key, text)));
  }
  const [ann, bo] = members;
  if (!ann || !bo) throw new Error('there are two');
  const room = hosted.device.rooms.get(hosted.key);
  await act(room, 'appoint', ann.device.identity.id);
  const annsRoom = ann.device.rooms.get(ann.key);
  await act(annsRoom, 'mute', bo.device.identity.id);
  await act(annsRoom, 'unmute', bo.device.identity.id);
  await bo.device.rooms.get(bo.key).rename(OFTEN);
  await ann.device.until(ann.key, ({ roster }) => roster.some(({ name }) => name === OFTEN));
  expect(ann.device.rooms.search('xylophone', ann.key, Infinity).hits).toHaveLength(1);
  // Who comes back gets what was said again, in a welcome.
  annsRoom.reconnect();
  await ann.device.until(ann.key, ({ status }) => status.state === 'here');
}

function people(): readonly [Device, Device] {
  const [, ann = '', bo = ''] = NAMES;
  return [new Device(ann), new Device(bo)];
}

test('the search finds every form of a secret it is meant to find', () => {
  for (const secret of [PASSPHRASE, ...NAMES, ...SAID]) {
    for (const [, form] of formsOf(secret)) {
      const bytes = Buffer.concat([Buffer.from('noise'), form, Buffer.from('noise')]);
      expect(findSecrets(bytes, [secret])).not.toEqual([]);
    }
    for (const before of ['', 'a', 'ab', 'abc']) {
      const bytes = Buffer.from(Buffer.from(`${before}${secret} and on`).toString('base64'));
      expect(findSecrets(bytes, [secret])).not.toEqual([]);
    }
  }
});

test('I2: of a whole conversation no word, name, passphrase or token is on the wire or announced', async () => {
  const mdns = await listenToMdns();
  const host = hostOf('tls');
  const wish = { room: 'Lab 3', access: 'passphrase', passphrase: PASSPHRASE } as const;
  const key = await host.rooms.host(wish);
  const { id, port } = { id: host.view(key).info.id, port: host.view(key).hosting?.port ?? 0 };
  const recorder = await startRecorder(() => port);
  const hosted = host.rooms.hosted(key);
  const { link } = await createInvite(host.rooms.get(key), hosted, 'day', 1);
  const token = new URL(link).searchParams.get('invite') ?? '';

  const [ann, bo] = people();
  const annKey = await ann.rooms.joinAddress(`127.0.0.1:${recorder.port}`, PASSPHRASE);
  const boKey = await bo.rooms.joinAddress(
    link.replace(`:${port}/`, `:${recorder.port}/`),
    undefined,
  );
  const members = [
    { device: ann, key: annKey },
    { device: bo, key: boKey },
  ];
  await converse({ device: host, key }, members);
  await expect.poll(() => mdns.bytes().includes(id)).toBe(true);
  await host.rooms.leave(key);

  const bytes = recorder.bytes();
  expect(bytes.length).toBeGreaterThan(10_000);
  expect(token).toHaveLength(32);
  const words = SAID.flatMap((text) => text.split(' ')).filter((word) => word.length > 4);
  const secrets = [PASSPHRASE, token, ...NAMES, OFTEN, ...SAID, ...words, 'welcome', 'roster'];
  expect(findSecrets(bytes, secrets)).toEqual([]);
  expect(findSecrets(bytes, [id, host.identity.id, ann.identity.id, bo.identity.id])).toEqual([]);
  expect(findSecrets(mdns.bytes(), secrets)).toEqual([]);
});

test('I5: without TLS the very same search finds them, and nothing is announced', async () => {
  const mdns = await listenToMdns();
  const host = hostOf('plain');
  const key = await host.rooms.host({ room: 'Lab 3' });
  const { id } = host.view(key).info;
  const recorder = await startRecorder(() => host.view(key).hosting?.port ?? 0);
  const devices = people();
  const members = [];
  for (const device of devices) {
    const joined = await device.rooms.joinAddress(`ws://127.0.0.1:${recorder.port}/`, undefined);
    members.push({ device, key: joined });
  }
  await converse({ device: host, key }, members);
  const found = findSecrets(recorder.bytes(), [...NAMES, OFTEN, ...SAID, 'welcome', 'roster']);
  expect(found).toEqual(
    [...NAMES, OFTEN, ...SAID, 'welcome', 'roster'].flatMap((secret) =>
      /^[\x20-\x7e]*$/.test(secret)
        ? [`${secret} (UTF-8)`, `${secret} (JSON)`]
        : [`${secret} (UTF-8)`],
    ),
  );
  expect(mdns.bytes().includes(id)).toBe(false);
});
