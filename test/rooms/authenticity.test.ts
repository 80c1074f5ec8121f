/** What a reader doubts of what a hub sends it (E1-E3). */
import { expect, test } from 'vitest';
import type { Entry } from '../../main/wire/messages.ts';
import { signedContent } from '../../main/protocol/signed-content.ts';
import { struck } from '../../main/protocol/struck.ts';
import { doubtOf, doubtsOf } from '../../main/rooms/authenticity.ts';
import { identityOf } from '../support/identities.ts';

const ANN = identityOf('Ann');
const BO = identityOf('Bo');

const SAID = { kind: 'said', id: 'm1', written: 5, text: 'hello' } as const;
const DONE = { kind: 'act', id: 'a1', written: 5, act: 'ban', on: 'cem' } as const;
const PLACE = { seq: 3, at: 9, from: ANN.id, name: 'Ann' };

/** Signed by Ann, in the room `here`. */
const said = { ...PLACE, ...SAID, signature: ANN.sign(signedContent('here', SAID)) };
const done = { ...PLACE, ...DONE, onName: 'Cem', signature: ANN.sign(signedContent('here', DONE)) };

function doubt(entry: Entry, known: Entry | null = null) {
  return doubtOf('here', entry, (id) => (known?.id === id ? known : null));
}

test.for([
  ['what was said', said],
  ['what was done', done],
  ['what got another place, time and name from the hub', { ...said, seq: 7, at: 1, name: 'A' }],
  ['what was struck', struck(said)],
] as const)('E3: %s is not doubted', ([, entry]) => {
  expect(doubt(entry)).toBeNull();
});

test.for([
  ['another text', { ...said, text: 'hullo' }],
  ['another author', { ...said, from: BO.id }],
  ['an author who is nobody', { ...said, from: 'nobody' }],
  ['another id', { ...said, id: 'm2' }],
  ['another time of writing', { ...said, written: 6 }],
  ['no signature', { ...said, signature: '' }],
  ['another act', { ...done, act: 'lift' }],
  ['an act on another', { ...done, on: 'bo' }],
  ['words although it was struck', { ...struck(said), text: 'hullo' }],
] as const)('E3: %s is doubted', ([, entry]) => {
  expect(doubt(entry)).toBe('signature');
});

test('E1: what was signed in another room is doubted here', () => {
  expect(doubtOf('there', said, () => null)).toBe('signature');
  expect(doubtOf('there', done, () => null)).toBe('signature');
});

test('E3: what stands at another place already is doubted, at its own it is not', () => {
  expect(doubt({ ...said, seq: 8 }, said)).toBe('replayed');
  expect(doubt({ ...done, seq: 8 }, done)).toBe('replayed');
  expect(doubt(said, said)).toBeNull();
});

test('E3: what comes twice at once is doubted from the second time on', () => {
  const entries = [said, { ...said, seq: 4 }, { ...said, seq: 5 }, { ...done, seq: 6 }];
  expect([...doubtsOf('here', entries, () => null)]).toEqual([
    [4, 'replayed'],
    [5, 'replayed'],
  ]);
});
