import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import type { RefusalReason } from '../model/error-codes.ts';
import type { OutboxItem } from '../replica/outbox.ts';
import { isRefusalCode } from '../wire/refusals.ts';
import { parseEvent } from './kept-json.ts';
import { transaction } from './transaction.ts';

/** A room's outbox in the database. */
export class SqliteOutbox {
  readonly #sqlite: DatabaseSync;
  readonly #room: number;
  #items: readonly OutboxItem[];

  /** `room` is the row of the room in the table of rooms. */
  constructor(sqlite: DatabaseSync, room: number) {
    this.#sqlite = sqlite;
    this.#room = room;
    this.#items = sqlite
      .prepare('SELECT * FROM outbox WHERE room = ? ORDER BY position')
      .all(room)
      .map(itemOf);
  }

  get items(): readonly OutboxItem[] {
    return this.#items;
  }

  /** Keeps exactly these; all of it or nothing. An event with the same id is the same. */
  save(items: readonly OutboxItem[]): void {
    const wanted = new Set(items.map(({ id }) => id));
    const staying = this.#items.filter(({ id }) => wanted.has(id));
    // Rows are in the order of their making: from the first one that moved on they are made anew.
    const moved = staying.findIndex(({ id }, index) => id !== items[index]?.id);
    const inPlace = items.slice(0, moved === -1 ? staying.length : moved);
    const keep = new Set(inPlace.map(({ id }) => id));
    transaction(this.#sqlite, () => {
      const remove = this.#sqlite.prepare('DELETE FROM outbox WHERE room = ? AND id = ?');
      for (const { id } of this.#items) if (!keep.has(id)) remove.run(this.#room, id);
      const update = this.#sqlite.prepare(
        'UPDATE outbox SET refused_code = ?, refused_sentence = ? WHERE room = ? AND id = ?',
      );
      for (const [index, item] of inPlace.entries()) {
        if (item === staying[index]) continue;
        update.run(...refusalColumns(item.refused), this.#room, item.id);
      }
      const insert = this.#sqlite.prepare(
        `INSERT INTO outbox (room, id, event, refused_code, refused_sentence)
         VALUES (?, ?, ?, ?, ?)`,
      );
      for (const { id, event, refused } of items.slice(inPlace.length)) {
        insert.run(this.#room, id, JSON.stringify(event), ...refusalColumns(refused));
      }
    });
    this.#items = items;
  }
}

/** The code of a refusal, and of one that is not known what it said. */
function refusalColumns(refused: RefusalReason | null): readonly [string | null, string | null] {
  if (refused === null) return [null, null];
  return [refused.code, refused.code === 'unknown-refusal' ? refused.details.sentence : null];
}

function itemOf(row: Record<string, SQLOutputValue>): OutboxItem {
  const code = row['refused_code'];
  return {
    id: String(row['id']),
    event: parseEvent(String(row['event'])),
    refused: typeof code === 'string' ? refusalOf(code, row['refused_sentence']) : null,
  };
}

function refusalOf(code: string, sentence: SQLOutputValue | undefined): RefusalReason {
  if (isRefusalCode(code)) return { code };
  return { code: 'unknown-refusal', details: { sentence: String(sentence ?? '') } };
}
