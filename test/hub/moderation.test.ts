/** What the host and moderators do, through a whole hub (M1-M4). */
import { describe, expect, test } from 'vitest';
import { clear } from '../../main/events/clear.ts';
import { imported } from '../../main/events/imported.ts';
import { MODERATION, moderation } from '../../main/events/moderation.ts';
import { ROOM, TALK } from '../simulation/names.ts';
import {
  emptyStore,
  eventOf,
  HOST,
  HOST_CONNECTION,
  setting,
  textOf,
  TriedHub,
} from './tried-hub.ts';

/** The host, Ann and Bo, and Mo who is a moderator, on connections 0 to 3. */
function moderatedRoom(): TriedHub {
  const hub = new TriedHub();
  hub.populate('Ann', 'Bo', 'Mo');
  hub.moderate(HOST_CONNECTION, 'appoint', 'key-3');
  hub.takeAll();
  return hub;
}

describe('E8: a line of 0.1.0 that the host brought over', () => {
  const content = { from: 'key-1', name: 'Ann', written: 1, signature: '', id: 'm1', text: 'old' };
  const { id, event } = eventOf(HOST, { kind: imported.name, content });

  function roomWithIt(): TriedHub {
    const store = emptyStore();
    const place = { seq: 1, at: 1, epoch: 'e', origin: null, policy: '', link: 'l', name: 'Host' };
    store.log(TALK).append([{ ...event, ...place, id }], []);
    const hub = new TriedHub({ store });
    hub.populate('Ann', 'Bo', 'Mo');
    hub.moderate(HOST_CONNECTION, 'appoint', 'key-3');
    hub.takeAll();
    return hub;
  }

  test.for([
    ['its author', 1, 'redacted'],
    ['another member', 2, 'whole'],
    ['a moderator', 3, 'redacted'],
    ['the host', HOST_CONNECTION, 'redacted'],
  ] as const)('is redacted by %s like any other', ([, connection, state]) => {
    const hub = roomWithIt();
    hub.redact(connection, id);
    expect(hub.log.find(id)?.body.state).toBe(state);
    expect(hub.takeRefusals(connection)).toEqual(state === 'whole' ? ['not-allowed'] : []);
  });

  test('is edited by nobody', () => {
    for (const connection of [HOST_CONNECTION, 1]) {
      const hub = roomWithIt();
      hub.relate(connection, 'relation/edit', id, { text: 'never said' });
      expect(hub.takeRefusals(connection)).toEqual(['not-allowed']);
    }
  });
});

test('M1: an act is an entry everybody gets, before what follows from it', () => {
  const hub = moderatedRoom();
  const id = hub.moderate(3, 'mute', 'key-1');
  const content = { act: 'mute', person: 'key-1', name: 'Ann' };
  const body = { state: 'whole', text: JSON.stringify(content) };
  const entry = {
    kind: moderation.name,
    seq: 2,
    at: hub.now,
    id,
    person: 'key-3',
    name: 'Mo',
    body,
  };
  const change = { change: 'standing', id: 'key-1', role: 'member', muted: true, count: 4 };
  for (const connection of [HOST_CONNECTION, 1, 2, 3]) {
    expect(hub.take(connection)).toMatchObject([
      { type: 'entries', conversation: ROOM.id, after: 1, entries: [entry] },
      { type: 'presence', changes: [change] },
    ]);
  }
  expect(hub.acts.find(id)).toMatchObject(entry);
});

test.for([
  ['lock', (hub: TriedHub) => hub.set(HOST_CONNECTION, { locked: true }), 'room'],
  ['slow', (hub: TriedHub) => hub.set(HOST_CONNECTION, { slowSeconds: 30 }), 'room'],
  ['access', (hub: TriedHub) => hub.set(HOST_CONNECTION, { access: 'invite' }), 'room'],
  ['ban', (hub: TriedHub) => hub.moderate(HOST_CONNECTION, 'ban', 'key-1'), 'presence'],
  ['appoint', (hub: TriedHub) => hub.moderate(HOST_CONNECTION, 'appoint', 'key-1'), 'presence'],
] as const)('M1: %s: first the entry, then the change', ([, act, type]) => {
  const hub = moderatedRoom();
  act(hub);
  expect(hub.take(2).map((sent) => sent.type)).toEqual(['entries', type]);
});

test('M1: nothing of it is seen before it is on the disk', () => {
  const hub = moderatedRoom();
  hub.disk = 'busy';
  hub.moderate(HOST_CONNECTION, 'ban', 'key-1');
  hub.set(HOST_CONNECTION, { locked: true });
  expect([hub.take(1), hub.take(2)]).toEqual([[], []]);
  expect(hub.closedBecause(1)).toBeUndefined();
  hub.settle('fine');
  expect(hub.take(2).map(({ type }) => type)).toEqual(['entries', 'presence', 'entries', 'room']);
  expect(hub.take(1).map(({ type }) => type)).toEqual(['entries']);
  expect(hub.closedBecause(1)).toBe('banned');
});

test('M1, S5: an act that is sent again is done once; its author hears that it is there', () => {
  const hub = moderatedRoom();
  const content = { act: 'mute', person: 'key-1', name: 'Ann' };
  const { id, event } = eventOf(HOST, { kind: moderation.name, content });
  hub.postAs(HOST_CONNECTION, id, event);
  hub.moderate(HOST_CONNECTION, 'unmute', 'key-1');
  hub.takeAll();
  hub.postAs(HOST_CONNECTION, id, event);
  expect(hub.take(HOST_CONNECTION)).toEqual([{ type: 'confirmed', id }]);
  expect(hub.take(1)).toEqual([]);
  hub.say(1, 'I can speak');
  expect(hub.take(1)).toMatchObject([{ type: 'entries' }]);
});

test.for(MODERATION)('M1: no member may %s', (act) => {
  const hub = moderatedRoom();
  hub.moderate(1, act, 'key-2');
  expect(hub.takeRefusals(1)).toEqual(['not-allowed']);
  expect(hub.take(2)).toEqual([]);
  expect(hub.acts.last.seq).toBe(1);
});

test.for(MODERATION)(
  'M1: nobody may %s themselves, the host or, as a moderator, another one',
  (act) => {
    const hub = moderatedRoom();
    hub.moderate(HOST_CONNECTION, 'appoint', 'key-2');
    hub.takeAll();
    hub.moderate(HOST_CONNECTION, act, HOST);
    hub.moderate(3, act, HOST);
    hub.moderate(3, act, 'key-3');
    hub.moderate(3, act, 'key-2');
    expect(hub.takeRefusals(HOST_CONNECTION)).toEqual(['not-allowed']);
    expect(hub.takeRefusals(3)).toEqual(['not-allowed', 'not-allowed', 'not-allowed']);
  },
);

test('M2: on somebody nobody knows', () => {
  const hub = moderatedRoom();
  hub.moderate(HOST_CONNECTION, 'ban', 'key-9');
  expect(hub.takeRefusals(HOST_CONNECTION)).toEqual(['no-such-member']);
});

test('M2: a ban is lifted of who has fallen out of those that are known', () => {
  const hub = moderatedRoom();
  hub.moderate(HOST_CONNECTION, 'ban', 'key-1');
  const again = new TriedHub({ store: hub.store, known: [] });
  again.join(HOST_CONNECTION, 'Host');
  again.moderate(HOST_CONNECTION, 'lift', 'key-1');
  expect(again.takeRefusals(HOST_CONNECTION)).toEqual([]);
  expect(again.bans).toEqual([]);
});

describe('M2: who is appointed', () => {
  test('looks after the room until dismissed, also after coming back', () => {
    const hub = moderatedRoom();
    hub.moderate(3, 'mute', 'key-1');
    hub.close(3);
    expect(hub.join(4, 'Mo', { key: 'key-3' }).roster.at(-1)?.role).toBe('moderator');
    hub.moderate(HOST_CONNECTION, 'dismiss', 'key-3');
    expect(hub.takeChanges(4)).toMatchObject([{ change: 'standing', role: 'member' }]);
    hub.moderate(4, 'unmute', 'key-1');
    expect(hub.takeRefusals(4)).toEqual(['not-allowed']);
  });

  test('also after the hub was started again', () => {
    const before = moderatedRoom();
    const after = new TriedHub({ store: before.store });
    expect(after.join(3, 'Mo').roster[0]?.role).toBe('moderator');
  });

  test('and dismissed may do nothing more once that is safe', () => {
    const hub = moderatedRoom();
    hub.disk = 'busy';
    hub.moderate(HOST_CONNECTION, 'dismiss', 'key-3');
    hub.moderate(3, 'mute', 'key-1');
    hub.settle('fine');
    hub.moderate(3, 'unmute', 'key-1');
    expect(hub.takeRefusals(3)).toEqual(['not-allowed']);
  });
});

describe('M2: who is removed', () => {
  test('is told why and shown as gone, and comes back into an open room', () => {
    const hub = moderatedRoom();
    hub.moderate(3, 'remove', 'key-1');
    expect(hub.closedBecause(1)).toBe('removed');
    expect(hub.takeChanges(2)).toMatchObject([
      { change: 'left', id: 'key-1', name: 'Ann', reason: 'removed', count: 3 },
    ]);
    hub.join(4, 'Ann', { key: 'key-1' });
  });

  test('is let in no more by what let it in', () => {
    const hub = moderatedRoom();
    hub.set(HOST_CONNECTION, { access: 'invite' });
    hub.close(1);
    hub.moderate(3, 'remove', 'key-1');
    hub.hello(4, 'Ann', { key: 'key-1' });
    expect(hub.takeRefusals(4)).toEqual(['invite-needed']);
  });
});

describe('M3: a ban', () => {
  test('holds under every name, on every connection, after every restart', () => {
    const hub = moderatedRoom();
    hub.send(1, { type: 'rename', id: 'r', name: 'Anna' });
    hub.moderate(3, 'ban', 'key-1');
    expect(hub.closedBecause(1)).toBe('banned');
    hub.hello(4, 'Somebody else', { key: 'key-1' });
    expect(hub.takeRefusals(4)).toEqual(['banned']);
    expect(hub.closedBecause(4)).toBe('banned');
    const after = new TriedHub({ store: hub.store });
    after.hello(1, 'Somebody else');
    expect(after.takeRefusals(1)).toEqual(['banned']);
  });

  test('reaches who is away', () => {
    const hub = moderatedRoom();
    hub.close(1);
    hub.moderate(3, 'ban', 'key-1');
    hub.hello(4, 'Ann', { key: 'key-1' });
    expect(hub.takeRefusals(4)).toEqual(['banned']);
  });

  test('takes a moderator’s rights with it', () => {
    const hub = moderatedRoom();
    hub.moderate(HOST_CONNECTION, 'ban', 'key-3');
    hub.moderate(HOST_CONNECTION, 'lift', 'key-3');
    expect(hub.join(4, 'Mo', { key: 'key-3' }).roster.at(-1)?.role).toBe('member');
  });

  test('that is lifted lets in again whom the room would let in', () => {
    const hub = moderatedRoom();
    hub.moderate(3, 'ban', 'key-1');
    hub.moderate(3, 'lift', 'key-1');
    hub.join(4, 'Ann', { key: 'key-1' });
    hub.moderate(3, 'ban', 'key-1');
    hub.set(HOST_CONNECTION, { access: 'invite' });
    hub.moderate(3, 'lift', 'key-1');
    hub.hello(5, 'Ann', { key: 'key-1' });
    expect(hub.takeRefusals(5)).toEqual(['invite-needed']);
  });

  test('is told to those who look after the room, and to nobody else', () => {
    const hub = moderatedRoom();
    hub.moderate(3, 'ban', 'key-1');
    hub.takeAll();
    for (const connection of [HOST_CONNECTION, 2, 3]) {
      hub.send(connection, { type: 'bans', id: 'b' });
    }
    const bans = [{ id: 'key-1', name: 'Ann', by: 'Mo', at: hub.now }];
    expect(hub.take(HOST_CONNECTION)).toEqual([{ type: 'bans', id: 'b', bans }]);
    expect(hub.take(3)).toEqual([{ type: 'bans', id: 'b', bans }]);
    expect(hub.takeRefusals(2)).toEqual(['not-allowed']);
  });

  test('reaches who came when too many were known to remember one more', () => {
    const known = Array.from({ length: 20_000 }, (_, n) => ({
      id: `stranger-${n}`,
      name: `Stranger ${n}`,
      admitted: true,
    }));
    const hub = new TriedHub({ known });
    hub.populate('Ann');
    hub.moderate(HOST_CONNECTION, 'ban', 'key-1');
    expect(hub.closedBecause(1)).toBe('banned');
    hub.hello(2, 'Ann', { key: 'key-1' });
    expect(hub.takeRefusals(2)).toEqual(['banned']);
  });
});

describe('M2: who is muted', () => {
  test('is heard by nobody, may rename and look, and is heard again later', () => {
    const hub = moderatedRoom();
    hub.moderate(3, 'mute', 'key-1');
    hub.takeAll();
    const id = hub.say(1, 'hello?');
    expect(hub.take(1)).toMatchObject([{ type: 'refused', id, code: 'muted' }]);
    expect(hub.take(2)).toEqual([]);
    hub.send(1, { type: 'rename', id: 'r', name: 'Anna' });
    expect(hub.takeChanges(1)).toMatchObject([{ change: 'renamed' }]);
    hub.moderate(3, 'unmute', 'key-1');
    hub.say(1, 'hello?');
    expect(hub.takeEntries(1).map(textOf).at(-1)).toBe('hello?');
  });

  test('stays so by coming back and after a restart', () => {
    const hub = moderatedRoom();
    hub.moderate(3, 'mute', 'key-1');
    hub.close(1);
    expect(hub.join(4, 'New', { key: 'key-1' }).roster.at(-1)?.muted).toBe(true);
    hub.say(4, 'hello?');
    expect(hub.takeRefusals(4)).toEqual(['muted']);
    const after = new TriedHub({ store: hub.store });
    expect(after.join(1, 'Ann').roster[0]?.muted).toBe(true);
  });

  test('is muted once the act is safe: what came before that names the policy without it', () => {
    const hub = moderatedRoom();
    hub.disk = 'busy';
    hub.moderate(3, 'mute', 'key-1');
    hub.say(1, 'quickly');
    hub.settle('fine');
    hub.say(1, 'too late');
    expect(hub.takeRefusals(1)).toEqual(['muted']);
    const [appointed] = hub.acts.after(0, 1);
    expect(hub.log.after(0, 9)).toMatchObject([{ policy: appointed?.link }]);
  });

  test('may take back what was said, and do nothing else to it', () => {
    const hub = moderatedRoom();
    const id = hub.say(1, 'hello');
    hub.moderate(3, 'mute', 'key-1');
    hub.takeAll();
    hub.relate(1, 'relation/edit', id, { text: 'hallo' });
    hub.relate(1, 'relation/reaction', id, { emoji: '🙂' });
    expect(hub.takeRefusals(1)).toEqual(['muted', 'muted']);
    hub.redact(1, id);
    expect(hub.takeRefusals(1)).toEqual([]);
    expect(hub.texts[0]).toBeUndefined();
  });
});

describe('M4: what is redacted', () => {
  test('stays in its place without its words, in the log and in every answer', () => {
    const hub = moderatedRoom();
    const id = hub.say(1, 'nonsense');
    const entry = hub.log.find(id);
    const redaction = hub.redact(3, id);
    const gone = {
      kind: 'message/text',
      seq: 1,
      id,
      link: entry?.link,
      body: { state: 'redacted' },
    };
    expect(hub.log.find(id)).toMatchObject(gone);
    hub.takeAll();
    hub.send(2, {
      type: 'history',
      id: 'h',
      conversation: entry?.conversation ?? '',
      after: 0,
      limit: 9,
    });
    hub.say(1, 'nonsense');
    expect(hub.take(2)).toMatchObject([{ type: 'page', entries: [gone, { id: redaction }] }]);
    expect(hub.take(1)).toEqual([{ type: 'confirmed', id }]);
    expect(JSON.stringify(hub.join(4, 'Cem'))).not.toContain('nonsense');
  });

  test('loses whatever it was changed to, also on its way to the disk', () => {
    const hub = moderatedRoom();
    const id = hub.say(1, 'nonsense');
    hub.relate(1, 'relation/edit', id, { text: 'more nonsense' });
    hub.relate(2, 'relation/reaction', id, { emoji: '🤨' });
    hub.disk = 'busy';
    hub.relate(1, 'relation/edit', id, { text: 'still nonsense' });
    hub.redact(3, id);
    hub.settle('fine');
    const states = hub.log.after(0, 9).map(({ body }) => body.state);
    expect(states).toEqual(['redacted', 'redacted', 'redacted', 'redacted', 'whole']);
  });

  test('does not come back once it and its redaction are forgotten', () => {
    const hub = moderatedRoom();
    const id = hub.say(1, 'nonsense');
    hub.redact(3, id);
    hub.forget(2);
    const after = new TriedHub({ store: hub.store });
    after.populate('Ann');
    after.say(1, 'nonsense');
    expect(after.take(1)).toEqual([{ type: 'confirmed', id }]);
    expect(after.log.last.seq).toBe(2);
  });

  test('in the turn it was said in is redacted too', () => {
    const hub = moderatedRoom();
    hub.disk = 'busy';
    const id = hub.say(1, 'nonsense');
    hub.redact(3, id);
    hub.settle('fine');
    expect(hub.log.find(id)?.body.state).toBe('redacted');
  });

  test('that could not be kept stays as it was', () => {
    const hub = moderatedRoom();
    const id = hub.say(1, 'sense');
    hub.takeAll();
    hub.disk = 'full';
    hub.redact(3, id);
    expect(hub.takeRefusals(3)).toEqual(['not-kept']);
    expect(hub.texts).toEqual(['sense']);
    hub.disk = 'fine';
    hub.relate(1, 'relation/edit', id, { text: 'better' });
    hub.redact(3, id);
    expect(hub.takeRefusals(3)).toEqual([]);
  });
});

describe('L9: clearing', () => {
  const CLEAR = { kind: clear.name };

  test('is the host’s, and done once it is in the log', () => {
    const hub = moderatedRoom();
    hub.act(3, CLEAR);
    expect(hub.takeRefusals(3)).toEqual(['not-allowed']);
    hub.disk = 'busy';
    hub.act(HOST_CONNECTION, CLEAR);
    expect(hub.cleared).toBe(0);
    hub.settle('fine');
    expect(hub.cleared).toBe(1);
    expect(hub.take(2).map(({ type }) => type)).toEqual(['entries']);
  });
});

describe('S7: an act that could not be kept', () => {
  test('has no effect with all others of its turn, and only its author hears of it', () => {
    const hub = moderatedRoom();
    hub.say(1, 'hello');
    const before = { room: hub.room, acts: hub.acts.after(0, 99) };
    hub.takeAll();
    hub.disk = 'busy';
    const ids = [
      hub.set(HOST_CONNECTION, { locked: true }),
      hub.set(HOST_CONNECTION, { slowSeconds: 30 }),
      hub.moderate(HOST_CONNECTION, 'mute', 'key-1'),
      hub.moderate(HOST_CONNECTION, 'ban', 'key-1'),
    ];
    hub.settle('full');
    // The newest first: it is the first that may be said again.
    const refused = hub.take(HOST_CONNECTION);
    expect(refused).toMatchObject(ids.toReversed().map((id) => ({ id, code: 'not-kept' })));
    expect(hub.take(2)).toEqual([]);
    expect({ room: hub.room, acts: hub.acts.after(0, 99) }).toEqual(before);
    expect(hub.closedBecause(1)).toBeUndefined();
    expect(hub.bans).toEqual([]);
    hub.disk = 'fine';
    hub.say(1, 'still here');
    hub.join(4, 'Cem');
    hub.set(HOST_CONNECTION, { locked: true });
    expect(hub.acts.last.seq).toBe(2);
    expect(hub.room.locked).toBe(true);
  });

  test('lets nobody in who would come in by it', () => {
    const hub = moderatedRoom();
    hub.moderate(HOST_CONNECTION, 'ban', 'key-1');
    hub.disk = 'busy';
    hub.moderate(HOST_CONNECTION, 'lift', 'key-1');
    hub.hello(4, 'Ann', { key: 'key-1' });
    expect(hub.takeRefusals(4)).toEqual(['banned']);
  });
});

test('M3: a hub that starts again has what was done before, and asks no register of members', () => {
  const before = new TriedHub({ acts: [setting({ name: 'Lab 3', slowSeconds: 5 })] });
  before.populate('Ann', 'Mo');
  before.moderate(HOST_CONNECTION, 'appoint', 'key-2');
  before.moderate(2, 'ban', 'key-1');
  const after = new TriedHub({ store: before.store, known: [] });
  expect(after.room).toMatchObject({ name: 'Lab 3', slowSeconds: 5 });
  expect(after.bans).toMatchObject([{ id: 'key-1', name: 'Ann', by: 'Mo' }]);
  expect(after.join(2, 'Mo').roster[0]?.role).toBe('moderator');
});
