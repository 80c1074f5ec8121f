/** The epochs of a room, and where a copy parted from them (L2, H5). */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { commonPosition, nextEpoch } from '../../main/hub/epochs.ts';
import type { KeptEpoch } from '../../main/hub/room-log.ts';
import { epochContent } from '../../main/timeline/chain.ts';
import { hash, sign, verify } from '../simulation/crypto.ts';
import { HOST_KEY, ROOM, TALK } from '../simulation/names.ts';

const crypto = { hash, sign: (text: string) => sign(HOST_KEY, text) };

/** Epochs that each began where the one before ended. */
function epochsThat(...ends: readonly number[]): readonly KeptEpoch[] {
  const epochs: KeptEpoch[] = [];
  for (const end of [0, ...ends]) {
    const places = end === 0 ? [] : [{ conversation: TALK, seq: end, link: hash(`link ${end}`) }];
    const content = { room: ROOM.id, writer: HOST_KEY, places };
    epochs.push(nextEpoch(epochs, content, crypto));
  }
  return epochs;
}

describe('L2: an epoch', () => {
  test('is known by the hash of what its writer signs', () => {
    const [first, second] = epochsThat(3);
    for (const epoch of [first, second]) {
      if (!epoch) throw new Error('there are two');
      const { id, record } = epoch;
      const text = epochContent(record, hash);
      expect(id).toBe(hash(text));
      expect(verify(HOST_KEY, text, record.signature)).toBe(true);
    }
    expect(first?.record).toMatchObject({ number: 1, parent: '' });
    expect(second?.record).toMatchObject({ number: 2, parent: first?.id });
  });

  test('is another one with each thing it says, but for the order of its places', () => {
    const [, epoch] = epochsThat(3);
    if (!epoch) throw new Error('there are two');
    const { record } = epoch;
    const other = { conversation: ROOM.id, seq: 1, link: hash('other') };
    const idOf = (change: Partial<typeof record>) =>
      hash(epochContent({ ...record, ...change }, hash));
    const ids = [
      {},
      { room: hash('another') },
      { number: 3 },
      { writer: 'key-1' },
      { parent: '' },
      { places: [] },
      { places: [...record.places, other] },
      { places: record.places.map((place) => ({ ...place, seq: 4 })) },
      { places: record.places.map((place) => ({ ...place, link: other.link })) },
    ].map(idOf);
    expect(new Set(ids).size).toBe(ids.length);
    const both = [...record.places, other];
    expect(idOf({ places: both.toReversed() })).toBe(idOf({ places: both }));
  });
});

describe('H5: what a copy and a log have in common', () => {
  const epochs = epochsThat(10, 10, 25);
  const at = (index: number, seq: number) => ({ epoch: epochs[index]?.id ?? '', seq });
  const abandoned = { epoch: hash('abandoned'), seq: 30 };

  test.for([
    ['nothing', [], null],
    ['no epoch that the room went through', [abandoned], null],
    ['all of an epoch before', [at(0, 10)], at(0, 10)],
    ['a part of it', [at(0, 4)], at(0, 4)],
    ['what was never in it', [at(0, 12)], at(0, 10)],
    ['nothing of an epoch without entries', [at(1, 11)], at(1, 10)],
    ['the newest epoch', [at(3, 28), at(2, 25), at(0, 10)], at(3, 28)],
    ['more of it than there is', [at(3, 99)], at(3, 30)],
    ['what was before a life that was lost', [abandoned, at(2, 20), at(0, 10)], at(2, 20)],
  ] as const)('%s', ([, ancestry, common]) => {
    expect(commonPosition(epochs, TALK, 30, ancestry)).toEqual(common);
  });

  test('is nothing in a conversation that came later', () => {
    expect(commonPosition(epochs, ROOM.id, 7, [at(0, 5)])).toEqual(at(0, 0));
  });

  test('is never more than the copy has, nor than the log', () => {
    const ancestries = fc.array(fc.tuple(fc.nat(4), fc.nat(40)), { maxLength: 5 });
    fc.assert(
      fc.property(ancestries, (pairs) => {
        const ancestry = pairs.map(([index, seq]) => (index > 3 ? abandoned : at(index, seq)));
        const common = commonPosition(epochs, TALK, 30, ancestry);
        if (common === null) {
          expect(ancestry.every(({ epoch }) => epoch === abandoned.epoch)).toBe(true);
          return;
        }
        const own = ancestry.find(({ epoch }) => epoch === common.epoch);
        expect(common.seq).toBeLessThanOrEqual(Math.min(own?.seq ?? 0, 30));
      }),
    );
  });
});
