/** Fills a room's log with talk, as if it had been going on for long. */
import type { SaidEntry } from '../../main/wire/messages.ts';
import type { HubStore } from '../../main/storage/hub-store.ts';
import { SeededRandom } from '../support/seeded-random.ts';

/** Entries in one transaction. */
const BATCH = 10_000;

/** As in every language, the word of rank n is said about 1/n as often as the first. */
const WORDS = 20_000;
const WORDS_PER_TEXT = 17;

/** Words that are searched for, by rank: from one in most texts to one in few. */
const KNOWN: ReadonlyMap<number, string> = new Map([
  [1, 'the'],
  [30, 'room'],
  [100, 'printer'],
  [150, '会议'],
  [300, 'coffee'],
  [3_000, 'projector'],
]);

/** The others are made of syllables. */
function wordOf(rank: number): string {
  const known = KNOWN.get(rank);
  if (known !== undefined) return known;
  let word = '';
  for (let rest = rank; rest > 0; rest = Math.floor(rest / 100)) {
    word += 'bcdfghjklmnpqrstvwxz'.charAt(rest % 20) + 'aeiou'.charAt(Math.floor(rest / 20) % 5);
  }
  return word;
}

/** About 100 bytes. */
function textOf(random: SeededRandom): string {
  const rank = () => Math.floor(WORDS ** random.next());
  return Array.from({ length: WORDS_PER_TEXT }, () => wordOf(rank())).join(' ');
}

function entryOf(seq: number, random: SeededRandom): SaidEntry {
  const person = seq % 50;
  const at = 1_795_000_000_000 + seq * 1000;
  return {
    kind: 'said',
    seq,
    at,
    id: `filled-${seq}`,
    from: `A${String(person).padStart(43, 'x')}`,
    name: `Person ${person}`,
    text: textOf(random),
    written: at,
    signature: 'A'.repeat(86),
  };
}

/** Adds `count` entries to an empty log, always the same ones. Throws storage-*. */
export function fillLog(store: HubStore, count: number): void {
  const random = new SeededRandom(1);
  for (let done = 0; done < count; done += BATCH) {
    const size = Math.min(BATCH, count - done);
    const entries = Array.from({ length: size }, (_, index) => entryOf(done + index + 1, random));
    store.commit({ entries, struck: [], known: [], rules: null });
  }
}
