/** The room's log with what is on its way into it: numbering, storing, and reading it out. */
import { PAGE_MAX, WELCOME_ENTRIES } from '../protocol/limits.ts';
import type { ClientMessage, Entry, LogPosition, Welcome } from '../protocol/messages.ts';
import type { Outgoing } from './outgoing.ts';
import { newestThatFit, oldestThatFit } from './page.ts';
import { RecentEntries } from './recent-entries.ts';
import type { RoomLog } from './room-log.ts';
import type { ConnectionId, Occupant } from './roster.ts';
import { Unstored } from './unstored.ts';

/** An entry without its place in the log. */
type Unnumbered = Entry extends infer Each
  ? Each extends Entry
    ? Omit<Each, 'seq' | 'at' | 'from' | 'name'>
    : never
  : never;

export class Journal {
  readonly #log: RoomLog;
  readonly #out: Outgoing;
  readonly #unstored = new Unstored();
  readonly #recent = new RecentEntries();
  /** The last entry that is safe: what the log has after it nobody is told yet (S7). */
  #safe: number;
  /** What newcomers get, while the log stands as it did: a school comes in at once. */
  #newest: { readonly log: string; readonly entries: readonly Entry[] } | null = null;

  constructor(log: RoomLog, out: Outgoing) {
    this.#log = log;
    this.#out = out;
    this.#safe = log.last;
  }

  /** The entry with this id, also one that is yet to be stored or is just forgotten. */
  find(id: string): Entry | undefined {
    return this.#unstored.find(id)?.entry ?? this.#log.find(id) ?? this.#recent.find(id);
  }

  /** Its author gets what there is of it; true when there is something (S5). */
  isKnown(author: Occupant, id: string): boolean {
    const unstored = this.#unstored.find(id);
    if (unstored) unstored.author = author;
    if (unstored) return true;
    const entry = this.#log.find(id) ?? this.#recent.find(id);
    if (entry) this.#out.send(author.connection, { type: 'entry', entry });
    return entry !== undefined;
  }

  /** Numbers an entry and has it stored; `done` once everybody knows of it, `undo` if it is lost. */
  enter(
    now: number,
    author: Occupant,
    unnumbered: Unnumbered,
    done = () => {},
    undo = () => {},
  ): void {
    const seq = (this.#unstored.last?.seq ?? this.#log.last) + 1;
    const entry = { ...unnumbered, seq, at: now, from: author.id, name: author.name };
    this.#unstored.add({ entry, author, done, undo });
    this.#out.push({ type: 'store', entry });
  }

  /** The oldest so many on their way are safe: now everybody hears of them (S7). */
  stored(count: number): void {
    for (const { entry, done } of this.#unstored.takeOldest(count)) {
      this.#safe = entry.seq;
      this.#recent.remember(entry.id, entry);
      this.#out.broadcast({ type: 'entry', entry });
      done();
    }
  }

  /** The newest so many are lost: only their authors hear of it (S7). */
  notStored(count: number): void {
    for (const { entry, author, undo } of this.#unstored.takeNewest(count).toReversed()) {
      undo();
      this.#out.refuse(author.connection, 'not-kept', entry.id);
    }
  }

  /** The store has struck it: what it said is to be found nowhere (M4). */
  strike(id: string): void {
    this.#newest = null;
    this.#recent.strike(id);
  }

  /** The log has begun anew (L6). */
  cleared(): void {
    // Numbers of the old log mean nothing in this one: what comes again is entered again.
    this.#recent.forgetAll();
    this.#newest = null;
    const { epoch, last } = this.#log;
    this.#safe = last;
    this.#out.broadcast({ type: 'cleared', log: { epoch, seq: last } });
  }

  /** What a welcome says of the log to one whose copy ends there (W4, W5). */
  welcome(resume: LogPosition | undefined): Pick<Welcome, 'log' | 'entries' | 'resumed'> {
    const { epoch, first } = this.#log;
    const seq = this.#safe;
    const resumed =
      resume !== undefined &&
      resume.epoch === epoch &&
      resume.seq <= seq &&
      resume.seq >= first - 1;
    return {
      log: { epoch, seq, first: Math.min(first, seq + 1) },
      entries: resumed ? this.#after(resume.seq, WELCOME_ENTRIES) : this.#newestEntries(),
      resumed,
    };
  }

  #newestEntries(): readonly Entry[] {
    const { epoch, first } = this.#log;
    const log = `${epoch} ${first} ${this.#safe}`;
    if (this.#newest?.log !== log) {
      const entries = newestThatFit(this.#log.before(this.#safe + 1, WELCOME_ENTRIES));
      this.#newest = { log, entries };
    }
    return this.#newest.entries;
  }

  /** L3. */
  sendPage(to: ConnectionId, request: Extract<ClientMessage, { type: 'history' }>): void {
    const limit = Math.min(request.limit, PAGE_MAX);
    const log = this.#log;
    let entries;
    let more;
    if (request.after === undefined) {
      const before = Math.min(request.before ?? 0, this.#safe + 1);
      entries = newestThatFit(log.before(before, limit));
      more = (entries[0]?.seq ?? log.first) > log.first;
    } else {
      entries = this.#after(request.after, limit);
      more = (entries.at(-1)?.seq ?? this.#safe) < this.#safe;
    }
    this.#out.send(to, { type: 'page', id: request.id, entries, more });
  }

  #after(seq: number, limit: number): readonly Entry[] {
    const isSafe = (entry: Entry) => entry.seq <= this.#safe;
    return oldestThatFit(this.#log.after(seq, limit).filter(isSafe));
  }
}
