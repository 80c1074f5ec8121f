import type { DatabaseSync } from 'node:sqlite';
import type { HubChanges } from '../hub/engine/changes.ts';
import type { EngineStore } from '../hub/engine/engine-store.ts';
import type { KeptEpoch } from '../hub/room-log.ts';
import type { InviteUse, KnownMember } from '../hub/rules.ts';
import type { DiskSync } from './disk-sync.ts';
import { parseEpoch } from './kept-json.ts';
import type { SqliteLog } from './sqlite-log.ts';
import { transaction } from './transaction.ts';

/** What a hub keeps of its room, in the database. */
export class SqliteHub implements EngineStore {
  readonly #sqlite: DatabaseSync;
  readonly #room: number;
  readonly #log: (conversation: string) => SqliteLog;
  readonly #sync: DiskSync;

  /** `room` is the row of the room in the table of rooms; `sync` is the connection's. */
  constructor(
    sqlite: DatabaseSync,
    room: number,
    log: (conversation: string) => SqliteLog,
    sync: DiskSync,
  ) {
    this.#sqlite = sqlite;
    this.#room = room;
    this.#log = log;
    this.#sync = sync;
  }

  log(conversation: string): SqliteLog {
    return this.#log(conversation);
  }

  epochs(): readonly KeptEpoch[] {
    return this.#sqlite
      .prepare('SELECT id, record FROM epochs WHERE room = ? ORDER BY epoch')
      .all(this.#room)
      .map(({ id, record }) => ({ id: String(id), record: parseEpoch(String(record)) }));
  }

  addEpoch({ id, record }: KeptEpoch): void {
    transaction(this.#sqlite, () => {
      this.#sqlite
        .prepare('INSERT INTO epochs (room, id, number, record) VALUES (?, ?, ?, ?)')
        .run(this.#room, id, record.number, JSON.stringify(record));
    });
  }

  known(): readonly KnownMember[] {
    return this.#sqlite
      .prepare('SELECT id, name, admitted FROM known_members WHERE room = ?')
      .all(this.#room)
      .map(({ id, name, admitted }) => ({
        id: String(id),
        name: String(name),
        admitted: admitted === 1,
      }));
  }

  inviteUses(): readonly InviteUse[] {
    return this.#sqlite
      .prepare('SELECT invitation, uses FROM invite_uses WHERE room = ?')
      .all(this.#room)
      .map(({ invitation, uses }) => ({ invitation: String(invitation), uses: Number(uses) }));
  }

  commit({ entries, redacted, known, inviteUses }: HubChanges): void {
    const changed = Map.groupBy(entries, ({ conversation }) => conversation);
    transaction(this.#sqlite, () => {
      for (const [conversation, added] of changed) this.#log(conversation).append(added, redacted);
      this.#keep(known, inviteUses);
    });
    for (const conversation of changed.keys()) this.#log(conversation).indexLater();
  }

  flush(done: () => void): void {
    this.#sync.flush(done);
  }

  flushNow(): void {
    this.#sync.flushNow();
  }

  #keep(known: readonly KnownMember[], inviteUses: readonly InviteUse[]): void {
    if (known.length > 0) {
      const put = this.#sqlite.prepare('INSERT OR REPLACE INTO known_members VALUES (?, ?, ?, ?)');
      for (const { id, name, admitted } of known) put.run(this.#room, id, name, Number(admitted));
    }
    if (inviteUses.length > 0) {
      const put = this.#sqlite.prepare('INSERT OR REPLACE INTO invite_uses VALUES (?, ?, ?)');
      for (const { invitation, uses } of inviteUses) put.run(this.#room, invitation, uses);
    }
  }
}
