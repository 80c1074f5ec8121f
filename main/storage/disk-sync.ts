/** How what a connection has committed becomes safe from a power cut. */
import { closeSync, fdatasync, fdatasyncSync, openSync } from 'node:fs';

export interface DiskSync {
  /** Calls `done` once everything committed so far is safe. */
  flush(done: () => void): void;
  /** The same, before it returns. */
  flushNow(): void;
}

/** For a connection whose every commit waits for the disk itself. */
export const WITH_EACH_COMMIT: DiskSync = {
  flush: (done) => queueMicrotask(done),
  flushNow: () => undefined,
};

/**
 * For a connection whose commits do not wait (`synchronous = NORMAL`): SQLite has then written them to
 * its write-ahead log, and they are safe once that file is. The thread goes on meanwhile.
 */
export class WalSync implements DiskSync {
  readonly #wal: number;

  /** `database` is the path of a database in WAL mode that is open, so that its log stays the same file. */
  constructor(database: string) {
    // Windows makes safe only what was opened for writing.
    this.#wal = openSync(`${database}-wal`, 'r+');
  }

  flush(done: () => void): void {
    fdatasync(this.#wal, (error) => {
      // What is on the disk is not known any more: the hub ends here, and begins anew from what is.
      if (error) throw error;
      done();
    });
  }

  flushNow(): void {
    fdatasyncSync(this.#wal);
  }

  close(): void {
    closeSync(this.#wal);
  }
}
