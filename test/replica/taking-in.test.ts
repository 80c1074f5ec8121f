/** A member's side of a room at work, over a clock and a hub that do what a test says. */
import { expect, test } from 'vitest';
import { redacted } from '../../main/events/event.ts';
import { bodyOf } from '../../main/events/kind.ts';
import { message } from '../../main/events/message.ts';
import { sha256 } from '../../main/identity/sha256.ts';
import { LanyardError } from '../../main/errors.ts';
import { verifySignature } from '../../main/identity/signatures.ts';
import type { ReplicaStore } from '../../main/replica/copy-store.ts';
import { Replica } from '../../main/replica/replica.ts';
import { signerOf } from '../../main/rooms/signer.ts';
import { createMemoryStorage } from '../../main/storage/memory-storage.ts';
import { joinedRecord } from '../../main/storage/room-record.ts';
import type { Entry } from '../../main/timeline/entry.ts';
import { GrowingLog, LAB, TALK } from '../rooms/lab.ts';
import { ToldHub } from '../rooms/told-hub.ts';
import { virtualClock } from '../simulation/virtual-clock.ts';
import { VirtualTime } from '../simulation/virtual-time.ts';
import { freshIdentity, identityOf } from '../support/identities.ts';

const BO = identityOf('Bo');

/** Bo is in the lab, where nothing was said yet. */
function boInTheLab() {
  const time = new VirtualTime();
  const hub = new ToldHub();
  const told: (readonly number[])[] = [];
  const room = createMemoryStorage().add(joinedRecord(LAB));
  const disk = { isFull: false };
  const store: ReplicaStore = {
    copy: (conversation) => room.copy(conversation),
    outbox: () => room.outbox(),
    saveOutbox: (items) => {
      if (disk.isFull) throw new LanyardError({ code: 'storage-full' });
      room.saveOutbox(items);
    },
  };
  const replica = new Replica({
    name: 'Bo',
    roomId: LAB.id,
    you: null,
    doubtHost: () => null,
    clock: virtualClock(time),
    random: () => 0,
    connect: hub.connect,
    hash: sha256,
    verify: verifySignature,
    signer: signerOf(BO),
    storeOf: () => store,
    onEvent: (event) => {
      if (event.type === 'entries') told.push(event.entries.map(({ seq }) => seq));
    },
    onProblem: (problem) => {
      if (!disk.isFull) throw problem;
    },
  });
  const log = new GrowingLog(TALK);
  replica.prompt({ type: 'start' });
  hub.opens();
  hub.welcomes(BO.id, log);
  const wait = (ms: number) => time.runUntil(time.now + ms);
  // Nothing was taken in for long.
  wait(1_000);
  const kept = () => room.copy(TALK).after(0, 1_000).length;
  return { replica, hub, log, told, kept, wait, room, disk };
}

test('what comes after a silence is told and kept in the same turn', () => {
  const { hub, log, told, kept, wait } = boInTheLab();
  hub.adds(log.say('one'));
  hub.adds(log.say('two'));
  wait(0);
  expect([told, kept()]).toEqual([[[1, 2]], 2]);
});

test('S2: what left the outbox while the disk was full is not sent again after a restart', () => {
  const { replica, hub, log, wait, room, disk } = boInTheLab();
  const { id } = replica.post({ conversation: TALK, kind: message.name, content: { text: 'one' } });
  disk.isFull = true;
  replica.prompt({ type: 'cancel', id });
  expect(room.outbox()).toHaveLength(1);
  disk.isFull = false;
  hub.adds(log.say('two'));
  wait(100);
  expect(room.outbox()).toEqual([]);
});

test('200 messages a second are told and kept in a sixth as many parts, whole and in order', () => {
  const { hub, log, told, kept, wait } = boInTheLab();
  for (let n = 1; n <= 200; n += 1) {
    hub.adds(log.say(`line ${n}`));
    wait(5);
  }
  wait(100);
  expect(told.flat()).toEqual(Array.from({ length: 200 }, (_, index) => index + 1));
  expect(told.length).toBeLessThanOrEqual(200 / 6);
  expect(kept()).toBe(200);
});

test('nothing that came later overtakes what waits', () => {
  const { replica, hub, log, told, wait } = boInTheLab();
  hub.adds(log.say('one'));
  wait(0);
  hub.adds(log.say('two'));
  wait(0);
  expect(told).toEqual([[1]]);
  replica.takeIn();
  expect(told).toEqual([[1], [2]]);
  wait(100);
  expect(told).toEqual([[1], [2]]);
});

/** What Bo's device makes of an item that Ann is said to have made. */
function doubtOf(change: (entry: Entry) => Entry): string | undefined {
  const { replica, hub, log } = boInTheLab();
  hub.adds(change(log.say('hello')));
  replica.takeIn();
  const [entry] = replica.copy(TALK)?.after(0, 9) ?? [];
  if (!entry) throw new Error('it was not taken in');
  return entry.doubt;
}

const said = (text: string) =>
  ({ state: 'whole', salt: 'salt', text: JSON.stringify({ text }) }) as const;

test.for([
  ['what was said', (entry: Entry) => entry],
  [
    'what got another time and name from the hub',
    (entry: Entry) => ({ ...entry, at: 1, name: 'A' }),
  ],
  ['what was redacted', (entry: Entry) => ({ ...entry, body: redacted(entry.body, sha256) })],
] as const)('E1: %s is not doubted', ([, change]) => {
  expect(doubtOf(change)).toBeUndefined();
});

test.for([
  ['another text', (entry: Entry) => ({ ...entry, body: said('hullo') })],
  ['another author', (entry: Entry) => ({ ...entry, person: BO.id, device: BO.id })],
  ['another person on the author’s device', (entry: Entry) => ({ ...entry, person: BO.id })],
  ['an author who is nobody', (entry: Entry) => ({ ...entry, device: 'nobody' })],
  ['another kind', (entry: Entry) => ({ ...entry, kind: 'message/other' })],
  ['another time of writing', (entry: Entry) => ({ ...entry, written: 6 })],
  ['an answer to another', (entry: Entry) => ({ ...entry, references: [{ as: 're', id: 'x' }] })],
  ['no signature', (entry: Entry) => ({ ...entry, signature: '' })],
] as const)('E1: %s is doubted', ([, change]) => {
  expect(doubtOf(change)).toBe('signature');
});

test('E1: what was signed in another room is doubted here', () => {
  const other = freshIdentity();
  const { event } = signedElsewhere(other);
  const doubt = doubtOf((entry) => ({ ...entry, ...event, conversation: entry.conversation }));
  expect(doubt).toBe('signature');
});

function signedElsewhere(identity: typeof BO) {
  const replica = new Replica({
    name: 'X',
    roomId: 'another-room',
    you: null,
    doubtHost: () => null,
    clock: virtualClock(new VirtualTime()),
    random: () => 0,
    connect: new ToldHub().connect,
    hash: sha256,
    verify: verifySignature,
    signer: signerOf(identity),
    storeOf: () => null,
    onEvent: () => undefined,
    onProblem: () => undefined,
  });
  return replica.post({ conversation: TALK, kind: message.name, content: { text: 'hello' } });
}

test('E1: nobody’s forged redaction takes away what was said, in the copy or on the disk', () => {
  const { replica, hub, log, kept } = boInTheLab();
  const one = log.say('one');
  const forged = { ...log.redact(one), signature: 'forged' };
  hub.adds(one, forged);
  replica.takeIn();
  const [there] = replica.copy(TALK)?.after(0, 1) ?? [];
  expect(there && bodyOf(message, there)?.text).toBe('one');
  expect(kept()).toBe(2);
});
