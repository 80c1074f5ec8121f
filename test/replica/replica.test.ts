/** A member's side of a room at work, with a hub that a test speaks for. */
import { describe, expect, test } from 'vitest';
import { moderation } from '../../main/events/moderation.ts';
import { redaction } from '../../main/events/redaction.ts';
import type { Reference } from '../../main/events/event.ts';
import type { ConnectionListener } from '../../main/replica/link.ts';
import { Replica } from '../../main/replica/replica.ts';
import type { ReplicaEvent } from '../../main/replica/replica.ts';
import { createMemoryStorage } from '../../main/storage/memory-storage.ts';
import { joinedRecord } from '../../main/storage/room-record.ts';
import { chained } from '../../main/timeline/chain.ts';
import type { ClientMessage, LogState, PostedEvent } from '../../main/wire/messages.ts';
import { eventOf } from '../hub/tried-hub.ts';
import { hash, sign, verify } from '../simulation/crypto.ts';
import { HOST_KEY, keyOf, TALK } from '../simulation/names.ts';
import { virtualClock } from '../simulation/virtual-clock.ts';
import { VirtualTime } from '../simulation/virtual-time.ts';
import { BEGINNING } from '../../main/timeline/chain.ts';
import { logTo, TriedLog } from './tried-log.ts';
import { ANN, ROOM, welcomeOf } from './tried-session.ts';
import type { WelcomeChange } from './tried-session.ts';

/** Ann, in a room that is kept in memory; `hear` takes in what its hub says. */
function annIn(welcome: WelcomeChange = {}) {
  const time = new VirtualTime();
  const storage = createMemoryStorage();
  const kept = storage.add(joinedRecord(ROOM));
  const sent: ClientMessage[] = [];
  const events: ReplicaEvent[] = [];
  let listener: ConnectionListener | null = null;
  let salts = 0;
  const replica = new Replica({
    name: 'Ann',
    roomId: ROOM.id,
    you: null,
    doubtHost: () => null,
    clock: virtualClock(time),
    random: () => 0,
    connect: (heard) => {
      listener = heard;
      return { send: (message) => sent.push(message), close: () => undefined };
    },
    hash,
    verify,
    signer: {
      person: ANN.id,
      device: ANN.id,
      sign: (text) => sign(ANN.id, text),
      salt: () => hash(`salt ${(salts += 1)}`),
    },
    storeOf: () => kept,
    onEvent: (event) => events.push(event),
    onProblem: (error) => {
      throw error;
    },
  });
  replica.prompt({ type: 'start' });
  const hub = (): ConnectionListener => {
    if (!listener) throw new Error('it has not connected');
    return listener;
  };
  hub().opened();
  hub().message(welcomeOf(welcome));
  const pass = () => time.runUntil(time.now + 100);
  const hear = (...messages: readonly Parameters<ConnectionListener['message']>[0][]) => {
    for (const message of messages) hub().message(message);
    pass();
  };
  pass();
  return { replica, kept, hear, sent, events };
}

/** What was posted, by its kind. */
function postsIn(sent: readonly ClientMessage[]) {
  return sent.filter((message) => message.type === 'post');
}

function referring(as: string, id: string): readonly Reference[] {
  return [{ as, id }];
}

describe('E1: who said it, every reader checks for itself', () => {
  const said = eventOf(keyOf(2), { kind: 'message/text', content: { text: 'hi' } }).event;
  const mallory = keyOf(7);
  const theirs = eventOf(mallory, { kind: 'message/text', content: { text: 'hi' } }).event;

  /** An event of a person, signed with a device that is another person's. */
  function signedFor(person: string): PostedEvent {
    const wanted = { kind: 'message/text', content: { text: 'hi' } };
    return eventOf(mallory, wanted, person).event;
  }

  test.for([
    ['what was signed by its author', said, undefined],
    ['what was signed by nobody', { ...said, signature: 's'.repeat(86) }, 'signature'],
    ['what was signed by another', { ...said, signature: theirs.signature }, 'signature'],
    ['what was changed', { ...said, written: 8 }, 'signature'],
    ['what a device signed that is not its author’s', signedFor(keyOf(2)), 'signature'],
  ] as const)('%s', ([, event, doubt]) => {
    const log = new TriedLog();
    const { replica, hear, events } = annIn({ log });
    log.add(event);
    hear(log.news(0));
    const [entry] = replica.copy(TALK)?.after(0, 9) ?? [];
    expect(entry?.doubt).toBe(doubt);
    const told = events.flatMap((it) => (it.type === 'entries' ? it.entries : []));
    expect(told.map((it) => it.doubt)).toEqual([doubt]);
  });
});

describe('M4: a redaction takes the words out of the copy', () => {
  test.for([
    ['that is its author’s', HOST_KEY, true],
    ['that nobody signed', null, false],
  ] as const)('one %s', ([, author, isGone]) => {
    const log = logTo(2);
    const { replica, hear } = annIn({ log });
    const [first] = log.between(0, 1);
    const references = referring('to', first?.id ?? '');
    const { event } = eventOf(HOST_KEY, { kind: redaction.name, references });
    log.add(author === null ? { ...event, signature: 's'.repeat(86) } : event);
    hear(log.news(2));
    const states = replica
      .copy(TALK)
      ?.after(0, 9)
      .map(({ body }) => body.state);
    expect(states).toEqual([isGone ? 'redacted' : 'whole', 'whole', 'whole']);
  });

  test('also what comes after it', () => {
    const log = logTo(1);
    const { replica, hear } = annIn({ log });
    const { id, event } = eventOf(keyOf(2), { kind: 'message/text', content: { text: 'hi' } });
    const references = referring('to', id);
    log.add(eventOf(HOST_KEY, { kind: redaction.name, references }).event);
    log.add(event);
    hear(log.news(1));
    const states = replica
      .copy(TALK)
      ?.after(0, 9)
      .map(({ body }) => body.state);
    expect(states).toEqual(['whole', 'whole', 'redacted']);
  });
});

/** The policy log with these acts, as a welcome tells of it. */
function actsOf(epoch: string, ...acts: readonly PostedEvent[]): LogState {
  const received = acts.map((event, index) => {
    const place = { epoch, seq: index + 1, at: 1_000, origin: null, policy: '' };
    return { ...event, ...place, name: 'Bo' };
  });
  const entries = chained(ROOM.id, ROOM.id, BEGINNING, received, hash);
  const last = entries.at(-1);
  const end = last ? { epoch, seq: last.seq, link: last.link } : BEGINNING;
  const beginning = { floor: BEGINNING, after: BEGINNING };
  return { conversation: ROOM.id, common: null, ...beginning, last: end, entries, head: null };
}

describe('X13: acts', () => {
  const appointing = { act: 'appoint', person: keyOf(2), name: 'Bo' };

  test('that are doubted count for nothing', () => {
    for (const isForged of [false, true]) {
      const log = new TriedLog();
      const { event } = eventOf(HOST_KEY, { kind: moderation.name, content: appointing });
      const act = isForged ? { ...event, signature: 's'.repeat(86) } : event;
      const { replica } = annIn({ log, logs: [actsOf(log.epoch.id, act), log.state(null)] });
      expect(replica.policy?.policy.isModerator(keyOf(2))).toBe(!isForged);
    }
  });

  test('name those that were seen last, and are signed for this room', () => {
    const log = new TriedLog();
    const { id, event } = eventOf(HOST_KEY, { kind: moderation.name, content: appointing });
    const { replica, sent } = annIn({ log, logs: [actsOf(log.epoch.id, event), log.state(null)] });
    replica.act(moderation.name, { act: 'mute', person: keyOf(3), name: 'Cem' });
    const [post] = postsIn(sent);
    expect(post?.event).toMatchObject({
      conversation: ROOM.id,
      references: referring('after', id),
    });
    expect(replica.waiting).toEqual([]);
  });
});

test('S2: what is posted is kept before it is sent, and until the room vouches for it', () => {
  const log = logTo(1);
  const { replica, kept, sent, hear } = annIn({ log });
  const item = replica.post({ conversation: TALK, kind: 'message/text', content: { text: 'hi' } });
  expect(kept.outbox()).toEqual([item]);
  const [post] = postsIn(sent);
  expect(post?.id).toBe(item.id);
  log.add(post?.event);
  hear(log.news(1));
  expect(replica.waiting).toEqual([]);
  expect(kept.outbox()).toEqual([item]);
  hear(log.head());
  expect(kept.outbox()).toEqual([]);
});
