/** Everything that was ever safe on the host's disk, whatever has been forgotten since. */
import assert from 'node:assert/strict';
import type { Entry } from '../../main/protocol/messages.ts';
import type { EntryStore } from '../../main/storage/entry-store.ts';

export class Chronicle {
  readonly #epochs = new Map<string, Map<number, Entry>>();
  /** When each message was first entered, counted over all epochs. */
  readonly #turns = new Map<string, number>();

  /** These are about to be added to the log. */
  add(log: EntryStore, entries: readonly Entry[]): void {
    const epoch = this.#epochs.get(log.epoch) ?? new Map<number, Entry>();
    this.#epochs.set(log.epoch, epoch);
    let next = log.last + 1;
    for (const entry of entries) {
      assert.equal(entry.seq, next, `${entry.id} does not follow the log`);
      assert(!epoch.has(entry.seq), `the number ${entry.seq} was given twice`);
      assert(!log.find(entry.id), `${entry.id} is entered twice`);
      epoch.set(entry.seq, entry);
      if (!this.#turns.has(entry.id)) this.#turns.set(entry.id, this.#turns.size);
      next += 1;
    }
  }

  /** Fails unless these are entries of the log, as it was written. */
  check(epoch: string, entries: readonly Entry[], whose: string): void {
    for (const entry of entries) {
      const written = this.#epochs.get(epoch)?.get(entry.seq);
      if (written === entry) continue;
      assert.deepEqual(entry, written, `${whose} has something else than the log at ${entry.seq}`);
    }
  }

  /** The place of a message among all that were ever entered; undefined when it never was. */
  turnOf(id: string): number | undefined {
    return this.#turns.get(id);
  }

  /** Every message that was ever entered, in order. */
  ids(): readonly string[] {
    return [...this.#turns.keys()];
  }
}
