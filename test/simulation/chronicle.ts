/** Everything that was ever safe on the host's disk, whatever has been forgotten since. */
import assert from 'node:assert/strict';
import type { HubChanges } from '../../main/hub/engine/changes.ts';
import type { Entry } from '../../main/protocol/messages.ts';
import { struck } from '../../main/protocol/struck.ts';
import type { EntryStore } from '../../main/storage/entry-store.ts';
import { Conduct } from './conduct.ts';
import { HOST_KEY, ROOM_ID } from './names.ts';
import { isAuthentic } from './signatures.ts';

/** One life of the log. */
interface Epoch {
  readonly entries: Map<number, Entry>;
  /** The ids of what was struck; a copy may have more entries with them than the log has. */
  readonly struck: Set<string>;
  /** The numbers of the entries that were in the log when they were struck. */
  readonly struckSeqs: Set<number>;
}

export class Chronicle {
  readonly conduct = new Conduct(HOST_KEY);
  readonly #epochs = new Map<string, Epoch>();
  /** When each message was first entered, counted over all epochs. */
  readonly #turns = new Map<string, number>();

  /** This is about to be written. */
  add(log: EntryStore, { entries, struck: ids }: HubChanges): void {
    const epoch = this.#epochOf(log);
    let next = log.last + 1;
    for (const entry of entries) {
      assert.equal(entry.seq, next, `${entry.id} does not follow the log`);
      assert(!epoch.entries.has(entry.seq), `the number ${entry.seq} was given twice`);
      assert(!log.find(entry.id), `${entry.id} is entered twice`);
      assert(isAuthentic(ROOM_ID, entry), `${entry.id} is not its author’s`);
      this.conduct.follow(entry);
      epoch.entries.set(entry.seq, entry);
      if (!this.#turns.has(entry.id)) this.#turns.set(entry.id, this.#turns.size);
      next += 1;
    }
    for (const id of ids) {
      const entry = entries.find((each) => each.id === id) ?? log.find(id);
      if (entry) epoch.struckSeqs.add(entry.seq);
      epoch.struck.add(id);
    }
  }

  /** Fails unless these are entries of the log, as it was written or as it was struck. */
  check(epoch: string, entries: readonly Entry[], whose: string): void {
    const written = this.#epochs.get(epoch);
    for (const entry of entries) {
      const original = written?.entries.get(entry.seq);
      if (original === entry) continue;
      const isStruck = entry.kind === 'said' && entry.struck && written?.struck.has(entry.id);
      const expected = isStruck && original?.kind === 'said' ? struck(original) : original;
      assert.deepEqual(entry, expected, `${whose} has something else than the log at ${entry.seq}`);
    }
  }

  /** Fails when something that was struck can still be read among these entries (M4). */
  checkStruck(epoch: string, entries: readonly Entry[], whose: string): void {
    const seqs = this.#epochs.get(epoch)?.struckSeqs;
    if (!seqs || seqs.size === 0) return;
    for (const entry of entries) {
      if (entry.kind !== 'said' || !seqs.has(entry.seq)) continue;
      assert(entry.struck, `${whose} has what was struck at ${entry.seq}`);
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

  #epochOf({ epoch }: EntryStore): Epoch {
    const known = this.#epochs.get(epoch);
    if (known) return known;
    const begun = { entries: new Map(), struck: new Set<string>(), struckSeqs: new Set<number>() };
    this.#epochs.set(epoch, begun);
    return begun;
  }
}
