import { BEGINNING } from '../../main/timeline/chain.ts';
import { describe, expect, test } from 'vitest';
import type { Greeting } from '../../main/hub/hub-types.ts';
import type { Member } from '../../main/model/member.ts';
import { encodeGreeting } from '../../main/wire/encode.ts';
import type { HubMessage, Page } from '../../main/wire/messages.ts';
import { parseHubMessage } from '../../main/wire/parse.ts';
import type { Batch } from '../../main/hub/engine/batch.ts';
import { Delivery } from '../../main/hub/engine/delivery.ts';
import type { Peer } from '../../main/hub/engine/peer.ts';
import type { SharedRoster } from '../../main/hub/engine/shared-roster.ts';
import { CAN_SHARE_FRAMES } from '../../main/server/ws-frame.ts';
import { TALK } from '../simulation/names.ts';
import { greetingTo } from './greeting.ts';
import wsPackage from 'ws/package.json' with { type: 'json' };

/** A connection that notes what it is given, and in how many writes. */
class NotingPeer implements Peer {
  readonly got: HubMessage[] = [];
  readonly batches: Batch[] = [];
  writes = 0;
  full = false;

  welcome(greeting: Greeting, roster: SharedRoster): void {
    const parsed = parseHubMessage(encodeGreeting(greeting) + roster.ending);
    if (!parsed.ok) throw new Error('nobody can read the welcome');
    this.send(parsed.message);
  }

  send(message: HubMessage): void {
    this.writes += 1;
    this.got.push(message);
  }

  sendBatch(batch: Batch): void {
    this.writes += 1;
    this.batches.push(batch);
    this.got.push(...batch.items.map(({ message }) => message));
  }

  isTooSlow(): boolean {
    return this.full;
  }

  close(): void {}
}

const member = (id: string): Member => ({
  id,
  name: id,
  role: 'member',
  away: false,
  muted: false,
  since: 1,
});
const typing = (id: string): HubMessage => ({ type: 'typing', conversation: TALK, id, on: true });
const PAGE: Page = {
  type: 'page',
  id: 'p',
  conversation: TALK,
  after: BEGINNING,
  entries: [],
  more: false,
};
const joined = (id: string, count: number): HubMessage => ({
  type: 'presence',
  changes: [{ change: 'joined', member: member(id), count }],
});
/** A delivery to people who have come in, with everything before told. */
function deliveryTo(...names: readonly string[]) {
  const here: string[] = [...names];
  const tooSlow: number[] = [];
  const delivery = new Delivery({
    roster: () => here.map(member),
    onTooSlow: (connections) => tooSlow.push(...connections),
  });
  const peers = names.map(() => new NotingPeer());
  for (const [index, peer] of peers.entries()) {
    delivery.admit(index, peer, greetingTo(names[index] ?? ''));
  }
  delivery.flush();
  for (const peer of peers) {
    peer.got.length = 0;
    peer.writes = 0;
  }
  return { delivery, here, peers, tooSlow };
}

describe('what goes to everybody', () => {
  test('leaves in one write a member, the same one for all', () => {
    const { delivery, peers } = deliveryTo('Ann', 'Bob', 'Cy');
    for (const id of ['a', 'b', 'c', 'd']) delivery.broadcast(typing(id), null);
    delivery.flush();
    for (const { got, writes, batches } of peers) {
      expect(got).toEqual(['a', 'b', 'c', 'd'].map(typing));
      expect(writes).toBe(1);
      expect(batches[0]).toBe(peers[0]?.batches[0]);
    }
  });

  test('is overtaken by nothing that goes to one member alone', () => {
    const { delivery, peers } = deliveryTo('Ann', 'Bob');
    delivery.broadcast(typing('a'), null);
    delivery.send(0, PAGE);
    delivery.broadcast(typing('b'), null);
    delivery.flush();
    expect(peers[0]?.got.map(({ type }) => type)).toEqual(['typing', 'page', 'typing']);
    expect(peers[1]?.got.map(({ type }) => type)).toEqual(['typing', 'typing']);
  });

  test('skips the one it is not for, who gets the rest in its order', () => {
    const { delivery, peers } = deliveryTo('Ann', 'Bob');
    delivery.broadcast(typing('x'), null);
    delivery.broadcast(typing('Ann'), 0);
    delivery.broadcast(typing('y'), null);
    delivery.flush();
    expect(peers[0]?.got).toEqual([typing('x'), typing('y')]);
    expect(peers[1]?.got).toEqual([typing('x'), typing('Ann'), typing('y')]);
  });

  test('reaches who leaves before it would have been flushed', () => {
    const { delivery, peers } = deliveryTo('Ann', 'Bob');
    delivery.broadcast(typing('x'), null);
    delivery.remove(0);
    delivery.broadcast(typing('y'), null);
    delivery.flush();
    expect(peers[0]?.got).toEqual([typing('x')]);
    expect(peers[1]?.got).toEqual([typing('x'), typing('y')]);
  });
});

describe('a storm of people coming in', () => {
  test('P1, W3: is one change for those who were here, and one list of everybody for the new', () => {
    const { delivery, here, peers } = deliveryTo('Ann');
    const newcomers = ['b', 'c', 'd'].map((name, index) => {
      const peer = new NotingPeer();
      here.push(name);
      delivery.admit(index + 1, peer, greetingTo(name));
      delivery.broadcast(joined(name, here.length), index + 1);
      return peer;
    });
    delivery.flush();
    expect(peers[0]?.got).toEqual([
      {
        type: 'presence',
        changes: ['b', 'c', 'd'].map((id, index) => ({
          change: 'joined',
          member: member(id),
          count: index + 2,
        })),
      },
    ]);
    for (const [index, { got }] of newcomers.entries()) {
      expect(got).toEqual([
        { ...greetingTo(['b', 'c', 'd'][index] ?? ''), roster: here.map(member) },
      ]);
    }
  });

  test('W1: whoever is told something before the flush gets the welcome first, and nobody twice', () => {
    const { delivery, here, peers } = deliveryTo('Ann');
    const early = new NotingPeer();
    here.push('b');
    delivery.admit(1, early, greetingTo('b'));
    delivery.broadcast(joined('b', 2), 1);
    delivery.send(1, PAGE);
    here.push('c');
    delivery.admit(2, new NotingPeer(), greetingTo('c'));
    delivery.broadcast(joined('c', 3), 2);
    delivery.flush();
    expect(early.got.map(({ type }) => type)).toEqual(['welcome', 'page', 'presence']);
    expect(early.got[0]).toMatchObject({ roster: [{ id: 'Ann' }, { id: 'b' }] });
    expect(early.got[2]).toMatchObject({ changes: [{ member: { id: 'c' } }] });
    expect(peers[0]?.got.flatMap((it) => (it.type === 'presence' ? it.changes : []))).toHaveLength(
      2,
    );
  });

  test('messages keep their place among those who come and go', () => {
    const { delivery, peers } = deliveryTo('Ann', 'Bob');
    delivery.broadcast(joined('c', 3), null);
    delivery.broadcast(typing('c'), null);
    delivery.broadcast(joined('d', 4), null);
    delivery.flush();
    expect(peers[1]?.got.map(({ type }) => type)).toEqual(['presence', 'typing', 'presence']);
  });
});

test('B4: who does not read is left out and reported, the others are served', () => {
  const { delivery, peers, tooSlow } = deliveryTo('Ann', 'Bob');
  const [ann, bob] = peers;
  if (ann) ann.full = true;
  delivery.broadcast(typing('x'), null);
  delivery.flush();
  expect(ann?.got).toEqual([]);
  expect(bob?.got).toEqual([typing('x')]);
  expect(tooSlow).toEqual([0]);
});

test('the ws that is pinned lets a frame be made once', () => {
  // The maker of frames is exported, but not documented: look at it again with another version.
  expect(wsPackage.version).toBe('8.23.0');
  expect(CAN_SHARE_FRAMES).toBe(true);
});
