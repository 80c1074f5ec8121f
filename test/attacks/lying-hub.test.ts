/** E1-E3, L5-L8: a hub that lies about what was said is found out by every reader. */
import { describe, expect, test } from 'vitest';
import { idOf } from '../../main/events/event.ts';
import { sha256 } from '../../main/identity/sha256.ts';
import { signerOf } from '../../main/rooms/signer.ts';
import type { ReceivedEntry } from '../../main/timeline/entry.ts';
import type { Welcome } from '../../main/wire/messages.ts';
import { Device } from '../support/device.ts';
import { freshIdentity, identityOf } from '../support/identities.ts';
import { done, headOf, idIn, LyingHub, roomOf, said, written } from '../support/lying-hub.ts';
import type { Lies } from '../support/lying-hub.ts';
import { join } from '../support/protocol-member.ts';
import { HOST, openRoom, ROOM_ID } from '../support/open-room.ts';
import { postBy } from '../support/posts.ts';

const ANN = identityOf('Ann');
const MALLORY = identityOf('Mallory');

/** Somebody's real app, in the room of a hub that lies. */
async function inTheRoomOf(lies: Lies = {}) {
  const hub = await LyingHub.start(lies);
  const device = new Device('Victim');
  const key = await device.rooms.joinAddress(hub.address, undefined);
  return { hub, device, key };
}

/** What a reader thinks of an entry that the hub sends. */
async function doubtOf(entry: ReceivedEntry) {
  const { hub, device, key } = await inTheRoomOf();
  if (entry.kind.startsWith('act/')) hub.tellActs(entry);
  else hub.tellEntries(entry);
  const { entries } = await device.until(key, (view) => view.entries.length === 1);
  const doubts = entries.map(({ doubt }) => doubt);
  return { doubts, heard: device.heard };
}

test('what is true is not doubted, so that a doubt means something', async () => {
  const { doubts, heard } = await doubtOf(said(ANN, 'I did say this', { seq: 1 }));
  expect(doubts).toEqual([undefined]);
  expect(heard).toEqual([{ text: 'I did say this', mention: false }]);
});

const under = ({ id }: { readonly id: string }) => ({ person: id, device: id });
const saying = (content: object) => ({
  body: { state: 'whole', salt: 'A'.repeat(22), text: JSON.stringify(content) } as const,
});
const moderated = (author: typeof ANN, act: string, person: string) =>
  written(signerOf(author), 'act/moderation', { act, person, name: '' }, { seq: 1 });

describe('E1: words put into somebody’s mouth are shown as such, and notify nobody', () => {
  const real = said(ANN, 'I agree', { seq: 1 });
  const lies: Readonly<Record<string, ReceivedEntry>> = {
    'an altered text': { ...real, ...saying({ text: 'I do not agree' }) },
    'another author': { ...real, ...under(MALLORY) },
    'another author, whose device signed nothing': { ...real, person: MALLORY.id },
    'another device': { ...real, device: MALLORY.id },
    'in the name of somebody whose key signed nothing': {
      ...said(MALLORY, 'I quit', { seq: 1 }),
      ...under(ANN),
    },
    'signed in the name of somebody by a device of somebody else': written(
      { ...signerOf(MALLORY), person: ANN.id },
      'message/text',
      { text: 'I quit' },
      { seq: 1 },
    ),
    'another time': { ...real, written: 2 },
    'another kind': { ...real, kind: 'message/imported' },
    'an answer to something else': { ...real, references: [{ as: 're', id: 'x' }] },
    'a signature that is none': { ...real, signature: 'A'.repeat(86) },
    'an author that is no key': { ...real, person: 'ann', device: 'ann' },
    'a message of another room': said(ANN, 'I agree', { seq: 1, room: roomOf(HOST) }),
    'a removed message that was another one': {
      ...real,
      body: { state: 'redacted', digest: sha256('another') },
    },
    'what was said, as an act': { ...moderated(ANN, 'ban', MALLORY.id), signature: real.signature },
    'an act of somebody who did not do it': {
      ...moderated(MALLORY, 'appoint', MALLORY.id),
      ...under(HOST),
    },
    'an act by a device of somebody else': written(
      { ...signerOf(MALLORY), person: HOST.id },
      'act/settings',
      { locked: true },
      { seq: 1 },
    ),
    'an act on somebody else': {
      ...moderated(HOST, 'ban', MALLORY.id),
      ...saying({ act: 'ban', person: ANN.id, name: '' }),
    },
  };
  test.for(Object.entries(lies))('%s', async ([, entry]) => {
    expect(await doubtOf(entry)).toEqual({ doubts: ['signature'], heard: [] });
  });

  test('in one’s own name', async () => {
    const { hub, device, key } = await inTheRoomOf();
    hub.tellEntries({ ...said(MALLORY, 'I quit', { seq: 1 }), ...under(device.identity) });
    const { entries } = await device.until(key, (view) => view.entries.length === 1);
    expect(entries[0]?.doubt).toBe('signature');
  });

  test('one’s own message, altered on its way', async () => {
    const { hub, device, key } = await inTheRoomOf();
    device.rooms.get(key).say('yes');
    const sent = () => hub.heard.find((it) => it.type === 'post');
    await expect.poll(sent).toBeDefined();
    const post = sent();
    if (post?.type !== 'post') throw new Error('it was not sent');
    const place = said(ANN, '', { seq: 1 });
    hub.tellEntries({ ...place, ...post.event, ...saying({ text: 'no' }) });
    const { entries, pending } = await device.until(key, (view) => view.entries.length === 1);
    expect(entries[0]?.doubt).toBe('signature');
    // What was really said is still to be taken.
    expect(pending.map(({ text }) => text)).toEqual(['yes']);
  });
});

/** What is said, each with what is doubted of it. */
const doubtsIn = (device: Device, key: Parameters<Device['view']>[0]) =>
  device.view(key).entries.flatMap((row) => {
    if (row.kind !== 'said') return [];
    return row.doubt === undefined ? row.text : `${row.text} ${row.doubt}`;
  });

describe('E3: what was said once does not count twice', () => {
  const [one, two] = [said(ANN, 'pay 10', { seq: 1 }), said(ANN, 'thanks', { seq: 2 })];
  const again = { ...one, seq: 3 };

  test('an old entry under a new seq', async () => {
    const { hub, device, key } = await inTheRoomOf({ entries: [one, two] });
    hub.tellEntries(again, said(ANN, 'bye', { seq: 4 }));
    await device.untilSaid(key, 'bye');
    expect(doubtsIn(device, key)).toEqual(['pay 10', 'thanks', 'pay 10 replayed', 'bye']);
    expect(device.heard.map(({ text }) => text)).toEqual(['bye']);
    expect(device.view(key).unread.count).toBe(1);
  });

  test('both of them at once', async () => {
    const { hub, device, key } = await inTheRoomOf();
    hub.tellEntries(one, two, again, said(ANN, 'bye', { seq: 4 }));
    await device.untilSaid(key, 'bye');
    expect(doubtsIn(device, key)).toEqual(['pay 10', 'thanks', 'pay 10 replayed', 'bye']);
  });

  test('both of them in one welcome', async () => {
    const { device, key } = await inTheRoomOf({ entries: [one, { ...again, seq: 2 }] });
    expect(doubtsIn(device, key)).toEqual(['pay 10', 'pay 10 replayed']);
  });

  test('one of them further back than the welcome reaches', async () => {
    const { device, key } = await inTheRoomOf({ entries: [one, two, again] });
    const { entries } = await device.rooms.get(key).entriesBefore(2, 10);
    expect(entries).toMatchObject([{ text: 'pay 10', doubt: 'replayed' }]);
  });
});

describe('M4: what nobody removed is not removed', () => {
  const [keep, other] = [said(ANN, 'keep this', { seq: 1 }), said(ANN, 'and this', { seq: 2 })];
  const removal = (to: ReceivedEntry, seq: number, by = ANN) =>
    done(by, 'relation/redaction', idIn(to), { seq });

  test.for([
    ['in the name of its author', { ...removal(keep, 3, MALLORY), ...under(ANN) }],
    [
      'in the name of its author, by another device',
      written({ ...signerOf(MALLORY), person: ANN.id }, 'relation/redaction', {}, { seq: 3 }, [
        { as: 'to', id: idIn(keep) },
      ]),
    ],
    ['by a signature for something else', { ...removal(keep, 3), signature: keep.signature }],
  ] as const)('%s; a real redaction removes', async ([, forged]) => {
    const { hub, device, key } = await inTheRoomOf({ entries: [keep, other] });
    hub.tellEntries(forged, removal(other, 4));
    const { entries } = await device.until(key, (it) => it.entries.length === 4);
    const told = entries.map((it) => [it.kind === 'said' ? it.text : it.act, it.doubt]);
    expect(told).toEqual([
      ['keep this', undefined],
      ['', undefined],
      ['redact', 'signature'],
      ['redact', undefined],
    ]);
    expect(device.rooms.search('keep', key, Infinity).hits).toHaveLength(1);
  });

  test('by a redaction that came before it', async () => {
    const { hub, device, key } = await inTheRoomOf();
    const forged = { ...removal(keep, 1, MALLORY), ...under(ANN) };
    hub.tellEntries(forged, { ...keep, seq: 2 });
    await device.untilSaid(key, 'keep this');
  });

  test('of what was said here and has not been taken yet', async () => {
    const { hub, device, key } = await inTheRoomOf();
    const mine = device.rooms.get(key).say('not said yet');
    const forged = done(MALLORY, 'relation/redaction', mine, { seq: 1 });
    hub.tellEntries({ ...forged, ...under(device.identity) }, said(ANN, 'and now?', { seq: 2 }));
    const { pending } = await device.untilSaid(key, 'and now?');
    expect(pending.map(({ id }) => id)).toEqual([mine]);
  });
});

test('M5: words and feelings under a message by strangers’ signatures are none', async () => {
  const real = said(ANN, 'I agree', { seq: 1 });
  const { hub, device, key } = await inTheRoomOf({ entries: [real] });
  const to = [{ as: 'to', id: idIn(real) }];
  const edit = { text: 'I do not' };
  const forged = [
    { ...written(signerOf(MALLORY), 'relation/edit', edit, { seq: 2 }, to), ...under(ANN) },
    // Well signed, but nobody edits what another person said.
    written(signerOf(MALLORY), 'relation/edit', edit, { seq: 3 }, to),
    {
      ...written(signerOf(MALLORY), 'relation/reaction', { emoji: '👎' }, { seq: 4 }, to),
      ...under(ANN),
    },
  ];
  hub.tellEntries(...forged, said(ANN, 'bye', { seq: 5 }));
  const { entries } = await device.untilSaid(key, 'bye');
  expect(entries[0]).toMatchObject({ text: 'I agree' });
  expect(entries[0]).not.toHaveProperty('reactions');
  expect(entries[0]).not.toHaveProperty('editedAt');
});

test('E1: a hub that calls itself another room cannot use what is said there', async () => {
  const { hub, device, key } = await inTheRoomOf();
  hub.tell({ type: 'room', room: { ...hub.room, ...roomOf(HOST) } });
  const view = await device.until(key, ({ status }) => status.state === 'ended');
  expect(view.status).toMatchObject({ reason: 'wrong-room' });
  expect(view.info.id).toBe(ROOM_ID);
  // Nor is anything signed for that one.
  device.rooms.get(key).say('said here');
  const rejoining = device.rooms.rejoin(key);
  await expect.poll(() => hub.heard.some(({ type }) => type === 'post')).toBe(true);
  await rejoining;
  const post = hub.heard.find((it) => it.type === 'post');
  if (post?.type !== 'post') throw new Error('it was sent');
  expect(post.id).toBe(idOf({ ...post.event, room: ROOM_ID }, sha256));
});

test('I1: a hub cannot make one somebody else', async () => {
  const { device, key } = await inTheRoomOf({
    welcome: (truth) => ({ ...truth, you: MALLORY.id }),
  });
  expect(device.view(key).you).toBe(device.identity.id);
});

const withTalk = (truth: Welcome, change: Partial<Welcome['logs'][number]>): Welcome => ({
  ...truth,
  logs: truth.logs.map((log, index) => (index === 0 ? log : { ...log, ...change })),
});

const withEpoch = (truth: Welcome, change: Partial<Welcome['epoch']>): Welcome => ({
  ...truth,
  epoch: { ...truth.epoch, ...change },
});

describe('X1, L2, L5: a welcome to a log that is not the room’s is not believed', () => {
  const entries = [said(ANN, 'one', { seq: 1 }), said(ANN, 'two', { seq: 2 })];
  const link = sha256('another log');
  const forged: Readonly<Record<string, NonNullable<Lies['welcome']>>> = {
    'an epoch of another number': (truth) => withEpoch(truth, { number: 2 }),
    'an epoch of another room': (truth) => withEpoch(truth, { room: roomOf(HOST).id }),
    'an epoch with another past': (truth) => withEpoch(truth, { parent: link }),
    'an epoch of a writer the room has not': (truth) => withEpoch(truth, { writer: MALLORY.id }),
    'an epoch that another device signed': (truth) =>
      withEpoch(truth, { signature: MALLORY.sign('anything') }),
    'a room that another device founded': (truth) => ({
      ...truth,
      room: { ...truth.room, founder: MALLORY.id },
    }),
    'a room of another nonce': (truth) => ({ ...truth, room: { ...truth.room, nonce: 'other' } }),
    'a log that ends in another link': (truth) =>
      withTalk(truth, { last: { ...truth.epoch, epoch: '', seq: 2, link } }),
    'a log that lost an item on the way': (truth) =>
      withTalk(truth, { entries: truth.logs.flatMap((log) => log.entries).slice(1) }),
  };
  test.for(Object.entries(forged))('%s', async ([, welcome]) => {
    await expect(inTheRoomOf({ entries, welcome })).rejects.toMatchObject({ code: 'log-forged' });
  });

  test.for([
    ['another device signed', headOf(entries, MALLORY)],
    [
      'is of another log',
      headOf(
        entries.toReversed().map((it, at) => ({ ...it, seq: at + 1 })),
        HOST,
      ),
    ],
    ['is of another epoch', { ...headOf(entries, HOST), epoch: sha256('another') }],
  ] as const)('a head that %s', async ([, head]) => {
    const welcome: Lies['welcome'] = (truth) => withTalk(truth, { head });
    const { device, key } = await inTheRoomOf({ entries, welcome });
    const { status } = await device.until(key, (view) => view.status.state === 'ended');
    expect(status).toMatchObject({ reason: 'log-forged' });
  });
});

describe('L5, L8: a hub that vouches for one log and shows another is found out', () => {
  const one = said(ANN, 'one', { seq: 1 });
  const two = said(ANN, 'two', { seq: 2 });
  const three = said(ANN, 'three', { seq: 3 });
  const truth = [one, two, three];

  test('what is vouched for as it is shown is believed', async () => {
    const { hub, device, key } = await inTheRoomOf();
    hub.tellEntries(...truth);
    hub.vouch(truth);
    hub.tellEntries(said(ANN, 'four', { seq: 4 }));
    await device.untilSaid(key, 'four');
    expect(device.view(key).status.state).toBe('here');
  });

  test.for([
    ['an item behind a hole', [one, three]],
    ['another item', [one, said(ANN, 'too', { seq: 2 }), three]],
    ['another order', [one, { ...three, seq: 2 }, { ...two, seq: 3 }]],
    ['another time', [one, { ...two, at: 9 }, three]],
    ['another origin', [one, { ...two, origin: { epoch: one.epoch, seq: 9 } }, three]],
    ['other rules at the time', [one, { ...two, policy: sha256('other') }, three]],
  ] as const)('%s', async ([, shown]) => {
    const { hub, device, key } = await inTheRoomOf();
    hub.tellEntries(...shown);
    hub.vouch(truth);
    const { status } = await device.until(key, (view) => view.status.state === 'ended');
    expect(status).toMatchObject({ reason: 'log-forged' });
  });

  test('by a head that came before the items', async () => {
    const { hub, device, key } = await inTheRoomOf();
    hub.vouch(truth);
    hub.tellEntries(one, three);
    const { status } = await device.until(key, (view) => view.status.state === 'ended');
    expect(status).toMatchObject({ reason: 'log-forged' });
  });

  test('nobody but the writer vouches', async () => {
    const { hub, device, key } = await inTheRoomOf();
    hub.tellEntries(...truth);
    hub.vouch(truth, freshIdentity());
    const { status } = await device.until(key, (view) => view.status.state === 'ended');
    expect(status).toMatchObject({ reason: 'log-forged' });
  });
});

async function withReader() {
  const { port } = await openRoom();
  const reader = new Device('Reader');
  const key = await reader.rooms.joinAddress(`127.0.0.1:${port}`, undefined);
  const ann = await join(port, 'Ann');
  const mallory = await join(port, 'Mallory');
  const debt = postBy(ANN, 'message/text', { text: 'I owe you 10' });
  ann.send(debt);
  return { port, reader, key, ann, mallory, debt, entry: await mallory.entry('I owe you 10') };
}

describe('E1: an honest hub enters what a member sends; the readers see whose it is not', () => {
  test('somebody else’s message once more is refused, and their own is there once', async () => {
    const { reader, key, ann, mallory, debt } = await withReader();
    mallory.send(debt);
    await mallory.refused('not-allowed', debt.id);
    ann.send(debt);
    await ann.waitFor((it) => (it.type === 'confirmed' && it.id === debt.id ? it : undefined));
    mallory.say('and now?');
    const { entries } = await reader.untilSaid(key, 'and now?');
    expect(entries.map(({ from, doubt }) => [from, doubt])).toEqual([
      [ANN.id, undefined],
      [mallory.id, undefined],
    ]);
  });

  test('somebody else’s signature under one’s own message', async () => {
    const { reader, key, mallory, entry } = await withReader();
    const { signature } = entry;
    mallory.post('message/text', { text: 'I owe you 10' }, { more: { signature } });
    const { entries } = await reader.until(key, (view) => view.entries.length === 2);
    expect(entries[1]).toMatchObject({ from: mallory.id, doubt: 'signature' });
  });

  test('a device of one’s own in somebody else’s name', async () => {
    const { mallory } = await withReader();
    mallory.post('message/text', { text: 'I quit' }, { label: 'x', more: { person: ANN.id } });
    await mallory.refused('not-allowed', 'x');
  });
});

test('E5: a kind that the app does not know is shown as one, in its author’s words for that', async () => {
  const { port, reader, key, ann, mallory } = await withReader();
  const host = await join(port, 'the host');
  const content = { options: ['yes', 'no'], fallback: 'A poll: yes or no?' };
  const poll = ann.post('message/poll', content);
  ann.post('relation/vote', { option: 1 }, { references: [{ as: 'to', id: poll }] });
  mallory.post('message/blank', {});
  host.post('act/banner', { text: 'hello' }, { references: host.seen });
  const { entries } = await reader.until(key, (view) => view.entries.length === 4);
  expect(entries.slice(1)).toMatchObject([
    { id: poll, from: ANN.id, kind: 'said', unknown: true, text: 'A poll: yes or no?' },
    { from: mallory.id, kind: 'said', unknown: true, text: '' },
    { from: HOST.id, kind: 'act', act: 'unknown' },
  ]);
  expect(entries.flatMap(({ doubt }) => doubt ?? [])).toEqual([]);
  expect(reader.view(key).unread.count).toBe(3);
});
