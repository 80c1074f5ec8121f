/** Fills a room's log with talk, as if it had been going on for long. */
import { message } from '../../main/events/message.ts';
import { firstConversationOf } from '../../main/events/room-id.ts';
import { sha256 } from '../../main/identity/sha256.ts';
import type { RoomStorage } from '../../main/storage/storage.ts';
import { chained } from '../../main/timeline/chain.ts';
import type { ReceivedEntry } from '../../main/timeline/entry.ts';
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

const vocabulary = Array.from({ length: WORDS }, (_, rank) => wordOf(rank));

/** About 100 bytes. */
function textOf(random: SeededRandom): string {
  const word = () => vocabulary[Math.floor(WORDS ** random.next())];
  return Array.from({ length: WORDS_PER_TEXT }, word).join(' ');
}

function itemOf(
  seq: number,
  within: Pick<ReceivedEntry, 'epoch' | 'policy'>,
  random: SeededRandom,
) {
  const person = seq % 50;
  const id = `A${String(person).padStart(43, 'x')}`;
  const at = 1_795_000_000_000 + seq * 1000;
  const text = JSON.stringify({ text: textOf(random) });
  return {
    ...within,
    seq,
    at,
    origin: null,
    kind: message.name,
    person: id,
    device: id,
    name: `Person ${person}`,
    written: at,
    references: [],
    body: { state: 'whole', salt: String(seq).padStart(22, '0'), text },
    // It does not hold; a host does not look.
    signature: 'A'.repeat(86),
  } as const;
}

/** Adds `count` entries to the empty log of a room that was founded just now, always the same texts. Throws storage-*. */
export function fillLog({ record, hub }: RoomStorage, count: number): void {
  const random = new SeededRandom(1);
  const conversation = firstConversationOf(record.id, sha256);
  const within = { epoch: hub.epochs().at(-1)?.id ?? '', policy: hub.log(record.id).last.link };
  for (let done = 0; done < count; done += BATCH) {
    const size = Math.min(BATCH, count - done);
    const items = Array.from({ length: size }, (_, index) =>
      itemOf(done + index + 1, within, random),
    );
    const { last } = hub.log(conversation);
    const entries = chained(record.id, conversation, last, items, sha256);
    hub.commit({ entries, redacted: [], known: [], inviteUses: [] });
  }
}
