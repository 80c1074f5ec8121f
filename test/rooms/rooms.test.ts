import { createServer } from 'node:http';
import { once } from 'node:events';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Discovery, FoundRoom } from '../../main/discovery/discovery.ts';
import type { CheckedEntry } from '../../main/model/entry.ts';
import type { RoomKey } from '../../main/model/room.ts';
import { BulletinBoard } from '../support/bulletin-board.ts';
import { Device } from '../support/device.ts';
import { freePort, occupyPort } from '../support/foreign-port.ts';
import { NO_ADDRESSES } from '../support/no-addresses.ts';
import { PROTOCOL_VERSION } from '../../main/protocol/limits.ts';
import * as care from '../../main/rooms/care.ts';
import { SERVER_LIMITS } from '../../main/server/limits.ts';
import { createMemoryStorage } from '../../main/storage/memory-storage.ts';
import { joinedRecord } from '../../main/storage/room-record.ts';
import { openRoom } from '../support/open-room.ts';
import { join } from '../support/protocol-member.ts';
import { twoInARoom } from '../support/two-in-a-room.ts';
import { startRelay } from '../support/relay.ts';
import { LAB } from './lab.ts';

function textOf(entry: CheckedEntry): string {
  return entry.kind === 'said' ? entry.text : '';
}

function said(device: Device, key: RoomKey): readonly string[] {
  return device.view(key).entries.map((entry) => `${entry.name}: ${textOf(entry)}`);
}

test('host, discover, join, chat both ways: both see the same', async () => {
  const { ann, bo, hosted, joined } = await twoInARoom();
  ann.rooms.get(hosted).say('hello');
  await bo.untilSaid(joined, 'hello');
  bo.rooms.get(joined).say('hello back');
  await ann.untilSaid(hosted, 'hello back');
  await bo.until(joined, ({ entries, pending }) => entries.length === 2 && pending.length === 0);
  expect(said(ann, hosted)).toEqual(['Ann: hello', 'Bo: hello back']);
  expect(said(bo, joined)).toEqual(said(ann, hosted));
  expect(bo.view(joined)).toMatchObject({ hosting: null, status: { state: 'here' }, pending: [] });
  expect(ann.view(hosted).hosting?.link).toMatch(/^lanyard:\/\/.+:\d+\/.+$/);
});

test('what comes together is taken in together', async () => {
  const { ann, bo, hosted, joined } = await twoInARoom();
  const texts = Array.from({ length: 100 }, (_, number) => `message ${number}`);
  const batches: number[] = [];
  bo.bridge.subscribe((event) => {
    if (event.type === 'room-entries') batches.push(event.entries.length);
  });
  for (const text of texts) ann.rooms.get(hosted).say(text);
  const { entries } = await bo.untilSaid(joined, 'message 99');
  expect(entries.map(textOf)).toEqual(texts);
  expect(batches.length).toBeLessThan(texts.length / 2);
});

test('what one said is in the log before it is no longer pending', async () => {
  const { bo, joined } = await twoInARoom();
  const order: string[] = [];
  bo.bridge.subscribe((event) => {
    if (event.type === 'room-entries') order.push('said');
    if (event.type === 'room-pending' && event.pending.length === 0) order.push('not pending');
  });
  bo.rooms.get(joined).say('hello');
  await bo.until(joined, ({ entries, pending }) => entries.length === 1 && pending.length === 0);
  expect(order).toEqual(['said', 'not pending']);
});

test('a room one is in is not among those nearby; one that was left is again', async () => {
  const { ann, bo, joined } = await twoInARoom();
  expect([ann.rooms.nearby(), bo.rooms.nearby()]).toEqual([[], []]);
  await bo.rooms.leave(joined);
  expect(bo.rooms.nearby()).toMatchObject([{ name: 'Lab 3', version: 'same' }]);
});

test('H2: a room that speaks another version is said to be older or newer', () => {
  const found = [1, PROTOCOL_VERSION, PROTOCOL_VERSION + 1].map((version): FoundRoom => {
    const about = {
      name: 'Lab',
      members: 1,
      access: 'open',
      locked: false,
      addresses: [],
    } as const;
    return { ...about, id: `speaks ${version}`, version };
  });
  const board = new BulletinBoard();
  const discovery: Discovery = {
    ...board.discovery(),
    browse(listener) {
      listener(found);
      return { stop: () => undefined };
    },
  };
  const device = new Device('Bo', board, { discovery });
  expect(device.rooms.nearby().map(({ id, version }) => [id, version])).toEqual([
    ['speaks 1', 'older'],
    ['speaks 2', 'same'],
    ['speaks 3', 'newer'],
  ]);
});

test('a room of an earlier start that is not joined in this one has nothing to tell at its end', async () => {
  const storage = createMemoryStorage();
  storage.add(joinedRecord(LAB));
  const device = new Device('Bo', undefined, { storage });
  const told: string[] = [];
  device.bridge.subscribe(({ type }) => told.push(type));
  // A promise that nobody holds would fail this run.
  await device.rooms.stop();
  expect(device.rooms.views()).toMatchObject([
    { info: { id: LAB.id }, status: { reason: 'left' } },
  ]);
  expect(told).not.toContain('room-status');
});

test('a room that is being opened when all ends is closed as well', async () => {
  const device = new Device('Ann');
  const opening = device.rooms.host({ room: 'Lab 3' });
  await device.rooms.stop();
  const { hosting, status } = device.view(await opening);
  expect([hosting, status.state]).toEqual([null, 'ended']);
});

test('O2, O13: coming, renaming and going leave quiet lines with the count', async () => {
  const { ann, bo, hosted, joined } = await twoInARoom();
  await bo.rooms.get(joined).rename('Bob');
  await bo.rooms.leave(joined);
  const { notices } = await ann.until(hosted, ({ roster }) => roster.length === 1);
  expect(notices.map(({ what }) => what).slice(-3)).toEqual([
    { kind: 'joined', name: 'Bo', count: 2 },
    { kind: 'renamed', before: 'Bo', name: 'Bob', count: 2 },
    { kind: 'left', name: 'Bob', reason: 'left', count: 1 },
  ]);
});

test('N4: a rename to a taken name is refused in words', async () => {
  const { bo, joined } = await twoInARoom();
  await expect(bo.rooms.get(joined).rename('ANN')).rejects.toMatchObject({ code: 'name-taken' });
});

test('the host closes the room: it ends for everybody, with the reason', async () => {
  const { ann, bo, hosted, joined } = await twoInARoom();
  await ann.rooms.leave(hosted);
  const { status } = await bo.until(joined, (view) => view.status.state === 'ended');
  expect(status).toMatchObject({ reason: 'room-closed' });
  expect(ann.view(hosted)).toMatchObject({ own: true, hosting: null, status: { reason: 'left' } });
});

test('H6: who wakes up connects anew, and nobody else notices', async () => {
  const { ann, bo, hosted, joined } = await twoInARoom();
  const before = ann.view(hosted);
  bo.rooms.wake();
  expect(bo.view(joined).status.state).toBe('connecting');
  await bo.until(joined, ({ status }) => status.state === 'here');
  bo.rooms.get(joined).say('awake');
  const after = await ann.untilSaid(hosted, 'awake');
  expect(after.roster).toEqual(before.roster);
  expect(after.notices).toEqual(before.notices);
});

test('one room is joined once, however it is addressed', async () => {
  const { ann, bo, hosted, joined } = await twoInARoom();
  const { link = '', port = 0 } = ann.view(hosted).hosting ?? {};
  const id = link.split('/').at(-1);
  expect(await bo.rooms.joinAddress(`127.0.0.1:${port}`, undefined)).toBe(joined);
  expect(await bo.rooms.joinAddress(`lanyard://127.0.0.1:${port}/${id}`, undefined)).toBe(joined);
  await ann.until(hosted, ({ roster }) => roster.length === 2);
  expect(bo.rooms.views()).toHaveLength(1);
});

test('P7: everybody learns after how long one is removed', async () => {
  const { ann, bo, hosted, joined } = await twoInARoom();
  await care.setIdleMinutes(ann.rooms.get(hosted), 30);
  await ann.until(hosted, ({ info }) => info.idleMinutes === 30);
  await bo.until(joined, ({ info }) => info.idleMinutes === 30);
});

test('only the host sets how long one may be idle', async () => {
  const { bo, joined } = await twoInARoom();
  expect(() => bo.rooms.hosted(joined)).toThrow('Only the host');
});

test('unread lines and mentions count until they are read; one’s own never', async () => {
  const { ann, bo, hosted, joined } = await twoInARoom();
  for (const text of ['one', 'bo, look', 'three']) ann.rooms.get(hosted).say(text);
  await bo.untilSaid(joined, 'three');
  expect(bo.view(joined).unread).toEqual({ count: 3, mentions: 1 });
  expect(bo.heard.map(({ mention }) => mention)).toEqual([false, true, false]);
  bo.rooms.get(joined).markRead(2);
  expect(bo.view(joined).unread).toEqual({ count: 1, mentions: 0 });
  bo.rooms.get(joined).say('mine');
  await ann.untilSaid(hosted, 'mine');
  await bo.untilSaid(joined, 'mine');
  expect(bo.view(joined).unread.count).toBe(0);
});

test('how far was read is kept: not past the end, and up to what was said before an act', async () => {
  const { ann, bo, hosted, joined } = await twoInARoom();
  const room = ann.rooms.get(hosted);
  for (const text of ['one', 'two']) room.say(text);
  await bo.untilSaid(joined, 'two');
  bo.rooms.get(joined).markRead(99);
  await care.act(room, 'lock', '');
  const { entries } = await bo.until(joined, ({ entries: all }) => all.at(-1)?.kind === 'act');
  bo.rooms.get(joined).markRead(entries.at(-1)?.seq ?? 0);
  for (const text of ['three', 'four']) room.say(text);
  await bo.untilSaid(joined, 'four');
  expect(bo.view(joined).unread.count).toBe(2);
});

test('T1, M4: what is done to a message counts as nothing unread, and one that is removed no longer', async () => {
  const { ann, bo, hosted, joined } = await twoInARoom();
  const room = ann.rooms.get(hosted);
  const ids = ['one', 'bo, two'].map((text) => room.say(text));
  await bo.untilSaid(joined, 'bo, two');
  const [one = '', two = ''] = ids;
  await room.relate('relation/edit', { text: 'bo, one' }, one);
  await room.relate('relation/reaction', { emoji: '👍' }, two);
  await bo.untilSaid(joined, 'bo, one');
  expect(bo.view(joined).unread).toEqual({ count: 2, mentions: 1 });
  await care.act(room, 'redact', two);
  await bo.until(joined, ({ unread }) => unread.count === 1);
  expect(bo.view(joined).unread).toEqual({ count: 1, mentions: 0 });
  expect(bo.heard.map(({ text }) => text)).toEqual(['one', 'bo, two']);
  await care.clearHistory(room);
  await bo.until(joined, ({ entries }) => entries.length === 0);
  expect(bo.view(joined).unread).toEqual({ count: 0, mentions: 0 });
});

test('T1: what is done to a message shows with both, and is exported and found so', async () => {
  const { ann, bo, hosted, joined } = await twoInARoom();
  const id = ann.rooms.get(hosted).say('tea at four');
  await bo.untilSaid(joined, 'tea at four');
  const changes: (readonly string[])[] = [];
  bo.bridge.subscribe((event) => {
    if (event.type === 'room-entries-changed') changes.push(event.entries.map(textOf));
  });
  await ann.rooms.get(hosted).relate('relation/edit', { text: 'coffee at five' }, id);
  await bo.rooms.get(joined).relate('relation/reaction', { emoji: '👍' }, id);
  bo.rooms.get(joined).say('fine', [{ as: 're', id }]);
  const { entries } = await ann.untilSaid(hosted, 'fine');
  await bo.untilSaid(joined, 'fine');
  expect(entries).toMatchObject([
    { text: 'coffee at five', reactions: [{ emoji: '👍', names: ['Bo'], mine: null }] },
    { text: 'fine', answers: { id, name: 'Ann', text: 'coffee at five' } },
  ]);
  const seen = bo.view(joined).entries;
  expect(seen).toMatchObject([{ reactions: [{ mine: expect.any(String) }] }, {}]);
  expect(changes.flat()).toEqual(changes.flat().map(() => 'coffee at five'));
  expect(changes.length).toBeGreaterThan(0);
  const { content } = bo.rooms.get(joined).exportAs('jsonl');
  const lines = content
    .trimEnd()
    .split('\n')
    .map((line): { kind: string; text?: string } => JSON.parse(line));
  expect(lines.flatMap(({ text }) => text ?? [])).toEqual(seen.map(textOf));
  expect(lines.map(({ kind }) => kind)).toContain('relation/edit');
  const found = bo.rooms.search('coffee', joined, Infinity);
  expect(found.hits.map(({ entry }) => textOf(entry))).toEqual(['coffee at five']);
  expect(bo.rooms.search('tea', joined, Infinity).hits).toEqual([]);
});

test('M4: who wrote a message removes it themselves, and nobody else who does not look after the room', async () => {
  const { ann, bo, hosted, joined } = await twoInARoom();
  const [hers, his] = [ann.rooms.get(hosted).say('hers'), bo.rooms.get(joined).say('his')];
  await ann.untilSaid(hosted, 'his');
  await bo.untilSaid(joined, 'hers');
  await expect(care.act(bo.rooms.get(joined), 'redact', hers)).rejects.toMatchObject({
    code: 'not-allowed',
  });
  await care.act(bo.rooms.get(joined), 'redact', his);
  const { entries } = await ann.until(hosted, ({ entries: all }) => all.length === 3);
  expect(entries).toMatchObject([{}, {}, { act: 'redact', name: 'Bo', onName: 'Bo' }]);
  expect(entries.map(textOf).toSorted()).toEqual(['', '', 'hers']);
});

test('L3: what was said before one came can be read page by page', async () => {
  const flood = { ...SERVER_LIMITS.flood, burst: 1_000 };
  const { port } = await openRoom({ flood });
  const talker = await join(port, 'Ann');
  for (let n = 1; n <= 450; n += 1) talker.say(`line ${n}`);
  await talker.entry('line 450');
  const bo = new Device('Bo');
  const key = await bo.rooms.joinAddress(`127.0.0.1:${port}`, undefined);
  expect(bo.view(key)).toMatchObject({ hasOlder: true });
  expect(bo.view(key).entries[0]?.seq).toBe(251);
  const seqs: number[] = [];
  for (let hasOlder = true, before = 251; hasOlder;) {
    const page = await bo.rooms.get(key).entriesBefore(before, 70);
    seqs.unshift(...page.entries.map(({ seq }) => seq));
    ({ hasOlder } = page);
    before = seqs[0] ?? 1;
  }
  expect(seqs).toEqual(Array.from({ length: 250 }, (_, index) => index + 1));
  talker.crash();
});

test('P6: who types is shown until they have said it', async () => {
  const { ann, bo, hosted, joined } = await twoInARoom();
  bo.rooms.get(joined).setTyping(true);
  const { typing, roster } = await ann.until(hosted, (view) => view.typing.length === 1);
  expect(typing).toEqual([roster.find(({ name }) => name === 'Bo')?.id]);
  bo.rooms.get(joined).say('done');
  await ann.until(hosted, (view) => view.typing.length === 0);
});

test('P6: a member that stops typing without a word types no longer', async () => {
  const { ann, bo, hosted, joined } = await twoInARoom();
  bo.rooms.get(joined).setTyping(true);
  await ann.until(hosted, (view) => view.typing.length === 1);
  await ann.until(hosted, (view) => view.typing.length === 0);
});

test('O9, O10: what is typed while the connection is broken is said once it is back', async () => {
  const { port } = await openRoom();
  const witness = await join(port, 'Witness');
  const relay = await startRelay(port);
  const bo = new Device('Bo');
  const key = await bo.rooms.joinAddress(`127.0.0.1:${relay.port}`, undefined);
  relay.cut();
  const { status } = await bo.until(key, (view) => view.status.state === 'waiting');
  expect(status).toMatchObject({ reason: 'connection-lost' });
  await witness.change('left', 'Bo');
  bo.rooms.get(key).say('  typed in the dark ');
  witness.say('missed');
  await witness.entry('missed');
  expect(bo.view(key).pending).toMatchObject([{ text: 'typed in the dark' }]);
  relay.mend();
  bo.rooms.get(key).retryNow();
  const { entries } = await bo.until(
    key,
    (view) => view.pending.length === 0 && view.entries.length === 2,
  );
  expect(entries.map(textOf)).toEqual(['missed', 'typed in the dark']);
  await witness.entry('typed in the dark');
  witness.crash();
});

describe('what cannot be joined says why', () => {
  test.for([
    ['', 'address-invalid'],
    ['not an address', 'address-invalid'],
    ['http://example.org', 'address-invalid'],
    ['300.1.2.3', 'address-invalid'],
    ['nobody.invalid', 'address-not-found'],
  ] as const)('%j', async ([address, code]) => {
    const bo = new Device('Bo');
    await expect(bo.rooms.joinAddress(address, undefined)).rejects.toMatchObject({ code });
    expect(bo.rooms.views()).toEqual([]);
  });

  test('nobody listens there', async () => {
    const bo = new Device('Bo');
    const address = `127.0.0.1:${await freePort()}`;
    await expect(bo.rooms.joinAddress(address, undefined)).rejects.toMatchObject({
      code: 'refused-connection',
    });
  });

  test('a web server answers there', async () => {
    const server = createServer((_request, response) => response.end('<h1>hi</h1>')).listen(0);
    onTestFinished(() => server.closeAllConnections());
    await once(server, 'listening');
    const address = server.address();
    const port = address !== null && typeof address === 'object' ? address.port : 0;
    const bo = new Device('Bo');
    await expect(bo.rooms.joinAddress(`127.0.0.1:${port}`, undefined)).rejects.toMatchObject({
      code: 'not-a-room',
    });
    server.close();
  });

  test('the link was of another room', async () => {
    const { port } = await openRoom();
    const bo = new Device('Bo');
    await expect(
      bo.rooms.joinAddress(`lanyard://127.0.0.1:${port}/another-room`, undefined),
    ).rejects.toMatchObject({ code: 'wrong-room' });
    expect(bo.rooms.views()).toEqual([]);
  });

  test('the room is gone', async () => {
    const bo = new Device('Bo');
    await expect(bo.rooms.joinNearby('gone', undefined)).rejects.toMatchObject({
      code: 'room-gone',
    });
  });

  test('the room is full', async () => {
    const { port } = await openRoom({ connectionsPerAddress: 1 });
    await join(port, 'Ann');
    const bo = new Device('Bo');
    await expect(bo.rooms.joinAddress(`127.0.0.1:${port}`, undefined)).rejects.toMatchObject({
      code: 'too-many-connections',
    });
  });
});

describe('what cannot be hosted says why', () => {
  test.for([
    ['', 'room-name-empty'],
    ['\u200d', 'room-name-empty'],
    ['x'.repeat(5_000), 'room-name-too-long'],
    ['Lab\u202e3', 'room-name-not-allowed'],
  ] as const)('the name %#', async ([name, code]) => {
    const ann = new Device('Ann');
    await expect(ann.rooms.host({ room: name })).rejects.toMatchObject({ code });
    expect(ann.rooms.views()).toEqual([]);
  });

  test('the port is in use', async () => {
    const ann = new Device('Ann');
    const port = await occupyPort();
    await expect(ann.rooms.host({ room: 'Lab 3', port })).rejects.toMatchObject({
      code: 'port-in-use',
    });
    expect(ann.rooms.views()).toEqual([]);
  });
});

test('a snapshot and the events after it tell the same as a later snapshot', async () => {
  const { ann, bo, hosted, joined } = await twoInARoom();
  bo.rooms.get(joined).say('before');
  await bo.untilSaid(joined, 'before');
  const entries: string[] = [];
  bo.bridge.subscribe((event) => {
    if (event.type === 'snapshot') {
      const view = event.snapshot.rooms.find(({ key }) => key === joined);
      entries.push(...(view?.entries ?? []).map(textOf));
    }
    if (event.type === 'room-entries') entries.push(...event.entries.map(textOf));
  });
  for (let n = 0; n < 50; n += 1) ann.rooms.get(hosted).say(`line ${n}`);
  await bo.untilSaid(joined, 'line 49');
  expect(entries).toEqual(bo.view(joined).entries.map(textOf));
});

test('D5: a kept room whose addresses are none, or lead nowhere, is out of reach', async () => {
  const storage = createMemoryStorage();
  const addresses = [...NO_ADDRESSES.slice(0, 4), 'ws://lab.3/', '', 'fe80::1%lo:1', 'lab:70000'];
  storage.add({ ...joinedRecord(LAB), ownName: 'Ann', addresses });
  const ann = new Device('Ann', new BulletinBoard(), { storage });
  const [view] = ann.rooms.views();
  await expect(ann.rooms.rejoin(view?.key ?? '')).rejects.toMatchObject({ code: 'unreachable' });
});
