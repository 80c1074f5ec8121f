import type { DatabaseSync, SQLOutputValue, StatementSync } from 'node:sqlite';
import { listsOf, LISTS, placesIn, soughtFor } from './word-lists.ts';

/** The seqs from `from` to below `to`. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** What was said with which seq. */
export type Text = readonly [seq: number, text: string];

/**
 * Which words are said where in a conversation, block by block; between the blocks there is nothing. It
 * gives what may match, newest first, and as nothing is collected and sorted, one pays for what
 * one takes.
 */
export class WordIndex {
  readonly #conversation: number;
  readonly #oldest: StatementSync;
  readonly #newest: StatementSync;
  readonly #addBlock: StatementSync;
  readonly #addList: StatementSync;
  readonly #removeBefore: StatementSync;
  readonly #removeFrom: StatementSync;
  readonly #remove: StatementSync;
  readonly #blocks: StatementSync;
  readonly #list: StatementSync;

  /** `conversation` is its row in the table of conversations. */
  constructor(sqlite: DatabaseSync, conversation: number) {
    this.#conversation = conversation;
    const block = (where: string) =>
      sqlite.prepare(`SELECT first, last FROM word_blocks WHERE conversation = ? ${where} LIMIT 1`);
    this.#oldest = block('ORDER BY first');
    this.#newest = block('AND first < ? ORDER BY first DESC');
    this.#addBlock = sqlite.prepare(
      'INSERT INTO word_blocks (conversation, first, last) VALUES (?, ?, ?)',
    );
    this.#addList = sqlite.prepare('INSERT INTO word_lists (list, words) VALUES (?, ?)');
    const remove = (where: string) =>
      sqlite.prepare(`DELETE FROM word_blocks WHERE conversation = ? AND ${where}`);
    this.#removeBefore = remove('first < ?');
    this.#removeFrom = remove('last >= ?');
    this.#remove = remove('first = ?');
    this.#blocks = sqlite.prepare(
      `SELECT block, first, words
       FROM word_blocks CROSS JOIN word_lists ON list = block * ${LISTS} + ?
       WHERE conversation = ? AND first < ? ORDER BY first DESC`,
    );
    this.#list = sqlite.prepare('SELECT words FROM word_lists WHERE list = ?');
    // Arrays are made in half the time that objects are.
    for (const lists of [this.#blocks, this.#list]) lists.setReturnArrays(true);
  }

  /** What it knows the words of; null while that is nothing. */
  span(): Span | null {
    const oldest = spanOf(this.#oldest.get(this.#conversation));
    const newest = spanOf(this.#newest.get(this.#conversation, Infinity));
    return oldest && newest && { from: oldest.from, to: newest.to };
  }

  /** The block an entry is in; null when it is in none. */
  blockWith(seq: number): Span | null {
    const block = spanOf(this.#newest.get(this.#conversation, seq + 1));
    return block && seq < block.to ? block : null;
  }

  /** Takes in all that was said in a span, which has to join up with what it has, as a block. */
  add({ from, to }: Span, texts: readonly Text[]): void {
    const block = Number(this.#addBlock.run(this.#conversation, from, to - 1).lastInsertRowid);
    const placed = texts.map(([seq, text]) => [seq - from, text] as const);
    for (const [list, words] of listsOf(placed).entries()) {
      if (words.length > 0) this.#addList.run(block * LISTS + list, words);
    }
  }

  /** Leaves no trace of a block. */
  remove({ from }: Span): void {
    this.#remove.run(this.#conversation, from);
  }

  /** Leaves no trace of the blocks with something below `seq`. */
  removeBefore(seq: number): void {
    this.#removeBefore.run(this.#conversation, seq);
  }

  /** Leaves no trace of the blocks with something at `seq` or above. */
  removeFrom(seq: number): void {
    this.#removeFrom.run(this.#conversation, seq);
  }

  /** The seqs below `below` with all words that a query asks for, newest first. */
  *seqs(query: string, below: number): Generator<number> {
    const [rarest, ...others] = soughtFor(query);
    if (!rarest) return;
    for (const row of this.#blocks.iterate(rarest.list, this.#conversation, below)) {
      let places = placesIn(bufferOf(row[2]), rarest.head);
      for (const each of others) {
        if (places.size === 0) break;
        const list = this.#list.get(Number(row[0]) * LISTS + each.list);
        places = placesIn(bufferOf(list?.[0]), each.head, places);
      }
      if (places.size === 0) continue;
      const seqs = [...places].map((place) => Number(row[1]) + place);
      yield* seqs.filter((seq) => seq < below).toSorted((a, b) => b - a);
    }
  }
}

function spanOf(block: Record<string, SQLOutputValue> | undefined): Span | null {
  return block ? { from: Number(block['first']), to: Number(block['last']) + 1 } : null;
}

/** The bytes of a list; none where there is no list. */
function bufferOf(words: SQLOutputValue | undefined): Buffer {
  if (!(words instanceof Uint8Array)) return Buffer.alloc(0);
  return Buffer.from(words.buffer, words.byteOffset, words.byteLength);
}
