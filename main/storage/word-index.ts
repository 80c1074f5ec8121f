import type { DatabaseSync, SQLOutputValue, StatementSync } from 'node:sqlite';
import { listsOf, LISTS, placesIn, soughtFor } from './word-lists.ts';

/**
 * How many entries a block has. Larger ones would take the hub's thread longer at once than people
 * should wait for each other; smaller ones are more to look into.
 */
const BLOCK = 512;

/** The seqs from `from` to below `to`. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * Which words are said where in a room's log, block by block: block n is of the seqs from
 * n * BLOCK + 1. There are no gaps between the blocks it has. It gives what may match, newest
 * first, and as nothing is collected and sorted, one pays for what one takes. It also knows how
 * old each block is.
 */
export class WordIndex {
  readonly #room: number;
  readonly #ends: StatementSync;
  readonly #addBlock: StatementSync;
  readonly #older: StatementSync;
  readonly #addList: StatementSync;
  readonly #remove: StatementSync;
  readonly #blocks: StatementSync;
  readonly #list: StatementSync;

  /** `room` is the row of the room in the table of rooms. */
  constructor(sqlite: DatabaseSync, room: number) {
    this.#room = room;
    this.#ends = sqlite.prepare(
      `SELECT (SELECT min(number) FROM word_blocks WHERE room = ?1) AS oldest,
              (SELECT max(number) FROM word_blocks WHERE room = ?1) AS newest`,
    );
    this.#addBlock = sqlite.prepare(
      `INSERT INTO word_blocks (room, number, earliest)
       SELECT ?1, ?2, min(at) FROM entries WHERE room = ?1 AND seq >= ?3 AND seq < ?4`,
    );
    this.#older = sqlite.prepare(
      'SELECT max(number) AS number FROM word_blocks WHERE room = ? AND earliest < ?',
    );
    this.#addList = sqlite.prepare('INSERT INTO word_lists (list, words) VALUES (?, ?)');
    this.#remove = sqlite.prepare(
      'DELETE FROM word_blocks WHERE room = ? AND number BETWEEN ? AND ?',
    );
    this.#blocks = sqlite.prepare(
      `SELECT block, number, words
       FROM word_blocks CROSS JOIN word_lists ON list = block * ${LISTS} + ?
       WHERE room = ? AND number <= ? AND instr(words, ?) > 0 ORDER BY number DESC`,
    );
    this.#list = sqlite.prepare('SELECT words FROM word_lists WHERE list = ?');
  }

  /** What it knows the words of; null while that is nothing. */
  span(): Span | null {
    const ends = this.#ends.get(this.#room);
    if (typeof ends?.['oldest'] !== 'number') return null;
    return { from: spanOf(ends['oldest']).from, to: spanOf(Number(ends['newest'])).to };
  }

  /** What it has to get next of a log from `first` to `last`; null while no block is complete. */
  missing(first: number, last: number): Span | null {
    const span = this.span();
    const newest = blockOf(last + 1) - 1;
    const next = span ? [blockOf(span.to), blockOf(span.from) - 1] : [newest];
    const block = next.find((each) => each <= newest && spanOf(each).from >= first);
    return block === undefined ? null : spanOf(block);
  }

  /** Takes in what was said in a block that `missing` or, removed since, `blockWith` gave. */
  add({ from, to }: Span, texts: Iterable<readonly [seq: number, text: string]>): void {
    const added = this.#addBlock.run(this.#room, blockOf(from), from, to);
    const block = Number(added.lastInsertRowid);
    const placed = Array.from(texts, ([seq, text]) => [seq - from, text] as const);
    for (const [list, words] of listsOf(placed).entries()) {
      if (words.length > 0) this.#addList.run(block * LISTS + list, words);
    }
  }

  /** The block with an entry; null when it is not in here. */
  blockWith(seq: number): Span | null {
    const span = this.span();
    return span && seq >= span.from && seq < span.to ? spanOf(blockOf(seq)) : null;
  }

  /** The newest block with an entry older than `at`, ms since 1970; null when there is none. */
  blockWithOlder(at: number): Span | null {
    const block = this.#older.get(this.#room, at)?.['number'];
    return typeof block === 'number' ? spanOf(block) : null;
  }

  /** Leaves no trace of the blocks with anything in a span. */
  remove({ from, to }: Span): void {
    this.#remove.run(this.#room, blockOf(from), blockOf(to - 1));
  }

  /** The seqs below `below` with all words that a query asks for, newest first. */
  *seqs(query: string, below: number): Generator<number> {
    const [rarest, ...others] = soughtFor(query);
    if (!rarest) return;
    const head = Buffer.from(rarest.head, 'latin1');
    for (const row of this.#blocks.iterate(rarest.list, this.#room, blockOf(below - 1), head)) {
      let places = placesIn(bufferOf(row['words']), rarest.head);
      for (const each of others) {
        if (places.size === 0) break;
        const list = this.#list.get(Number(row['block']) * LISTS + each.list);
        const among = placesIn(bufferOf(list?.['words']), each.head);
        places = new Set([...places].filter((place) => among.has(place)));
      }
      const { from } = spanOf(Number(row['number']));
      for (const place of [...places].toSorted((a, b) => b - a)) {
        if (from + place < below) yield from + place;
      }
    }
  }
}

function blockOf(seq: number): number {
  return Math.floor((seq - 1) / BLOCK);
}

function spanOf(block: number): Span {
  return { from: block * BLOCK + 1, to: (block + 1) * BLOCK + 1 };
}

/** The bytes of a list; none where there is no list. */
function bufferOf(words: SQLOutputValue | undefined): Buffer {
  if (!(words instanceof Uint8Array)) return Buffer.alloc(0);
  return Buffer.from(words.buffer, words.byteOffset, words.byteLength);
}
