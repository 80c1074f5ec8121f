import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import { parseOldPassphrase, parseOldRecord, parseOldRules } from './old-rooms.ts';
import type { OldEntry, OldMember, OldRoom, OldRooms, OldText } from './old-rooms.ts';
import { transaction } from './transaction.ts';

type Row = Record<string, SQLOutputValue>;

/** The room of this row in the table of old rooms. */
const OF = 'WHERE room = (SELECT room FROM old_rooms WHERE id = ?)';

export class SqliteOldRooms implements OldRooms {
  readonly #sqlite: DatabaseSync;

  constructor(sqlite: DatabaseSync) {
    this.#sqlite = sqlite;
  }

  rooms(): readonly OldRoom[] {
    return this.#sqlite
      .prepare('SELECT * FROM old_rooms ORDER BY room')
      .all()
      .map((row) => this.#read(row));
  }

  entries(id: string, seq: number, limit: number): readonly OldEntry[] {
    return this.#sqlite
      .prepare(`SELECT * FROM old_entries ${OF} AND seq > ? ORDER BY seq LIMIT ?`)
      .all(id, seq, limit)
      .map(entryOf);
  }

  drop(id: string): void {
    transaction(this.#sqlite, () => {
      this.#sqlite.prepare('DELETE FROM old_rooms WHERE id = ?').run(id);
    });
  }

  #read(row: Row): OldRoom {
    const [id, room] = [String(row['id']), Number(row['room'])];
    const kept = this.#sqlite.prepare('SELECT * FROM old_rules WHERE room = ?').get(room);
    const [rules, passphrase] = [kept?.['rules'], kept?.['passphrase']];
    const all = (sql: string) => this.#sqlite.prepare(sql).all(room);
    return {
      id,
      record: parseOldRecord(String(row['record'])),
      rules: typeof rules === 'string' ? parseOldRules(rules) : null,
      passphrase: typeof passphrase === 'string' ? parseOldPassphrase(passphrase) : null,
      known: all('SELECT * FROM old_known_members WHERE room = ?').map(memberOf),
      texts: all('SELECT * FROM old_outbox WHERE room = ? ORDER BY position').map(textOf),
    };
  }
}

function entryOf(row: Row): OldEntry {
  const act = row['act'];
  const [on, onName] = [String(row['act_on'] ?? ''), String(row['on_name'] ?? '')];
  return {
    seq: Number(row['seq']),
    at: Number(row['at']),
    id: String(row['id']),
    from: String(row['author']),
    name: String(row['name']),
    text: String(row['text']),
    written: Number(row['written']),
    signature: String(row['signature']),
    struck: row['struck'] === 1,
    act: typeof act === 'string' ? { name: act, on, onName } : null,
  };
}

function memberOf(row: Row): OldMember {
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

function textOf(row: Row): OldText {
  return { id: String(row['id']), text: String(row['text']), at: Number(row['at']) };
}
