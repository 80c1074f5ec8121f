/** Both stores of a room's log answer alike, whatever is done to them. */
import * as fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import type { Entry } from '../../main/protocol/messages.ts';
import type { EntryStore } from '../../main/storage/entry-store.ts';
import { MemoryEntries } from '../../main/storage/memory-entries.ts';
import { openSqliteStorage } from '../../main/storage/sqlite-storage.ts';
import type { Storage } from '../../main/storage/storage.ts';
import { testFolder } from './folder.ts';
import { roomRecord } from './records.ts';

/** Few letters, so that queries find something; and signs that mean something to somebody. */
const WORDS = fc
  .array(
    fc.constantFrom('a', 'B', 'é', 'ſ', '今', '天', 'の', 'ก', '9', ' ', '-', '"', '*', 'OR'),
    {
      maxLength: 8,
    },
  )
  .map((parts) => parts.join(''));
const TEXT = fc.oneof(
  { weight: 4, arbitrary: WORDS },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
);
const SEQ = fc.integer({ min: 1, max: 40 });
const LIMIT = fc.integer({ min: 1, max: 20 });

interface Stores {
  readonly memory: EntryStore;
  readonly sqlite: EntryStore;
}

/** Makes entries of seqs: some are acts, some struck, some have the id of another, as a hub may send. */
let made = 0;
function entries(seqs: readonly number[], text: string): Entry[] {
  return seqs.map((seq) => {
    made += 1;
    // Times go back now and then, as clocks do.
    const at = 1_000 * ((seq * 7) % 23);
    const id = `id-${made % 11 === 0 ? made - 5 : made}`;
    const head = { seq, at, id, from: 'm', name: 'Ann', written: at + 0.5, signature: `s${made}` };
    if (made % 5 === 0) return { ...head, kind: 'act', act: 'ban', on: 'bo', onName: text };
    return made % 7 === 0
      ? { ...head, kind: 'said', text: '', signature: '', struck: true }
      : { ...head, kind: 'said', text };
  });
}

/** One thing done to both. */
const step = (what: string, run: (stores: Stores) => void): fc.Command<object, Stores> => ({
  check: () => true,
  run: (_model, stores) => {
    run(stores);
    const { memory, sqlite } = stores;
    expect([sqlite.epoch, sqlite.first, sqlite.last]).toEqual([
      memory.epoch,
      memory.first,
      memory.last,
    ]);
    expect(sqlite.after(0, 100)).toEqual(memory.after(0, 100));
    expect(sqlite.doubts(0, 100)).toEqual(memory.doubts(0, 100));
  },
  toString: () => what,
});

const both = (what: string, run: (store: EntryStore) => unknown) =>
  step(what, ({ memory, sqlite }) => expect(run(sqlite)).toEqual(run(memory)));

const STEPS = [
  fc.tuple(SEQ, TEXT).map(([count, text]) =>
    step(`append ${count} of ${JSON.stringify(text)}`, ({ memory, sqlite }) => {
      const seqs = Array.from({ length: count % 5 }, (_, index) => memory.last + 1 + index);
      const next = entries(seqs, text);
      memory.append(next);
      sqlite.append(next);
    }),
  ),
  fc.array(SEQ, { maxLength: 5 }).map((seqs) => {
    const some = entries(seqs, 'anything');
    return both(`append ${seqs.join()}`, (store) => store.append(some));
  }),
  fc.tuple(SEQ, TEXT).map(([count, text]) =>
    step(`prepend ${count} of ${JSON.stringify(text)}`, ({ memory, sqlite }) => {
      const length = Math.min(count % 5, memory.first - 1);
      const seqs = Array.from({ length }, (_, index) => memory.first - length + index);
      const older = entries(seqs, text);
      memory.prepend(older);
      sqlite.prepend(older);
    }),
  ),
  fc.array(SEQ, { maxLength: 5 }).map((seqs) => {
    const some = entries(seqs, 'anything');
    return both(`prepend ${seqs.join()}`, (store) => store.prepend(some));
  }),
  SEQ.map((seq) => both(`forget before ${seq}`, (store) => store.forgetBefore(seq))),
  SEQ.map((last) => both(`reset to ${last}`, (store) => store.reset(`epoch-${last}`, last))),
  SEQ.map((second) => both(`first since ${second}`, (store) => store.firstSince(second * 1_000))),
  fc
    .tuple(SEQ, LIMIT)
    .map(([seq, limit]) =>
      both(`pages at ${seq}`, (store) => [store.after(seq, limit), store.before(seq, limit)]),
    ),
  fc
    .tuple(TEXT, SEQ, LIMIT)
    .map(([query, below, limit]) =>
      both(`search ${JSON.stringify(query)}`, (store) => store.search(query, below, limit)),
    ),
  fc
    .nat(40)
    .map((id) => both(`strike ${id}`, (store) => store.strike(`id-${Math.max(made - id, 0)}`))),
  fc
    .tuple(SEQ, fc.constantFrom('signature', 'replayed'))
    .map(([seq, why]) => both(`doubt ${seq}`, (store) => store.doubt(seq, why))),
  fc
    .tuple(SEQ, LIMIT)
    .map(([seq, count]) => both(`doubts at ${seq}`, (store) => store.doubts(seq, seq + count))),
  fc.nat(200).map((id) => both(`find ${id}`, (store) => store.find(`id-${made - id}`))),
];

test('a log in memory and one in the database answer alike', () => {
  const storage: Storage = openSqliteStorage(testFolder());
  onTestFinished(() => storage.close());
  let rooms = 0;
  fc.assert(
    fc.property(fc.commands(STEPS, { maxCommands: 30 }), (commands) => {
      rooms += 1;
      const sqlite = storage.add(roomRecord(`room-${rooms}`), 'epoch-0', 9).entries;
      const memory = new MemoryEntries('epoch-0', 9);
      fc.modelRun(() => ({ model: {}, real: { memory, sqlite } }), commands);
      storage.forget(`room-${rooms}`);
    }),
    { numRuns: 100 },
  );
});
