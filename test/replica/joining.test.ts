/** What a welcome must hold before it is believed (X1, X2, L2), and which heads convict a host (L8). */
import { describe, expect, test } from 'vitest';
import { roomIdOf } from '../../main/events/room-id.ts';
import { epochOf, joinUp } from '../../main/replica/joining.ts';
import { epochContent } from '../../main/timeline/chain.ts';
import type { EpochRecord, Welcome } from '../../main/wire/messages.ts';
import { hash, sign, verify } from '../simulation/crypto.ts';
import { HOST_KEY, keyOf, ROOM as IDENTITY, TALK } from '../simulation/names.ts';
import { logTo } from './tried-log.ts';
import type { TriedLog } from './tried-log.ts';
import { ROOM, TriedSession, welcomeOf } from './tried-session.ts';

/** A record that this key has signed. */
function signedBy(key: string, record: EpochRecord, change: Partial<EpochRecord> = {}) {
  const changed = { ...record, ...change };
  return { ...changed, signature: sign(key, epochContent(changed, hash)) };
}

/** The room of another founder. */
function roomOf(founder: string) {
  const { nonce } = IDENTITY;
  return { ...ROOM, founder, id: roomIdOf(founder, nonce, hash) };
}

describe('L2, X1, X2: the epoch of a welcome', () => {
  const { record, id } = logTo(3).restarted().epoch;
  const mallory = keyOf(7);
  const theirs = roomOf(mallory);

  test('is known by its hash', () => {
    expect(epochOf({ ...welcomeOf(), epoch: record }, hash, verify)).toBe(id);
  });

  test('is also another founder’s own, in their own room', () => {
    const epoch = signedBy(mallory, record, { room: theirs.id, writer: mallory });
    expect(epochOf({ ...welcomeOf(), room: theirs, epoch }, hash, verify)).not.toBeNull();
  });

  test.for<[string, Partial<Welcome>]>([
    ['signed by nobody', { epoch: { ...record, signature: 's'.repeat(86) } }],
    ['signed by another key', { epoch: signedBy(mallory, record) }],
    ['changed after it was signed', { epoch: { ...record, number: 9 } }],
    ['with other places', { epoch: { ...record, places: [] } }],
    ['of another writer', { epoch: signedBy(mallory, record, { writer: mallory }) }],
    ['of another room', { epoch: signedBy(HOST_KEY, record, { room: theirs.id }) }],
    ['of a room under the id of another', { room: { ...theirs, id: ROOM.id } }],
    ['of a room with another nonce', { room: { ...ROOM, nonce: 'another' } }],
    ['of a room with another founder', { room: { ...ROOM, founder: mallory } }],
    [
      'of a founder who is none',
      {
        room: { ...ROOM, founder: mallory },
        epoch: signedBy(mallory, record, { writer: mallory }),
      },
    ],
  ])('is not believed %s', ([, change]) => {
    const welcome = { ...welcomeOf(), epoch: record, ...change };
    expect(epochOf(welcome, hash, verify)).toBeNull();
    const session = new TriedSession();
    session.say('m1');
    session.input({ type: 'start' });
    session.input({ type: 'opened' });
    session.hear(welcome);
    const ended = session.take();
    expect(ended.ended).toBe('log-forged');
    expect(ended.kinds).toContain('disconnect');
    expect(ended.said).toEqual([]);
    expect([ended.last('welcomed'), ended.last('room'), ended.last('reset')]).toEqual(
      Array.from('123', () => undefined),
    );
  });
});

describe('W5: how a copy joins up with a log', () => {
  const log = logTo(20);
  test.for([
    ['no copy', null, null, 0, 5, { join: 'begins', after: log.place(5) }],
    ['nothing in common', 9, null, 0, 5, { join: 'begins', after: log.place(5) }],
    ['all in common', 9, 9, 0, 9, { join: 'goes-on', keep: 9 }],
    ['all in common, and less told', 9, 9, 0, 12, { join: 'goes-on', keep: 9 }],
    ['a part in common', 9, 6, 0, 6, { join: 'goes-on', keep: 6 }],
    [
      'a part in common, and what does not follow',
      9,
      6,
      0,
      7,
      { join: 'begins', after: log.place(7) },
    ],
    ['what is forgotten in common', 9, 9, 10, 10, { join: 'begins', after: log.place(10) }],
    ['the last that is forgotten', 9, 9, 9, 9, { join: 'goes-on', keep: 9 }],
    ['more than there is', 9, 15, 0, 9, { join: 'goes-on', keep: 9 }],
  ] as const)('%s', ([, end, common, floor, after, joining]) => {
    const state = log.state(common, after, { floor: log.place(floor) });
    expect(joinUp(0, end === null ? null : log.place(end), state)).toEqual(joining);
  });

  test.for([
    ['just what it begins after', 4, { join: 'goes-on', keep: 4 }],
    ['only what is before it', 3, { join: 'begins', after: log.place(3) }],
  ] as const)('a copy that has %s in common', ([, common, joining]) => {
    expect(joinUp(4, log.place(9), log.state(common))).toEqual(joining);
  });
});

/** A session whose device has a copy that begins after `from`, as it was when the log was as long. */
function withCopyOf(log: TriedLog, from = 0) {
  const kept = log.copy(from);
  const copyOf = (_room: string, conversation: string) => (conversation === TALK ? kept : null);
  return new TriedSession({ roomId: ROOM.id, copyOf });
}

describe('W5: a copy and a log that are told to be the same up to a place', () => {
  const forged = hash('forged');
  const log = logTo(20);
  const next = log.restarted(15);

  test('go on where they are', () => {
    for (const from of [0, 6]) {
      const session = withCopyOf(log, from);
      session.comeIn({ log: next.restarted(15), common: 15 });
      expect(session.take().last('truncated')).toMatchObject({ last: 15 });
    }
  });

  test('begin anew where the log left before the copy begins', () => {
    const session = withCopyOf(log, 6);
    session.comeIn({ log: log.restarted(4).fill(9), common: 4 });
    const { added, ...done } = session.take();
    expect(added).toEqual([5, 6, 7, 8, 9]);
    expect(done.told).toContainEqual({ type: 'reset', conversation: TALK, after: log.place(4) });
  });

  test.for([
    ['an end of an epoch', {}, { seq: 12, link: forged }],
    ['what is forgotten', { floor: { ...log.place(3), link: forged } }, null],
    ['what its entries follow', { after: { ...log.place(15), link: forged } }, null],
    ['the last there is', { last: { ...log.place(14), link: forged } }, null],
  ] as const)('are not when the links of %s are not the same', ([, state, place]) => {
    const session = withCopyOf(log);
    const record = signedBy(HOST_KEY, next.epoch.record, {
      places: place ? [{ conversation: TALK, ...place }] : next.epoch.record.places,
    });
    session.comeIn({ log: next, common: 15, state, epoch: record });
    const done = session.take();
    expect(done.ended).toBe('log-forged');
    expect(done.last('truncated')).toBeUndefined();
  });

  test('differ in what a head covers that is long in the copy', () => {
    for (const link of [log.place(9).link, forged]) {
      const session = withCopyOf(log);
      session.comeIn({ log, common: 20 });
      session.take();
      session.hear(log.head(9, link));
      expect(session.take().ended).toBe(link === forged ? 'log-forged' : undefined);
    }
  });
});

describe('L5: a welcome whose links do not hold is no log', () => {
  const forged = hash('forged');

  test.for([
    ['the place it goes on from', { after: { ...logTo(5).end, link: forged } }],
    ['the last one', { last: { ...logTo(8).end, link: forged } }],
    [
      'an entry',
      {
        entries: logTo(8)
          .between(5)
          .map((it) => ({ ...it, at: 1 })),
      },
    ],
    ['a name', null],
  ] as const)('%s', ([, change]) => {
    const log = logTo(5);
    const session = TriedSession.here({ log });
    session.lose();
    session.take();
    log.fill(8);
    // Names are nobody's to sign.
    const named = { entries: log.between(5).map((it) => ({ ...it, name: 'Cem' })) };
    session.comeBack({ log, common: 5, state: change ?? named });
    const back = session.take();
    expect(back.ended).toBe(change === null ? undefined : 'log-forged');
    expect(back.added).toEqual(change === null ? [6, 7, 8] : []);
  });
});

test('L5: a log that is cut at another place than it was told convicts', () => {
  const log = logTo(5);
  const session = TriedSession.here({ log, after: 3 });
  session.lose();
  session.take();
  const after = { ...log.place(4), link: hash('forged') };
  session.comeBack({ log: log.restarted(4), common: 4, state: { after, last: after } });
  expect(session.take().ended).toBe('log-forged');
});

test('L5: what a welcome told that was not believed is forgotten again', () => {
  const log = logTo(5);
  const session = TriedSession.here({ log });
  const acts = welcomeOf().logs[0];
  session.lose();
  session.take();
  log.fill(8);
  const forged = { ...log.end, link: hash('forged') };
  for (const logs of [
    [log.state(5, 5, { last: forged })],
    [log.state(null, 0, { last: forged })],
    // Of these the first holds.
    acts ? [log.state(5), { ...acts, after: forged, last: log.end, entries: [] }] : [],
  ]) {
    session.input({ type: 'start' });
    session.comeBack({ log, logs });
    const back = session.take();
    expect([back.ended, back.added]).toEqual(['log-forged', []]);
  }
  session.input({ type: 'start' });
  session.input({ type: 'opened' });
  session.hear(welcomeOf({ log, common: 5 }));
  const back = session.take();
  expect(back.ancestry).toEqual([{ epoch: log.epoch.id, seq: 5 }]);
  expect(back.ended).toBeUndefined();
  expect(back.added).toEqual([6, 7, 8]);
});

/** A session in a room with five items, and a copy of those after the third. */
function here() {
  const log = logTo(5);
  return { log, session: TriedSession.here({ log, after: 3 }) };
}

describe('L8: a head', () => {
  test('that holds changes nothing', () => {
    const { log, session } = here();
    for (const seq of [5, 4, 5]) session.hear(log.head(seq));
    expect(session.take().kinds).toEqual([]);
  });

  test.for([
    ['of another log', (log: TriedLog) => log.head(5, hash('forged'))],
    ['of another log, before its end', (log: TriedLog) => log.head(4, hash('forged'))],
    ['of another epoch', (log: TriedLog) => log.restarted().head(5)],
    ['that nobody signed', (log: TriedLog) => ({ ...log.head(5), signature: 's'.repeat(86) })],
    ['that was signed for another place', (log: TriedLog) => ({ ...log.head(5), seq: 4 })],
    ['that is not signed and far ahead', (log: TriedLog) => ({ ...log.head(5), seq: 99 })],
  ] as const)('%s ends it with log-forged', ([, headOf]) => {
    const { log, session } = here();
    session.hear(headOf(log));
    const ended = session.take();
    expect(ended.ended).toBe('log-forged');
    expect(ended.kinds).toContain('disconnect');
    expect(ended.wakeAt).toBeUndefined();
  });

  test('ahead of the copy is judged when the copy has come there', () => {
    for (const isForged of [false, true]) {
      const { log, session } = here();
      log.fill(30);
      session.hear(log.news(29));
      session.hear(isForged ? log.head(30, hash('forged')) : log.head(30));
      const request = session.take().asked;
      session.hear(log.page(request?.id ?? '', 5));
      expect(session.take().ended).toBe(isForged ? 'log-forged' : undefined);
    }
  });

  test('ahead of the copy is judged by what is told to all, too', () => {
    const { log, session } = here();
    log.fill(7);
    session.hear(log.head(7, hash('forged')));
    session.hear(log.news(5));
    expect(session.take().ended).toBe('log-forged');
  });

  test('shows that something was left out of what was told', () => {
    const { log, session } = here();
    log.fill(8);
    session.hear({ ...log.news(6), after: 5 });
    session.hear(log.head(8));
    expect(session.take().ended).toBe('log-forged');
  });

  test('of a conversation that is not known is passed over', () => {
    const { log, session } = here();
    session.hear({ ...log.head(5), conversation: hash('another') });
    expect(session.take().kinds).toEqual([]);
  });

  test('of another log convicts also at the end of a copy that nothing was added to', () => {
    const log = logTo(5);
    for (const session of [TriedSession.here({ log, after: 5 }), withCopyOf(log)]) {
      session.comeIn({ log, common: 5 });
      session.take();
      session.hear(log.head());
      expect(session.take().kinds).toEqual([]);
      session.hear(log.head(5, hash('forged')));
      expect(session.take().ended).toBe('log-forged');
    }
  });

  test('in a welcome convicts as well', () => {
    const log = logTo(5);
    const session = new TriedSession();
    session.comeIn({ log, state: { head: log.head(4, hash('forged')) } });
    expect(session.take().ended).toBe('log-forged');
  });
});
