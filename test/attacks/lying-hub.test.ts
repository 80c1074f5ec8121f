/** E3: a hub that lies about what was said is found out by every reader. */
import { describe, expect, test } from 'vitest';
import type { Entry } from '../../main/wire/messages.ts';
import { struck } from '../../main/protocol/struck.ts';
import { Device } from '../support/device.ts';
import { identityOf } from '../support/identities.ts';
import { done, LyingHub, said } from '../support/lying-hub.ts';
import type { Lies } from '../support/lying-hub.ts';
import { join } from '../support/protocol-member.ts';
import { openRoom } from '../support/open-room.ts';

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
async function doubtOf(entry: Entry) {
  const { hub, device, key } = await inTheRoomOf();
  hub.tellEntries(entry);
  const { entries } = await device.until(key, (view) => view.entries.length === 1);
  const doubts = entries.map(({ doubt }) => doubt);
  expect(device.view(key).entries.map(({ doubt }) => doubt)).toEqual(doubts);
  return { doubts, heard: device.heard };
}

test('what is true is not doubted, so that a doubt means something', async () => {
  const { doubts, heard } = await doubtOf(said(ANN, 'I did say this', { seq: 1 }));
  expect(doubts).toEqual([undefined]);
  expect(heard).toEqual([{ text: 'I did say this', mention: false }]);
});

describe('E3: words put into somebody’s mouth are shown as such, and notify nobody', () => {
  const real = said(ANN, 'I agree', { seq: 1 });
  const lies: Readonly<Record<string, Entry>> = {
    'an altered text': { ...real, text: 'I do not agree' },
    'another author': { ...real, from: MALLORY.id },
    'in the name of somebody whose key signed nothing': {
      ...said(MALLORY, 'I quit', { seq: 1 }),
      from: ANN.id,
    },
    'another time': { ...real, written: 2 },
    'another id': { ...real, id: 'm7' },
    'a signature taken away': { ...real, signature: '' },
    'a signature that is none': { ...real, signature: 'A'.repeat(86) },
    'an author that is no key': { ...real, from: 'ann' },
    'a message of another room': said(ANN, 'I agree', { seq: 1, room: 'room-2' }),
    'a removed message that still says something': { ...struck(real), text: 'I quit' },
    'what was said, as an act': {
      ...done(MALLORY, 'ban', ANN.id, { seq: 1 }),
      signature: real.signature,
    },
    'an act of somebody who did not do it': {
      ...done(MALLORY, 'appoint', MALLORY.id, { seq: 1 }),
      from: ANN.id,
    },
    'an act on somebody else': { ...done(ANN, 'ban', MALLORY.id, { seq: 1 }), on: ANN.id },
    'another act': { ...done(ANN, 'mute', MALLORY.id, { seq: 1 }), act: 'ban' },
  };
  test.for(Object.entries(lies))('%s', async ([, entry]) => {
    expect(await doubtOf(entry)).toEqual({ doubts: ['signature'], heard: [] });
  });

  test('in one’s own name', async () => {
    const { hub, device, key } = await inTheRoomOf();
    hub.tellEntries({ ...said(MALLORY, 'I quit', { seq: 1 }), from: device.identity.id });
    const { entries } = await device.until(key, (view) => view.entries.length === 1);
    expect(entries[0]?.doubt).toBe('signature');
  });

  test('one’s own message, altered on its way', async () => {
    const { hub, device, key } = await inTheRoomOf();
    const id = device.rooms.get(key).say('yes');
    await expect.poll(() => hub.heard.some(({ type }) => type === 'say')).toBe(true);
    const head = { seq: 1, at: 1, from: device.identity.id, name: 'Victim', id };
    const sent = hub.heard.find((it) => it.type === 'say');
    if (sent?.type !== 'say') throw new Error('it was not sent');
    const { written, signature } = sent;
    hub.tellEntries({ kind: 'said', ...head, written, signature, text: 'no' });
    const { entries } = await device.until(key, (view) => view.entries.length === 1);
    expect(entries[0]?.doubt).toBe('signature');
  });
});

describe('E3: what was said once does not count twice', () => {
  const [one, two] = [said(ANN, 'pay 10', { seq: 1, id: 'pay' }), said(ANN, 'thanks', { seq: 2 })];
  const again = said(ANN, 'pay 10', { seq: 3, id: 'pay' });

  test('an old entry under a new seq', async () => {
    const { hub, device, key } = await inTheRoomOf({ entries: [one, two] });
    hub.tellEntries({ ...one, seq: 3 });
    const { entries } = await device.until(key, (view) => view.entries.length === 3);
    expect(entries.map(({ doubt }) => doubt)).toEqual([undefined, undefined, 'replayed']);
    expect(device.heard).toEqual([]);
  });

  test('both of them in one welcome', async () => {
    const { device, key } = await inTheRoomOf({ entries: [one, { ...again, seq: 2 }] });
    const doubts = device.view(key).entries.map(({ doubt }) => doubt);
    expect(doubts).toEqual([undefined, 'replayed']);
  });

  test('one of them further back than the welcome reaches', async () => {
    const { device, key } = await inTheRoomOf({ entries: [one, two, again] });
    const { entries } = await device.rooms.get(key).entriesBefore(2, 10);
    expect(entries.map(({ doubt }) => doubt)).toEqual(['replayed']);
  });
});

test('M4: a forged act removes nothing from one’s copy, a real one does', async () => {
  const entries = [said(ANN, 'keep this', { seq: 1 }), said(ANN, 'and this', { seq: 2 })];
  const { hub, device, key } = await inTheRoomOf({ entries });
  hub.tellEntries(
    { ...done(MALLORY, 'strike', 'm1', { seq: 3 }), from: ANN.id },
    done(ANN, 'strike', 'm2', { seq: 4 }),
  );
  const view = await device.until(key, (it) => it.entries.length === 4);
  expect(view.entries.map((it) => it.kind === 'said' && it.text)).toEqual([
    'keep this',
    '',
    false,
    false,
  ]);
});

test('E1: a hub that calls itself another room cannot use what was said there', async () => {
  const { hub, device, key } = await inTheRoomOf();
  hub.tell({ type: 'room', room: { ...hub.room, id: 'room-2' } });
  hub.tellEntries(said(ANN, 'said elsewhere', { seq: 1, room: 'room-2' }));
  const view = await device.until(key, ({ entries }) => entries.length === 1);
  expect(view.entries[0]?.doubt).toBe('signature');
  expect(view.info.id).toBe(hub.room.id);
});

test('I1: a hub cannot make one somebody else', async () => {
  const { device, key } = await inTheRoomOf({ welcome: { you: MALLORY.id } });
  expect(device.view(key).you).toBe(device.identity.id);
});

async function withReader() {
  const { port } = await openRoom();
  const reader = new Device('Reader');
  const key = await reader.rooms.joinAddress(`127.0.0.1:${port}`, undefined);
  const ann = await join(port, 'Ann');
  const mallory = await join(port, 'Mallory');
  ann.say('I owe you 10', 'debt');
  return { reader, key, ann, mallory, entry: await mallory.entry('I owe you 10') };
}

describe('E3: an honest hub enters what a member sends; the readers see whose it is not', () => {
  test('somebody else’s message once more is their message, entered once', async () => {
    const { reader, key, mallory, entry } = await withReader();
    const { id, text, written, signature } = entry;
    mallory.send({ type: 'say', id, text, written, signature });
    mallory.say('and now?');
    const { entries } = await reader.untilSaid(key, 'and now?');
    expect(entries.map(({ from, doubt }) => [from, doubt])).toEqual([
      [entry.from, undefined],
      [mallory.id, undefined],
    ]);
  });

  test('somebody else’s message and signature under one’s own key', async () => {
    const { reader, key, mallory, entry } = await withReader();
    const { text, written, signature } = entry;
    mallory.send({ type: 'say', id: 'debt-2', text, written, signature });
    const { entries } = await reader.until(key, (view) => view.entries.length === 2);
    expect(entries[1]).toMatchObject({ from: mallory.id, doubt: 'signature' });
  });

  test('one’s own message under a new id', async () => {
    const { reader, key, ann, entry } = await withReader();
    const { text, written, signature } = entry;
    ann.send({ type: 'say', id: 'debt-2', text, written, signature });
    const { entries } = await reader.until(key, (view) => view.entries.length === 2);
    expect(entries[1]).toMatchObject({ from: ann.id, doubt: 'signature' });
  });
});
