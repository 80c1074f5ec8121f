import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { referred } from '../events/event.ts';
import type { Entry } from '../timeline/entry.ts';
import { REWORDING, selectEntries } from './entry-row.ts';
import type { SelectEntries } from './entry-row.ts';
import { nextBlock } from './next-block.ts';
import { matchesWords, partsOf } from './search-words.ts';
import { textNow } from './text-now.ts';
import { transaction } from './transaction.ts';
import { WordIndex } from './word-index.ts';
import type { Span, Text } from './word-index.ts';

const NOTHING: Span = { from: 0, to: 0 };

/** A message and what it says now. */
interface Message {
  readonly entry: Entry;
  readonly text: string;
}

/**
 * Searches a conversation for what its messages say now. They are indexed some time after they were
 * written (`indexing.ts`), in blocks, so that nobody waits for it; what is not indexed yet is read.
 */
export class EntrySearch {
  readonly #sqlite: DatabaseSync;
  /** Its row in the table of conversations, and its id. */
  readonly #number: number;
  readonly #conversation: string;
  readonly #index: WordIndex;
  readonly #messages: SelectEntries;
  readonly #changes: SelectEntries;
  readonly #changesIn: SelectEntries;
  readonly #next: StatementSync;
  readonly #previous: StatementSync;
  readonly #seqs: StatementSync;

  constructor(sqlite: DatabaseSync, number: number, conversation: string) {
    this.#sqlite = sqlite;
    this.#number = number;
    this.#conversation = conversation;
    this.#index = new WordIndex(sqlite, number);
    const messages = `conversation = ?1 AND forgotten = 0 AND seq >= ?2 AND seq < ?3
       AND kind >= 'message/' AND kind < 'message0'`;
    const changes = `kind IN ${REWORDING} AND doubt IS NULL`;
    this.#messages = selectEntries(sqlite, `${messages} ORDER BY seq DESC`);
    this.#changes = selectEntries(sqlite, `conversation = ? AND target = ? AND ${changes}`);
    this.#changesIn = selectEntries(
      sqlite,
      `conversation = ?1 AND target IN (SELECT id FROM entries WHERE ${messages})
       AND target IS NOT NULL AND ${changes}`,
    );
    const seqs = (where: string) =>
      sqlite.prepare(`SELECT seq FROM entries WHERE conversation = ? AND ${where}`);
    this.#next = seqs('forgotten = 0 AND seq >= ? ORDER BY seq LIMIT 1');
    this.#previous = seqs('forgotten = 0 AND seq < ? ORDER BY seq DESC LIMIT 1');
    // Asked for `forgotten` as it stands, SQLite would go through the whole conversation.
    this.#seqs = seqs('+forgotten = 0 AND id IN (SELECT value FROM json_each(?))');
  }

  /** The messages below `below` that say something that matches, newest first. */
  find(query: string, below: number, limit: number): readonly Entry[] {
    const matches = matchesWords(query);
    const found: Entry[] = [];
    if (partsOf(query).length === 0) return found;
    for (const { entry, text } of this.#mayMatch(query, below)) {
      if (matches(text) && found.push(entry) >= limit) break;
    }
    return found;
  }

  *#mayMatch(query: string, below: number): Generator<Message> {
    const span = this.#index.span() ?? NOTHING;
    yield* this.#read({ from: span.to, to: below });
    for (const seq of this.#index.seqs(query, Math.min(below, span.to))) {
      yield* this.#read({ from: seq, to: seq + 1 });
    }
    yield* this.#read({ from: 0, to: Math.min(below, span.from) });
  }

  /** The messages of a span that say something, newest first. */
  *#read({ from, to }: Span): Generator<Message> {
    for (const entry of this.#messages.iterate(this.#conversation, this.#number, from, to)) {
      const changes = this.#changes.all(this.#conversation, this.#number, entry.id);
      const text = textNow(entry, changes);
      if (text !== null) yield { entry, text };
    }
  }

  /** What the messages of a span say, newest first: each change is not looked for by itself. */
  #texts({ from, to }: Span): readonly Text[] {
    const span = [this.#conversation, this.#number, from, to] as const;
    const changes = Map.groupBy(this.#changesIn.all(...span), (each) => referred(each, 'to'));
    return this.#messages.all(...span).flatMap((entry): Text[] => {
      const text = textNow(entry, changes.get(entry.id) ?? []);
      return text === null ? [] : [[entry.seq, text]];
    });
  }

  /** Indexes one block of messages; false when too few wait. Throws storage-*. */
  indexBlock(): boolean {
    let block: Span | null = null;
    transaction(this.#sqlite, () => {
      const [first, last] = [this.#seq(this.#next, 0), this.#seq(this.#previous, Infinity)];
      if (first === null || last === null) return;
      const log = { from: first, to: last + 1 };
      let read: readonly Text[] = [];
      const found = nextBlock(log, this.#indexed(), (span) => (read = this.#texts(span)));
      if (found === null) return;
      this.#index.add(
        found,
        read.filter(([seq]) => seq >= found.from && seq < found.to),
      );
      block = found;
    });
    return block !== null;
  }

  /** What is indexed, with the holes around it: there is nothing to index in them. */
  #indexed(): Span | null {
    const span = this.#index.span();
    if (span === null) return null;
    const previous = this.#seq(this.#previous, span.from);
    return {
      from: previous === null ? span.from : previous + 1,
      to: this.#seq(this.#next, span.to) ?? span.to,
    };
  }

  #seq(statement: StatementSync, at: number): number | null {
    const seq = statement.get(this.#number, at)?.['seq'];
    return typeof seq === 'number' ? seq : null;
  }

  /** Messages with these ids say something else by now: their old words are found nowhere, also not in the file. */
  changed(ids: readonly string[]): void {
    if (ids.length === 0) return;
    const blocks = new Map<number, Span>();
    for (const { seq } of this.#seqs.all(this.#number, JSON.stringify(ids))) {
      const block = this.#index.blockWith(Number(seq));
      if (block) blocks.set(block.from, block);
    }
    for (const block of blocks.values()) {
      this.#index.remove(block);
      this.#index.add(block, this.#texts(block));
    }
  }

  /** There is nothing before `seq` any more. */
  forgetBefore(seq: number): void {
    this.#index.removeBefore(seq);
  }

  /** There is nothing from `seq` on any more. */
  forgetFrom(seq: number): void {
    this.#index.removeFrom(seq);
  }
}
