/**
 * Parts of a log as members get them (W4, L3). Newcomers all get the newest part, and those who come
 * back together go through the same ones: each is read once.
 */
import { redacted } from '../events/event.ts';
import type { Hash } from '../events/event.ts';
import { isWithheldKind } from '../events/kinds.ts';
import type { ChainEnd } from '../timeline/chain.ts';
import type { Entry } from '../timeline/entry.ts';
import { newestThatFit, oldestThatFit } from './page.ts';
import type { RoomLog } from './room-log.ts';

/** Items with nothing left out between them. */
export interface Stretch {
  /** What the first of them follows. */
  readonly after: ChainEnd;
  readonly entries: readonly Entry[];
  /** True when the log goes on in the direction it was read in. */
  readonly more: boolean;
}

/** How many are known again. */
const KEPT_MAX = 32;

export interface StretchesOptions {
  readonly log: RoomLog;
  /** The last item that anybody was told of. */
  readonly safe: () => ChainEnd;
  readonly hash: Hash;
}

interface Kept {
  readonly stretch: Stretch;
  /** The seq of the last item that was safe then; null when what comes later does not belong to it. */
  readonly upTo: number | null;
}

export class Stretches {
  readonly #options: StretchesOptions;
  /** By how they were asked for, the oldest first. */
  readonly #kept = new Map<string, Kept>();
  /** The log's own, until something is forgotten: it is asked for with every welcome. */
  #floor: ChainEnd | null = null;

  constructor(options: StretchesOptions) {
    this.#options = options;
  }

  /** What is forgotten, as far as anybody was told of it before. */
  get floor(): ChainEnd {
    const { log, safe } = this.#options;
    this.#floor ??= log.floor;
    return this.#floor.seq <= safe().seq ? this.#floor : safe();
  }

  /** At most so many of those just below a seq. */
  before(seq: number, limit: number): Stretch {
    const { log, safe } = this.#options;
    const end = Math.min(seq, safe().seq + 1);
    return this.#once(`before ${end} ${limit}`, () => {
      const entries = newestThatFit(log.before(end, limit));
      const more = log.before(entries[0]?.seq ?? 0, 1).length > 0;
      return { stretch: this.#made(entries, more, end), upTo: null };
    });
  }

  /** At most so many of those just above a seq. */
  after(seq: number, limit: number): Stretch {
    const { log, safe } = this.#options;
    return this.#once(`after ${seq} ${limit}`, () => {
      const end = safe().seq;
      const entries = oldestThatFit(log.after(seq, limit).filter((entry) => entry.seq <= end));
      const more = (entries.at(-1)?.seq ?? end) < end;
      return { stretch: this.#made(entries, more, seq + 1), upTo: more ? null : end };
    });
  }

  /** Something that was told is not there any more. */
  changed(): void {
    this.#kept.clear();
    this.#floor = null;
  }

  #once(asked: string, read: () => Kept): Stretch {
    const known = this.#kept.get(asked);
    if (known && (known.upTo ?? this.#options.safe().seq) === this.#options.safe().seq) {
      return known.stretch;
    }
    const kept = read();
    this.#kept.delete(asked);
    this.#kept.set(asked, kept);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > KEPT_MAX && oldest !== undefined) this.#kept.delete(oldest);
    return kept.stretch;
  }

  /** `from` is where it begins when there is nothing in it. */
  #made(entries: readonly Entry[], more: boolean, from: number): Stretch {
    const after = this.#placeBefore(entries[0]?.seq ?? from);
    return { after, entries: entries.map((entry) => asShown(entry, this.#options.hash)), more };
  }

  /** Where the log stood before an item, as far as anybody was told of it. */
  #placeBefore(seq: number): ChainEnd {
    const { log, safe } = this.#options;
    const [previous] = log.before(Math.min(seq, safe().seq + 1), 1);
    return previous ? endOf(previous) : this.floor;
  }
}

/** An entry as members get it: secrets are for hosts alone (E7). */
export function asShown(entry: Entry, hash: Hash): Entry {
  if (!isWithheldKind(entry.kind) || entry.body.state !== 'whole') return entry;
  const gone = redacted(entry.body, hash);
  if (gone.state !== 'redacted') return entry;
  return { ...entry, body: { state: 'withheld', digest: gone.digest } };
}

function endOf({ epoch, seq, link }: Entry): ChainEnd {
  return { epoch, seq, link };
}
