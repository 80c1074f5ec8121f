import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import { roomIdOf } from '../events/room-id.ts';
import { sha256 } from '../identity/sha256.ts';
import { parseOldPassphrase, parseOldRecord, parseOldRules } from './old-rooms.ts';
import type { OldEntry, OldMember, OldRoom, OldRooms, OldText } from './old-rooms.ts';
import type { RoomRecord } from './room-record.ts';
import { transaction } from './transaction.ts';

type Row = Record<string, SQLOutputValue>;

/** The room of this row in the table of old rooms. */
const OF = 'WHERE room = (SELECT room FROM old_rooms WHERE id = ?)';

export class SqliteOldRooms implements OldRooms {
  readonly #sqlite: DatabaseSync;

  constructor(sqlite: DatabaseSync) {
    this.#sqlite = sqlite;
  }

  oldRoom(became: string): OldRoom | null {
    const row = this.#sqlite.prepare('SELECT * FROM old_rooms WHERE became = ?').get(became);
    return row ? this.#read(row) : null;
  }

  waiting(): readonly OldRoom[] {
    return this.#sqlite
      .prepare('SELECT * FROM old_rooms WHERE became IS NULL ORDER BY room DESC')
      .all()
      .map((row) => this.#read(row));
  }

  entries(id: string, seq: number, limit: number): readonly OldEntry[] {
    return this.#sqlite
      .prepare(`SELECT * FROM old_entries ${OF} AND seq > ? ORDER BY seq LIMIT ?`)
      .all(id, seq, limit)
      .map(entryOf);
  }

  become(id: string, room: string): void {
    transaction(this.#sqlite, () => {
      this.#sqlite.prepare('UPDATE old_rooms SET became = ? WHERE id = ?').run(room, id);
    });
  }

  dropOld(id: string): void {
    transaction(this.#sqlite, () => {
      this.#sqlite.prepare('DELETE FROM old_rooms WHERE id = ?').run(id);
    });
  }

  /** Nothing that was said in it stays. */
  forgetEntries(id: string): void {
    this.#sqlite.prepare(`DELETE FROM old_entries ${OF}`).run(id);
  }

  /** Makes the room that this one is from now on, by the key of its founder (X1). */
  identify(id: string, founder: string): void {
    const row = this.#sqlite.prepare('SELECT record FROM old_rooms WHERE id = ?').get(id);
    const old = parseOldRecord(String(row?.['record']));
    const { name, hosted, active, port, addresses, you, hostKey, ownName } = old;
    const record: RoomRecord = {
      id: roomIdOf(founder, id, sha256),
      founder,
      nonce: id,
      name,
      hosted,
      active,
      port,
      addresses,
      you,
      hostKey: hostKey ?? null,
      ownName,
      read: hosted ? this.#saidUpTo(id, old.read) : 0,
    };
    this.#sqlite
      .prepare('INSERT INTO rooms (id, record) VALUES (?, ?)')
      .run(record.id, JSON.stringify(record));
    this.become(id, record.id);
  }

  /** How many entries are signed over up to there: their new numbers. */
  #saidUpTo(id: string, seq: number): number {
    const row = this.#sqlite
      .prepare(
        `SELECT count(*) AS said FROM old_entries ${OF} AND seq <= ? AND act IS NULL AND struck = 0`,
      )
      .get(id, seq);
    return Number(row?.['said']);
  }

  #read(row: Row): OldRoom {
    const [id, became, room] = [String(row['id']), row['became'], Number(row['room'])];
    const kept = this.#sqlite.prepare('SELECT * FROM old_rules WHERE room = ?').get(room);
    const [rules, passphrase] = [kept?.['rules'], kept?.['passphrase']];
    const all = (sql: string) => this.#sqlite.prepare(sql).all(room);
    return {
      id,
      became: typeof became === 'string' ? became : null,
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
