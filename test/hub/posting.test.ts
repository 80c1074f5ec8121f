/** Who may post what (S1-S6, E1-E8, M1-M5), through a whole hub. */
import { describe, expect, test } from 'vitest';
import { idOf, signedContent } from '../../main/events/event.ts';
import { TEXT_MAX } from '../../main/protocol/limits.ts';
import type { PostedEvent } from '../../main/wire/messages.ts';
import { hash, sign } from '../simulation/crypto.ts';
import { ROOM, TALK } from '../simulation/names.ts';
import { eventOf, HOST_CONNECTION, inviting, setting, TriedHub } from './tried-hub.ts';
import type { Wanted } from './tried-hub.ts';

const MESSAGE: Wanted = { kind: 'message/text', content: { text: 'hi' } };

/** The host, Ann and Bo, and Mo who is a moderator, on connections 0 to 3. */
function moderatedRoom(): TriedHub {
  const hub = new TriedHub();
  hub.populate('Ann', 'Bo', 'Mo');
  hub.moderate(HOST_CONNECTION, 'appoint', 'key-3');
  hub.takeAll();
  return hub;
}

/** The code of the refusal of what was posted just now; null when it is in a log. */
function refused(hub: TriedHub, connection: number, id: string): string | null {
  const [code] = hub.takeRefusals(connection);
  const isEntered = (hub.log.find(id) ?? hub.acts.find(id)) !== null;
  expect(isEntered).toBe(code === undefined);
  hub.takeAll();
  return code ?? null;
}

/** What becomes of a post of Ann's. */
function judged(wanted: Wanted, hub = moderatedRoom()): string | null {
  return refused(hub, 1, hub.post(1, wanted));
}

/** An event of Ann's that is changed in this way, with the id of what it is then. */
function changed(change: Partial<PostedEvent>) {
  const event = { ...eventOf('key-1', MESSAGE).event, ...change };
  const unsigned = { ...event, room: ROOM.id };
  const signature = sign(event.device, signedContent(unsigned, hash));
  return { id: idOf(unsigned, hash), event: { ...event, signature } };
}

describe('E1, E3: an event is its author’s, under its own id, in its conversation', () => {
  test.for([
    ['as it is', {}, null],
    ['by another person', { person: 'key-2', device: 'key-2' }, 'not-allowed'],
    ['by another device', { device: 'key-2' }, 'not-allowed'],
    ['for another person', { person: 'key-2' }, 'not-allowed'],
    ['in the policy log', { conversation: ROOM.id }, 'no-such-conversation'],
    ['nowhere', { conversation: hash('nowhere') }, 'no-such-conversation'],
    ['as an act where everybody talks', { kind: 'act/clear' }, 'no-such-conversation'],
  ] as const)('%s', ([, change, code]) => {
    const hub = moderatedRoom();
    const { id, event } = changed(change);
    hub.postAs(1, id, event);
    expect(refused(hub, 1, id)).toBe(code);
  });

  test('under another id, or for another room', () => {
    const hub = moderatedRoom();
    const { event } = changed({});
    const elsewhere = idOf({ ...event, room: hash('another room') }, hash);
    for (const id of [hash('another id'), elsewhere]) {
      hub.postAs(1, id, event);
      expect(refused(hub, 1, id)).toBe('bad-message');
    }
  });
});

describe('E7: bodies', () => {
  const to = hash('something');
  test.for([
    ['message/text', { text: 'hi' }, null],
    ['message/text', { text: '' }, 'text-empty'],
    ['message/text', { text: ' \u200b' }, 'text-empty'],
    ['message/text', { text: 'x'.repeat(TEXT_MAX + 1) }, 'text-too-long'],
    ['message/text', { text: ' hi' }, 'text-not-normal'],
    ['message/text', { text: 7 }, 'bad-message'],
    ['message/text', {}, 'bad-message'],
    ['message/text', [], 'bad-message'],
    ['relation/edit', { text: '' }, 'text-empty'],
    ['relation/edit', { text: 'hi\r\n' }, 'text-not-normal'],
    ['relation/reaction', { emoji: '' }, 'bad-message'],
    ['relation/reaction', { emoji: 'a b' }, 'bad-message'],
    ['relation/reaction', { emoji: 'x'.repeat(65) }, 'bad-message'],
    ['relation/pin', { pinned: 1 }, 'bad-message'],
    ['act/settings', {}, 'bad-message'],
    ['act/settings', { access: 'passphrase' }, 'bad-message'],
    ['act/settings', { slowSeconds: 3_601 }, 'bad-message'],
    ['act/settings', { slowSeconds: 1.5 }, 'bad-message'],
    ['act/settings', { name: ' Lab' }, 'bad-message'],
    ['act/moderation', { act: 'tickle', person: 'key-2', name: 'Bo' }, 'bad-message'],
    ['act/invitation', { hash: 'h', expiresAt: null, maxUses: null }, 'bad-message'],
    ['message/poll', { anything: ['goes'] }, null],
    ['relation/vote', {}, null],
  ] as const)('%s %j', ([kind, content, code]) => {
    expect(judged({ kind, content, references: [{ as: 'to', id: to }] })).toBe(code);
  });

  test('that are no JSON are sound in kinds that are not known alone', () => {
    const hub = moderatedRoom();
    for (const [kind, code] of [
      ['message/text', 'bad-message'],
      ['message/drawing', null],
    ] as const) {
      const body = { state: 'whole', salt: hash('salt'), text: '{' } as const;
      const event = { ...eventOf('key-1', { kind }).event, body };
      const id = idOf({ ...event, room: ROOM.id }, hash);
      hub.postAs(1, id, event);
      expect(refused(hub, 1, id)).toBe(code);
    }
  });

  test('E5: a kind that is not known is carried to everybody as it is', () => {
    const hub = moderatedRoom();
    const wanted = { kind: 'message/poll', content: { fallback: 'A poll.', options: [1, 2] } };
    const id = hub.post(1, wanted);
    const { event } = eventOf('key-1', wanted);
    expect(hub.takeEntries(2)).toMatchObject([{ ...event, id }]);
  });
});

const TARGETS = [
  'ann',
  'bo',
  'mo',
  'host',
  'gone',
  'poll',
  'edit',
  'reaction',
  'vote',
  'act',
  'nothing',
] as const;

type Target = (typeof TARGETS)[number];

/** Ann's message, Bo's, the host's, Ann's edit and reaction, and an unknown relation; by what they are. */
function talkedOver() {
  const hub = moderatedRoom();
  const ann = hub.say(1, 'of Ann');
  const ids: Record<Target, string> = {
    ann,
    bo: hub.say(2, 'of Bo'),
    mo: hub.say(3, 'of Mo'),
    host: hub.say(HOST_CONNECTION, 'of the host'),
    gone: hub.say(1, 'gone'),
    poll: hub.post(1, { kind: 'message/poll' }),
    edit: hub.relate(1, 'relation/edit', ann, { text: 'of Anna' }),
    reaction: hub.relate(1, 'relation/reaction', ann, { emoji: '🙂' }),
    vote: hub.relate(1, 'relation/vote', ann),
    act: hub.acts.after(0, 1)[0]?.id ?? '',
    nothing: hash('nothing'),
  };
  hub.redact(1, ids.gone);
  hub.takeAll();
  return { hub, ids };
}

const OTHERS: readonly Target[] = ['gone', 'edit', 'reaction', 'vote', 'act', 'nothing'];

/** Which of these may be the target of such a relation by who is on a connection; the others by code. */
function allowed(connection: number, kind: string, content: object) {
  const targets = { may: new Array<Target>(), codes: new Map<Target, string>() };
  for (const target of TARGETS) {
    const { hub, ids } = talkedOver();
    const references = [{ as: 'to', id: ids[target] }];
    const salt = hash('once more');
    const code = refused(
      hub,
      connection,
      hub.post(connection, { kind, content, references, salt }),
    );
    if (code === null) targets.may.push(target);
    else targets.codes.set(target, code);
  }
  return targets;
}

describe('M5: relations', () => {
  const MESSAGES: readonly Target[] = ['ann', 'bo', 'mo', 'host', 'poll'];

  test.for([
    ['an edit by its author', 1, 'relation/edit', { text: 'x' }, ['ann', 'poll']],
    ['an edit by a moderator', 3, 'relation/edit', { text: 'x' }, ['mo']],
    ['an edit by the host', 0, 'relation/edit', { text: 'x' }, ['host']],
    ['a reaction by a member', 2, 'relation/reaction', { emoji: '👍' }, MESSAGES],
    ['a pin by a member', 1, 'relation/pin', { pinned: true }, []],
    ['a pin by a moderator', 3, 'relation/pin', { pinned: true }, MESSAGES],
    ['a pin by the host', 0, 'relation/pin', { pinned: false }, MESSAGES],
  ] as const)('%s', ([, connection, kind, content, may]) => {
    const targets = allowed(connection, kind, content);
    expect(targets.may).toEqual(may);
    for (const other of OTHERS) expect(targets.codes.get(other)).toBe('no-such-entry');
    for (const each of MESSAGES) {
      if (!targets.may.includes(each)) expect(targets.codes.get(each)).toBe('not-allowed');
    }
  });

  test.for([
    [1, ['ann', 'poll', 'reaction']],
    [2, ['bo']],
    [3, ['ann', 'bo', 'mo', 'poll', 'reaction']],
    [HOST_CONNECTION, ['ann', 'bo', 'mo', 'host', 'poll', 'reaction']],
  ] as const)('M4: a redaction by %d', ([connection, may]) => {
    const targets = allowed(connection, 'relation/redaction', {});
    expect(targets.may).toEqual(may);
    for (const other of ['gone', 'edit', 'vote', 'act', 'nothing'] as const) {
      expect(targets.codes.get(other)).toBe('no-such-entry');
    }
  });

  test('E5: one that is not known is carried, whatever it is about', () => {
    const targets = allowed(2, 'relation/vote', {});
    expect([...targets.codes]).toEqual([]);
  });

  test('to what is being redacted are refused', () => {
    const { hub, ids } = talkedOver();
    hub.disk = 'busy';
    hub.redact(1, ids.ann);
    hub.relate(1, 'relation/edit', ids.ann, { text: 'again' });
    hub.relate(2, 'relation/reaction', ids.ann, { emoji: '👍' });
    hub.redact(3, ids.ann);
    const codes = [1, 2, 3].map((connection) => hub.takeRefusals(connection));
    expect(codes).toEqual([['no-such-entry'], ['no-such-entry'], ['no-such-entry']]);
  });

  test('to what is on its way to the disk are entered', () => {
    const hub = moderatedRoom();
    hub.disk = 'busy';
    const id = hub.say(1, 'of Ann');
    const edit = hub.relate(1, 'relation/edit', id, { text: 'of Anna' });
    hub.settle('fine');
    expect(hub.takeEntries(2).map((entry) => 'id' in entry && entry.id)).toEqual([id, edit]);
  });

  test('that name nothing are about nothing', () => {
    for (const kind of ['relation/redaction', 'relation/edit', 'relation/pin']) {
      const content = { text: 'x', pinned: true };
      const references = [{ as: 're', id: hash('x') }];
      expect(judged({ kind, content, references })).toBe('no-such-entry');
    }
  });
});

describe('M1, M2: acts on the room', () => {
  test.for([
    [setting({ locked: true }), true],
    [setting({ slowSeconds: 30 }), true],
    [setting({ locked: true, slowSeconds: 0 }), true],
    [setting({ name: 'Lab' }), false],
    [setting({ access: 'invite' }), false],
    [setting({ idleMinutes: 5 }), false],
    [setting({ remembersDays: null }), false],
    [setting({ locked: true, name: 'Lab' }), false],
    [inviting(hash('token')), false],
    [{ kind: 'act/passphrase', content: { setup: 's', record: 'r' } }, false],
    [{ kind: 'act/clear' }, false],
    [{ kind: 'act/topic', content: { conversation: TALK, text: 'Tea' } }, true],
    [{ kind: 'act/unheard-of' }, true],
  ] as const)('%j', ([wanted, mayModerators]) => {
    for (const [connection, may] of [
      [HOST_CONNECTION, true],
      [3, mayModerators],
      [1, false],
    ] as const) {
      const hub = moderatedRoom();
      const code = refused(hub, connection, hub.act(connection, wanted));
      expect(code).toBe(may ? null : 'not-allowed');
    }
  });

  test('K2: what is revoked is an invitation there is', () => {
    const hub = moderatedRoom();
    const invitation = hub.act(HOST_CONNECTION, inviting(hash('token')));
    const [appointment] = hub.acts.after(0, 1);
    for (const [id, code] of [
      [hash('nothing'), 'no-such-entry'],
      [appointment?.id ?? '', 'no-such-entry'],
      [invitation, null],
    ] as const) {
      hub.takeAll();
      const wanted = { kind: 'act/revocation', references: [{ as: 'to', id }] };
      expect(refused(hub, HOST_CONNECTION, hub.act(HOST_CONNECTION, wanted))).toBe(code);
    }
  });

  test('X13: what its author has seen is in the log', () => {
    const hub = moderatedRoom();
    const references = [{ as: 'after', id: hash('nothing') }];
    const id = hub.post(HOST_CONNECTION, { ...setting({ locked: true }), references });
    expect(refused(hub, HOST_CONNECTION, id)).toBe('no-such-entry');
  });

  test.for(['ban', 'remove', 'mute'] as const)(
    'X13: nobody may %s by a right that, for all their act says, they had not seen',
    (act) => {
      const hub = moderatedRoom();
      const content = { act, person: 'key-1', name: 'Ann' };
      const id = hub.post(3, { kind: 'act/moderation', content });
      expect(refused(hub, 3, id)).toBe('not-allowed');
      expect(hub.closedBecause(1)).toBeUndefined();
      expect(hub.bans).toEqual([]);
    },
  );

  test('X14: what the founder restricted no moderator allows', () => {
    const hub = moderatedRoom();
    hub.set(HOST_CONNECTION, { locked: true, slowSeconds: 30 });
    hub.moderate(HOST_CONNECTION, 'mute', 'key-1');
    hub.takeAll();
    hub.set(3, { locked: false });
    hub.set(3, { slowSeconds: 5 });
    hub.moderate(3, 'unmute', 'key-1');
    expect(hub.takeRefusals(3)).toEqual(['set-by-host', 'set-by-host', 'set-by-host']);
    hub.set(3, { slowSeconds: 60 });
    expect(hub.room).toMatchObject({ locked: true, slowSeconds: 60 });
  });

  test('M2: a ban that there is not is not lifted', () => {
    const hub = moderatedRoom();
    hub.moderate(HOST_CONNECTION, 'lift', 'key-1');
    expect(hub.takeRefusals(HOST_CONNECTION)).toEqual(['no-such-member']);
  });
});
