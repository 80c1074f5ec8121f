import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import type { HubChanges } from '../hub/engine/changes.ts';
import { OPEN_RULES } from '../hub/rules.ts';
import type { KnownMember, Rules } from '../hub/rules.ts';
import type { PassphraseRecord } from '../passphrase/passphrase-record.ts';
import type { HubStore } from './hub-store.ts';
import type { DiskSync } from './disk-sync.ts';
import { readPassphrase, readRules } from './kept-rules.ts';
import type { SqliteEntries } from './sqlite-entries.ts';
import { transaction } from './transaction.ts';

/** What a hub keeps of its room, in the database. */
export class SqliteHub implements HubStore {
  readonly log: SqliteEntries;
  readonly #sqlite: DatabaseSync;
  readonly #room: number;
  readonly #sync: DiskSync;

  /** `room` is the row of the room in the table of rooms; `sync` is the connection's. */
  constructor(sqlite: DatabaseSync, room: number, log: SqliteEntries, sync: DiskSync) {
    this.#sync = sync;
    this.log = log;
    this.#sqlite = sqlite;
    this.#room = room;
  }

  rules(): Rules {
    const text = this.#kept('rules');
    return text === null ? OPEN_RULES : readRules(text);
  }

  known(): readonly KnownMember[] {
    return this.#sqlite
      .prepare('SELECT * FROM known_members WHERE room = ?')
      .all(this.#room)
      .map(memberOf);
  }

  commit({ entries, struck, known, rules }: HubChanges): void {
    this.log.append(entries, () => {
      for (const id of struck) this.log.strike(id);
      if (known.length > 0) this.#keepKnown(known);
      if (rules) this.#keep('rules', JSON.stringify(rules));
    });
  }

  flush(done: () => void): void {
    this.#sync.flush(done);
  }

  flushNow(): void {
    this.#sync.flushNow();
  }

  passphrase(): PassphraseRecord | null {
    const text = this.#kept('passphrase');
    return text === null ? null : readPassphrase(text);
  }

  setPassphrase(record: PassphraseRecord | null): void {
    transaction(this.#sqlite, () => {
      this.#keep('passphrase', record && JSON.stringify(record));
    });
  }

  #keepKnown(known: readonly KnownMember[]): void {
    const put = this.#sqlite.prepare(
      `INSERT OR REPLACE INTO known_members
         (room, id, name, admitted, moderator, muted, banned_by, banned_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    for (const { id, name, admitted, moderator, muted, ban } of known) {
      const flags = [admitted, moderator, muted].map(Number);
      put.run(this.#room, id, name, ...flags, ban?.by ?? null, ban?.at ?? null);
    }
  }

  #kept(what: 'rules' | 'passphrase'): string | null {
    const row = this.#sqlite.prepare(`SELECT ${what} FROM hubs WHERE room = ?`).get(this.#room);
    const text = row?.[what];
    return typeof text === 'string' ? text : null;
  }

  #keep(what: 'rules' | 'passphrase', text: string | null): void {
    this.#sqlite
      .prepare(
        `INSERT INTO hubs (room, ${what}) VALUES (?, ?)
         ON CONFLICT (room) DO UPDATE SET ${what} = excluded.${what}`,
      )
      .run(this.#room, text);
  }
}

/** A row as it was written by this class: its types are the schema's, which is STRICT. */
function memberOf(row: Record<string, SQLOutputValue>): KnownMember {
  const by = row['banned_by'];
  return {
    id: String(row['id']),
    name: String(row['name']),
    admitted: row['admitted'] === 1,
    moderator: row['moderator'] === 1,
    muted: row['muted'] === 1,
    ban: typeof by === 'string' ? { by, at: Number(row['banned_at']) } : null,
  };
}
