/** What the host and moderators do, through a whole hub (M1-M4). */
import { describe, expect, test } from 'vitest';
import { HOST, HOST_CONNECTION, TriedHub } from './tried-hub.ts';

const MEMBER_ACTS = ['remove', 'ban', 'lift', 'mute', 'unmute', 'appoint', 'dismiss'] as const;
const ALL_ACTS = [...MEMBER_ACTS, 'lock', 'unlock', 'slow', 'strike', 'access'] as const;

/** The host, Ann and Bo, and Mo who is a moderator, on connections 0 to 3. */
function moderatedRoom(): TriedHub {
  const hub = new TriedHub();
  hub.populate('Ann', 'Bo', 'Mo');
  hub.act(HOST_CONNECTION, 'appoint', 'key-3');
  hub.takeAll();
  return hub;
}

test('M1: an act is an entry everybody gets, before what follows from it', () => {
  const hub = moderatedRoom();
  hub.act(3, 'mute', 'key-1', 'a1');
  const entry = {
    kind: 'act',
    seq: 2,
    at: hub.now,
    id: 'a1',
    from: 'key-3',
    name: 'Mo',
    act: 'mute',
    on: 'key-1',
    onName: 'Ann',
    written: 7,
    signature: 'of a1',
  };
  const change = { change: 'standing', id: 'key-1', role: 'member', muted: true, count: 4 };
  for (const connection of [HOST_CONNECTION, 1, 2, 3]) {
    expect(hub.take(connection)).toEqual([
      { type: 'entry', entry },
      { type: 'presence', changes: [change] },
    ]);
  }
  expect(hub.log.find('a1')).toEqual(entry);
});

test.for([
  ['lock', '', ['entry', 'room']],
  ['slow', '30', ['entry', 'room']],
  ['access', 'invite', ['entry', 'room']],
  ['ban', 'key-1', ['entry', 'presence']],
  ['appoint', 'key-1', ['entry', 'presence']],
] as const)('M1: %s %s: first the entry, then the change', ([act, on, types]) => {
  const hub = moderatedRoom();
  hub.act(HOST_CONNECTION, act, on);
  expect(hub.take(2).map(({ type }) => type)).toEqual(types);
});

test('M1: nothing of it is seen before it is on the disk', () => {
  const hub = moderatedRoom();
  hub.disk = 'busy';
  hub.act(HOST_CONNECTION, 'ban', 'key-1');
  hub.act(HOST_CONNECTION, 'lock');
  expect([hub.take(1), hub.take(2)]).toEqual([[], []]);
  expect(hub.closedBecause(1)).toBeUndefined();
  hub.settle('fine');
  expect(hub.take(2).map(({ type }) => type)).toEqual(['entry', 'presence', 'entry', 'room']);
  expect(hub.take(1).map(({ type }) => type)).toEqual(['entry']);
  expect(hub.closedBecause(1)).toBe('banned');
});

test('M1, S5: an act that is sent again is done once; its author gets the entry there is', () => {
  const hub = moderatedRoom();
  hub.act(HOST_CONNECTION, 'mute', 'key-1', 'a1');
  hub.act(HOST_CONNECTION, 'unmute', 'key-1', 'a2');
  hub.takeAll();
  hub.act(HOST_CONNECTION, 'mute', 'key-1', 'a1');
  expect(hub.take(HOST_CONNECTION)).toMatchObject([{ type: 'entry', entry: { id: 'a1' } }]);
  expect(hub.take(1)).toEqual([]);
  hub.say(1, 'I can speak');
  expect(hub.take(1)).toMatchObject([{ type: 'entry' }]);
});

test.for(ALL_ACTS)('M1: no member may %s', (act) => {
  const hub = moderatedRoom();
  hub.act(1, act, 'key-2');
  expect(hub.takeRefusals(1)).toEqual(['not-allowed']);
  expect(hub.take(2)).toEqual([]);
  expect(hub.log.last).toBe(1);
});

test.for(MEMBER_ACTS)(
  'M1: nobody may %s oneself, the host or, as a moderator, another one',
  (act) => {
    const hub = moderatedRoom();
    hub.act(HOST_CONNECTION, 'appoint', 'key-2');
    hub.takeAll();
    hub.act(HOST_CONNECTION, act, HOST);
    hub.act(3, act, HOST, 'a2');
    hub.act(3, act, 'key-3', 'a3');
    hub.act(3, act, 'key-2', 'a4');
    expect(hub.takeRefusals(HOST_CONNECTION)).toEqual(['not-allowed']);
    expect(hub.takeRefusals(3)).toEqual(['not-allowed', 'not-allowed', 'not-allowed']);
  },
);

test('M2: on somebody nobody knows', () => {
  const hub = moderatedRoom();
  hub.act(HOST_CONNECTION, 'ban', 'key-9');
  expect(hub.takeRefusals(HOST_CONNECTION)).toEqual(['no-such-member']);
});

describe('M2: who is appointed', () => {
  test('looks after the room until dismissed, also after coming back', () => {
    const hub = moderatedRoom();
    hub.act(3, 'mute', 'key-1');
    hub.close(3);
    expect(hub.join(4, 'Mo', { key: 'key-3' }).roster.at(-1)?.role).toBe('moderator');
    hub.act(HOST_CONNECTION, 'dismiss', 'key-3');
    expect(hub.takeChanges(4)).toMatchObject([{ change: 'standing', role: 'member' }]);
    hub.act(4, 'unmute', 'key-1');
    expect(hub.takeRefusals(4)).toEqual(['not-allowed']);
  });

  test('also after the hub was started again', () => {
    const before = moderatedRoom();
    const after = new TriedHub({ known: before.store.known() });
    expect(after.join(3, 'Mo').roster[0]?.role).toBe('moderator');
  });

  test('and dismissed at once may do nothing more', () => {
    const hub = moderatedRoom();
    hub.disk = 'busy';
    hub.act(HOST_CONNECTION, 'dismiss', 'key-3');
    hub.act(3, 'ban', 'key-1');
    expect(hub.takeRefusals(3)).toEqual(['not-allowed']);
  });
});

describe('M2: who is removed', () => {
  test('is told why and shown as gone, and comes back into an open room', () => {
    const hub = moderatedRoom();
    hub.act(3, 'remove', 'key-1');
    expect(hub.closedBecause(1)).toBe('removed');
    expect(hub.takeChanges(2)).toMatchObject([
      { change: 'left', id: 'key-1', name: 'Ann', reason: 'removed', count: 3 },
    ]);
    hub.join(4, 'Ann', { key: 'key-1' });
  });

  test('is let in no more by what let it in', () => {
    const hub = moderatedRoom();
    hub.act(HOST_CONNECTION, 'access', 'invite');
    hub.close(1);
    hub.act(3, 'remove', 'key-1');
    hub.hello(4, 'Ann', { key: 'key-1' });
    expect(hub.takeRefusals(4)).toEqual(['invite-needed']);
  });
});

describe('M3: a ban', () => {
  test('holds under every name, on every connection, after every restart', () => {
    const hub = moderatedRoom();
    hub.send(1, { type: 'rename', id: 'r', name: 'Anna' });
    hub.act(3, 'ban', 'key-1');
    expect(hub.closedBecause(1)).toBe('banned');
    hub.hello(4, 'Somebody else', { key: 'key-1' });
    expect(hub.takeRefusals(4)).toEqual(['banned']);
    expect(hub.closedBecause(4)).toBe('banned');
    const after = new TriedHub({ known: hub.store.known(), rules: hub.store.rules() });
    after.hello(1, 'Somebody else');
    expect(after.takeRefusals(1)).toEqual(['banned']);
  });

  test('reaches who is away', () => {
    const hub = moderatedRoom();
    hub.close(1);
    hub.act(3, 'ban', 'key-1');
    hub.hello(4, 'Ann', { key: 'key-1' });
    expect(hub.takeRefusals(4)).toEqual(['banned']);
  });

  test('takes a moderator’s rights with it', () => {
    const hub = moderatedRoom();
    hub.act(HOST_CONNECTION, 'ban', 'key-3');
    hub.act(HOST_CONNECTION, 'lift', 'key-3');
    expect(hub.join(4, 'Mo', { key: 'key-3' }).roster.at(-1)?.role).toBe('member');
  });

  test('that is lifted lets in again whom the room would let in', () => {
    const hub = moderatedRoom();
    hub.act(3, 'ban', 'key-1');
    hub.act(3, 'lift', 'key-1');
    hub.join(4, 'Ann', { key: 'key-1' });
    hub.act(3, 'ban', 'key-1', 'again');
    hub.act(HOST_CONNECTION, 'access', 'invite');
    hub.act(3, 'lift', 'key-1', 'lifted again');
    hub.hello(5, 'Ann', { key: 'key-1' });
    expect(hub.takeRefusals(5)).toEqual(['invite-needed']);
  });

  test('is told to those who look after the room, and to nobody else', () => {
    const hub = moderatedRoom();
    hub.act(3, 'ban', 'key-1');
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
      moderator: false,
      muted: false,
      ban: null,
    }));
    const hub = new TriedHub({ known });
    hub.populate('Ann');
    hub.act(HOST_CONNECTION, 'ban', 'key-1');
    expect(hub.closedBecause(1)).toBe('banned');
    hub.hello(2, 'Ann', { key: 'key-1' });
    expect(hub.takeRefusals(2)).toEqual(['banned']);
  });
});

describe('M2: who is muted', () => {
  test('is heard by nobody, may rename and look, and is heard again later', () => {
    const hub = moderatedRoom();
    hub.act(3, 'mute', 'key-1');
    hub.takeAll();
    hub.say(1, 'hello?', 'm1');
    expect(hub.take(1)).toMatchObject([{ type: 'refused', id: 'm1', code: 'muted' }]);
    expect(hub.take(2)).toEqual([]);
    hub.send(1, { type: 'rename', id: 'r', name: 'Anna' });
    expect(hub.takeChanges(1)).toMatchObject([{ change: 'renamed' }]);
    hub.act(3, 'unmute', 'key-1');
    hub.say(1, 'hello?', 'm1');
    expect(hub.take(1).at(-1)).toMatchObject({ type: 'entry', entry: { text: 'hello?' } });
  });

  test('stays so by coming back and after a restart', () => {
    const hub = moderatedRoom();
    hub.act(3, 'mute', 'key-1');
    hub.close(1);
    expect(hub.join(4, 'New', { key: 'key-1' }).roster.at(-1)?.muted).toBe(true);
    hub.say(4, 'hello?');
    expect(hub.takeRefusals(4)).toEqual(['muted']);
    const after = new TriedHub({ known: hub.store.known() });
    expect(after.join(1, 'Ann').roster[0]?.muted).toBe(true);
  });

  test('is muted at once: nothing said after it is in the log', () => {
    const hub = moderatedRoom();
    hub.disk = 'busy';
    hub.act(3, 'mute', 'key-1');
    hub.say(1, 'quickly');
    expect(hub.takeRefusals(1)).toEqual(['muted']);
  });
});

describe('M4: what is struck', () => {
  test('stays in its place without its words, in the log and in every answer', () => {
    const hub = moderatedRoom();
    hub.say(1, 'nonsense', 'm1');
    hub.act(3, 'strike', 'm1', 'a1');
    const struck = { kind: 'said', seq: 2, id: 'm1', text: '', signature: '', struck: true };
    expect(hub.log.find('m1')).toMatchObject(struck);
    hub.takeAll();
    hub.send(2, { type: 'history', id: 'h', after: 1, limit: 9 });
    hub.say(1, 'nonsense', 'm1');
    expect(hub.take(2)).toMatchObject([{ type: 'page', entries: [struck, { id: 'a1' }] }]);
    expect(hub.take(1)).toMatchObject([{ type: 'entry', entry: struck }]);
    expect(JSON.stringify(hub.join(4, 'Cem'))).not.toContain('nonsense');
  });

  test('is gone from a room that remembers nothing too', () => {
    const hub = moderatedRoom();
    hub.say(1, 'nonsense', 'm1');
    hub.log.forgetBefore(3);
    hub.act(3, 'strike', 'm1');
    hub.takeAll();
    hub.say(1, 'nonsense', 'm1');
    expect(hub.take(1)).toMatchObject([{ type: 'entry', entry: { text: '', struck: true } }]);
  });

  test('in the turn it was said in is struck too', () => {
    const hub = moderatedRoom();
    hub.disk = 'busy';
    hub.say(1, 'nonsense', 'm1');
    hub.act(3, 'strike', 'm1');
    hub.settle('fine');
    expect(hub.log.find('m1')).toMatchObject({ text: '', struck: true });
  });

  test('is struck once', () => {
    const hub = moderatedRoom();
    hub.say(1, 'nonsense', 'm1');
    hub.act(3, 'strike', 'm1', 'a1');
    hub.takeAll();
    hub.act(3, 'strike', 'm1', 'a2');
    hub.act(3, 'strike', 'a1', 'a3');
    hub.act(3, 'strike', 'unknown', 'a4');
    expect(hub.takeRefusals(3)).toEqual(['no-such-entry', 'no-such-entry', 'no-such-entry']);
  });
});

describe('S7: an act that could not be kept', () => {
  test('is taken back with all others of its turn, and only its author hears of it', () => {
    const hub = moderatedRoom();
    hub.say(1, 'hello', 'm1');
    const before = { room: hub.room, log: hub.log.after(0, 99) };
    hub.disk = 'busy';
    hub.takeAll();
    hub.act(HOST_CONNECTION, 'lock', '', 'a1');
    hub.act(HOST_CONNECTION, 'slow', '30', 'a2');
    hub.act(HOST_CONNECTION, 'access', 'invite', 'a3');
    hub.act(HOST_CONNECTION, 'mute', 'key-1', 'a4');
    hub.act(HOST_CONNECTION, 'ban', 'key-1', 'a5');
    hub.act(HOST_CONNECTION, 'strike', 'm1', 'a6');
    hub.settle('full');
    expect(hub.takeRefusals(HOST_CONNECTION)).toEqual(Array.from('123456', () => 'not-kept'));
    const others = hub.take(2);
    expect(others.filter(({ type }) => type !== 'room' && type !== 'presence')).toEqual([]);
    expect({ room: hub.room, log: hub.log.after(0, 99) }).toEqual(before);
    expect(hub.closedBecause(1)).toBeUndefined();
    hub.disk = 'fine';
    hub.send(HOST_CONNECTION, { type: 'bans', id: 'b' });
    expect(hub.take(HOST_CONNECTION).at(-1)).toMatchObject({ bans: [] });
    hub.say(1, 'still here');
    hub.join(4, 'Cem');
    hub.join(5, 'Ann', { key: 'key-1' });
  });

  test('takes back nothing but what it changed', () => {
    const hub = moderatedRoom();
    const invite = { id: 'i', hash: 'h', createdAt: 0, expiresAt: null, uses: 0, maxUses: null };
    hub.disk = 'busy';
    hub.act(HOST_CONNECTION, 'lock');
    hub.act(HOST_CONNECTION, 'mute', 'key-1');
    hub.input({ type: 'set-invite', invite: { ...invite, revoked: false } });
    hub.send(1, { type: 'rename', id: 'r', name: 'Anna' });
    hub.settle('full');
    hub.disk = 'fine';
    expect(hub.invites).toMatchObject([{ id: 'i' }]);
    expect(hub.room.locked).toBe(false);
    hub.close(1);
    expect(hub.join(4, 'Anna').roster.at(-1)?.name).toBe('Anna 2');
    expect(hub.join(5, 'Ann').roster.at(-1)?.name).toBe('Ann');
  });

  test('lets nobody stay who came in by it', () => {
    const hub = moderatedRoom();
    hub.act(HOST_CONNECTION, 'ban', 'key-1');
    hub.disk = 'busy';
    hub.act(HOST_CONNECTION, 'lift', 'key-1');
    hub.join(4, 'Ann', { key: 'key-1' });
    hub.settle('full');
    expect(hub.closedBecause(4)).toBe('banned');
    expect(hub.memberCount).toBe(3);
  });

  test('is put right for who came in meanwhile', () => {
    const hub = moderatedRoom();
    hub.close(1);
    hub.disk = 'busy';
    hub.act(HOST_CONNECTION, 'lock');
    hub.act(HOST_CONNECTION, 'appoint', 'key-1');
    expect(hub.join(4, 'Ann', { key: 'key-1' })).toMatchObject({ room: { locked: true } });
    hub.settle('full');
    const heard = hub.take(4);
    expect(heard).toContainEqual({ type: 'room', room: hub.room });
    expect(heard).toContainEqual({
      type: 'presence',
      changes: [{ change: 'standing', id: 'key-1', role: 'member', muted: false, count: 4 }],
    });
    hub.disk = 'fine';
    hub.act(4, 'mute', 'key-2');
    expect(hub.takeRefusals(4)).toEqual(['not-allowed']);
  });
});
