/** Chains, heads and floors of a room's logs (L2-L9, S7), through a whole hub. */
import { describe, expect, test } from 'vitest';
import type { TriedHubOptions } from './tried-hub.ts';
import { BEGINNING, chained, headContent } from '../../main/timeline/chain.ts';
import type { ReceivedEntry } from '../../main/timeline/entry.ts';
import type { HubMessage, SignedHead } from '../../main/wire/messages.ts';
import { hash, verify } from '../simulation/crypto.ts';
import { HOST_KEY, ROOM, TALK } from '../simulation/names.ts';
import { HOST_CONNECTION, TriedHub } from './tried-hub.ts';

function hubWithAnn(options: TriedHubOptions = {}): TriedHub {
  const hub = new TriedHub(options);
  hub.populate('Ann');
  return hub;
}

/** The link a reader comes to who knows the one before these. */
function linkOf(received: readonly ReceivedEntry[], conversation = TALK, from = BEGINNING) {
  return chained(ROOM.id, conversation, from, received, hash).at(-1)?.link ?? from.link;
}

function headsIn(messages: readonly HubMessage[]): readonly SignedHead[] {
  return messages.filter((message) => message.type === 'head');
}

/** The heads that everybody gets when the host vouches now. */
function vouched(hub: TriedHub): readonly SignedHead[] {
  hub.takeAll();
  hub.input({ type: 'vouch' });
  return headsIn(hub.take(1));
}

/** How a conversation stands to somebody who comes in now. */
function stateOf(hub: TriedHub, conversation = TALK) {
  const { logs } = hub.join(hub.memberCount + 1, 'Reader');
  const state = logs.find((log) => log.conversation === conversation);
  if (!state) throw new Error('the welcome does not tell of it');
  return state;
}

describe('L5: links', () => {
  test('follow from what members are told, whatever the kinds', () => {
    const hub = hubWithAnn();
    const id = hub.say(1, 'one');
    hub.relate(1, 'relation/edit', id, { text: 'won' });
    hub.set(HOST_CONNECTION, { slowSeconds: 5 });
    hub.post(1, { kind: 'message/poll', content: { what: 'ever' }, salt: hash('other') });
    hub.redact(1, id);
    const news = hub.take(HOST_CONNECTION).flatMap((it) => (it.type === 'entries' ? it : []));
    for (const [conversation, log] of [
      [TALK, hub.log],
      [ROOM.id, hub.acts],
    ] as const) {
      const told = news.filter((it) => it.conversation === conversation);
      const entries = told.flatMap((it) => it.entries);
      expect(linkOf(entries, conversation)).toBe(log.last.link);
      expect(told.map(({ after }) => after)).toEqual(entries.map(({ seq }) => seq - 1));
    }
  });

  test('stay the same for what was redacted and what is withheld', () => {
    const hub = hubWithAnn();
    const content = { hash: hash('token'), expiresAt: null, maxUses: null };
    hub.act(HOST_CONNECTION, { kind: 'act/invitation', content });
    hub.redact(1, hub.say(1, 'one'));
    for (const [conversation, log] of [
      [TALK, hub.log],
      [ROOM.id, hub.acts],
    ] as const) {
      const { entries, after, last } = stateOf(hub, conversation);
      expect(linkOf(entries, conversation, after)).toBe(last.link);
      expect(last.link).toBe(log.last.link);
    }
  });

  test('lead from epoch to epoch', () => {
    const before = hubWithAnn();
    for (const text of ['one', 'two']) before.say(1, text);
    const hub = hubWithAnn({ store: before.store });
    hub.say(1, 'three');
    const third = hubWithAnn({ store: before.store });
    third.say(1, 'four');
    const { entries, last } = stateOf(third);
    expect(new Set(entries.map(({ epoch }) => epoch)).size).toBe(3);
    expect(linkOf(entries)).toBe(last.link);
    expect(last).toEqual(third.log.last);
  });

  test('go on from what was forgotten', () => {
    const hub = hubWithAnn();
    for (let n = 1; n <= 5; n += 1) hub.say(1, `line ${n}`);
    hub.forget(3);
    hub.say(1, 'line 6');
    const { floor, after, entries, last } = stateOf(hub);
    expect(after).toEqual(floor);
    expect(entries.map(({ seq }) => seq)).toEqual([4, 5, 6]);
    expect(linkOf(entries, TALK, after)).toBe(last.link);
    hub.forget(6);
    const after6 = hubWithAnn({ store: hub.store });
    after6.say(1, 'line 7');
    const emptied = stateOf(after6);
    expect(emptied.after).toEqual(emptied.floor);
    expect(linkOf(emptied.entries, TALK, emptied.after)).toBe(after6.log.last.link);
  });

  test('S7: go on from what could be kept, in each conversation', () => {
    const hub = hubWithAnn();
    hub.say(1, 'one');
    hub.disk = 'busy';
    hub.say(1, 'lost');
    hub.set(HOST_CONNECTION, { slowSeconds: 5 });
    hub.settle('full');
    hub.disk = 'fine';
    hub.say(1, 'two');
    hub.set(HOST_CONNECTION, { locked: true });
    expect(linkOf(hub.log.after(0, 9))).toBe(hub.log.last.link);
    expect(linkOf(hub.acts.after(0, 9), ROOM.id)).toBe(hub.acts.last.link);
    expect(hub.log.last.seq).toBe(2);
    expect(hub.texts).toEqual(['one', 'two']);
  });

  test('S7: go on from what was on its way to the disk before what is lost', () => {
    const hub = hubWithAnn();
    hub.disk = 'busy';
    hub.say(1, 'one');
    hub.write();
    hub.say(1, 'lost');
    hub.lose();
    expect(hub.takeRefusals(1)).toEqual(['not-kept']);
    hub.say(1, 'two');
    hub.settle('fine');
    expect(hub.texts).toEqual(['one', 'two']);
    expect(linkOf(hub.log.after(0, 9))).toBe(hub.log.last.link);
  });

  test('L7: name the policy that held when it was judged', () => {
    const hub = hubWithAnn();
    hub.say(1, 'before');
    hub.set(HOST_CONNECTION, { slowSeconds: 1 });
    hub.disk = 'busy';
    hub.set(HOST_CONNECTION, { slowSeconds: 2 });
    hub.say(HOST_CONNECTION, 'meanwhile');
    hub.settle('fine');
    hub.disk = 'fine';
    hub.say(HOST_CONNECTION, 'after');
    const links = hub.acts.after(0, 9).map(({ link }) => link);
    expect(hub.log.after(0, 9).map(({ policy }) => policy)).toEqual(['', ...links]);
  });
});

describe('L8: heads', () => {
  test('are of what everybody was told since the last ones, and of nothing else', () => {
    const hub = hubWithAnn();
    expect(vouched(hub)).toEqual([]);
    hub.say(1, 'one');
    hub.say(1, 'two');
    const [head, ...others] = vouched(hub);
    expect(others).toEqual([]);
    expect(head).toMatchObject({ conversation: TALK, epoch: hub.epoch, seq: 2 });
    expect(head?.link).toBe(hub.log.last.link);
    expect(vouched(hub)).toEqual([]);
    hub.set(HOST_CONNECTION, { locked: true });
    expect(vouched(hub).map(({ conversation }) => conversation)).toEqual([ROOM.id]);
  });

  test('are signed by the writer of the epoch', () => {
    const hub = hubWithAnn();
    hub.say(1, 'one');
    const [head] = vouched(hub);
    const content = head ? headContent(TALK, hub.epoch, head) : '';
    expect(verify(HOST_KEY, content, head?.signature ?? '')).toBe(true);
  });

  test('S7: are of nothing that is not safe', () => {
    const hub = hubWithAnn();
    hub.say(1, 'one');
    hub.disk = 'busy';
    hub.say(1, 'two');
    hub.write();
    expect(vouched(hub)).toMatchObject([{ seq: 1 }]);
    hub.settle('fine');
    expect(vouched(hub)).toMatchObject([{ seq: 2 }]);
  });

  test('are of this epoch: what was told in the one before its record holds', () => {
    const before = hubWithAnn();
    before.say(1, 'one');
    const hub = hubWithAnn({ store: before.store });
    expect(vouched(hub)).toEqual([]);
    expect(stateOf(hub).head).toBeNull();
    hub.say(1, 'two');
    expect(vouched(hub)).toMatchObject([{ epoch: hub.epoch, seq: 2 }]);
  });

  test('W4: the last one comes with the welcome', () => {
    const hub = hubWithAnn();
    hub.say(1, 'one');
    const [head] = vouched(hub);
    hub.say(1, 'two');
    expect(stateOf(hub).head).toEqual(head);
    expect(stateOf(hub, ROOM.id).head).toBeNull();
  });
});

function floorsOf(messages: readonly HubMessage[]): readonly number[] {
  return messages.flatMap((message) => (message.type === 'floor' ? message.floor.seq : []));
}

describe('L9: floors', () => {
  test('are told when something was forgotten, once', () => {
    const hub = hubWithAnn();
    for (const text of ['one', 'two', 'three']) hub.say(1, text);
    const { link, epoch } = hub.log.after(1, 1)[0] ?? BEGINNING;
    hub.takeAll();
    hub.forget(2);
    const floor = { seq: 2, link, epoch };
    expect(hub.take(1)).toEqual([{ type: 'floor', conversation: TALK, floor }]);
    hub.forget(2);
    hub.forget(1);
    expect(hub.take(1)).toEqual([]);
  });

  test('S7: are never beyond what everybody was told', () => {
    const hub = hubWithAnn();
    hub.say(1, 'one');
    hub.disk = 'busy';
    hub.say(1, 'two');
    hub.write();
    hub.takeAll();
    hub.forget(2);
    expect(floorsOf(hub.take(1))).toEqual([1]);
    const state = stateOf(hub);
    expect([state.floor.seq, state.last.seq, state.after.seq, state.entries]).toEqual([
      1,
      1,
      1,
      [],
    ]);
    hub.takeAll();
    hub.settle('fine');
    const told = hub.take(1);
    expect(told.map(({ type }) => type)).toEqual(['entries', 'floor']);
    expect(floorsOf(told)).toEqual([2]);
  });

  test('of the epoch before are known to who comes in', () => {
    const before = hubWithAnn();
    for (const text of ['one', 'two', 'three']) before.say(1, text);
    before.forget(2);
    const hub = hubWithAnn({ store: before.store });
    expect(stateOf(hub).floor.seq).toBe(2);
    hub.say(1, 'four');
    expect(floorsOf(hub.take(1))).toEqual([]);
  });
});

describe('S7: what is written and not safe', () => {
  const AFTER = { type: 'history', id: 'h', conversation: TALK, limit: 9 } as const;

  test.for([
    [{ after: 0 }, [1]],
    [{ after: 1 }, []],
    [{ after: 99 }, []],
    [{ before: 99 }, [1]],
  ] as const)('is in no page: %j', ([range, seqs]) => {
    const hub = hubWithAnn();
    hub.say(1, 'one');
    hub.disk = 'busy';
    hub.say(1, 'two');
    hub.write();
    hub.takeAll();
    hub.send(1, { ...AFTER, ...range });
    const [page] = hub.take(1);
    if (page?.type !== 'page') throw new Error('no page came');
    expect(page.entries.map(({ seq }) => seq)).toEqual(seqs);
    expect(page.after.seq).toBe(seqs[0] === undefined ? 1 : 0);
    expect(page.more).toBe(false);
  });

  test('is in no welcome', () => {
    const hub = hubWithAnn();
    hub.say(1, 'one');
    hub.disk = 'busy';
    hub.say(1, 'two');
    hub.write();
    const { last, entries } = stateOf(hub);
    expect([last.seq, entries.length]).toEqual([1, 1]);
    const ancestry = [{ epoch: hub.epoch, seq: 2 }];
    const { logs } = hub.join(8, 'Cem', { resume: [{ conversation: TALK, ancestry }] });
    expect(logs[1]).toMatchObject({ common: { seq: 1 }, last: { seq: 1 }, entries: [] });
  });
});

test('L3: of a conversation that there is not no page is told', () => {
  const hub = hubWithAnn();
  hub.send(1, { type: 'history', id: 'h', conversation: hash('none'), after: 0, limit: 9 });
  expect(hub.take(1)).toMatchObject([{ type: 'refused', id: 'h', code: 'no-such-conversation' }]);
});

test('W4: newcomers get what was redacted since the one before them came without its words', () => {
  const hub = hubWithAnn();
  const id = hub.say(1, 'nonsense');
  expect(JSON.stringify(stateOf(hub))).toContain('nonsense');
  hub.redact(1, id);
  expect(JSON.stringify(stateOf(hub))).not.toContain('nonsense');
});
