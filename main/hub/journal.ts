/** The room's logs with what is on its way into them: numbering, storing, and reading them out. */
import { redacted, referred } from '../events/event.ts';
import type { Hash } from '../events/event.ts';
import { redaction } from '../events/redaction.ts';
import { PAGE_MAX, WELCOME_ENTRIES } from '../protocol/limits.ts';
import { headContent, linkAfter } from '../timeline/chain.ts';
import type { ChainEnd } from '../timeline/chain.ts';
import type { Entry } from '../timeline/entry.ts';
import type { ClientMessage, LogState, PostedEvent, Resume, SignedHead } from '../wire/messages.ts';
import { commonPosition } from './epochs.ts';
import type { Outgoing } from './outgoing.ts';
import type { KeptEpoch, RoomLog } from './room-log.ts';
import type { ConnectionId } from './roster.ts';
import { asShown, Stretches } from './stretches.ts';
import { Unstored } from './unstored.ts';
import type { Author } from './unstored.ts';

/** How many entries are known again after a room that remembers nothing has forgotten them. */
const RECENT_MAX = 1_000;

export interface JournalOptions {
  readonly logs: ReadonlyMap<string, RoomLog>;
  /** Every one there was, the oldest first; the last is the one that is being written. */
  readonly epochs: readonly KeptEpoch[];
  /** The conversation of the policy log. */
  readonly policy: string;
  readonly out: Outgoing;
  readonly hash: Hash;
  readonly sign: (text: string) => string;
}

/** One conversation. */
interface Track {
  readonly log: RoomLog;
  /** The last item that is safe: what the log has after it nobody is told yet (S7). */
  safe: ChainEnd;
  /** The last item that is numbered. */
  end: ChainEnd;
  /** What was vouched for last in this epoch. */
  head: SignedHead | null;
  /** Up to where everybody was told that it is forgotten. */
  floor: number;
  /** True while there is more to be told, of what is not safe yet. */
  isFloorDue: boolean;
  /** As members get it. */
  readonly told: Stretches;
}

export class Journal {
  readonly #options: JournalOptions;
  readonly #tracks = new Map<string, Track>();
  readonly #unstored = new Unstored();
  /** Ids of the last entries, also when they are forgotten: what is sent twice is entered once (S5). */
  readonly #recent = new Set<string>();

  constructor(options: JournalOptions) {
    this.#options = options;
    for (const [conversation, log] of options.logs) {
      const { last, floor } = log;
      const begun = { safe: last, end: last, head: null, floor: floor.seq, isFloorDue: false };
      const told = new Stretches({ log, safe: () => track.safe, hash: options.hash });
      const track: Track = { log, ...begun, told };
      this.#tracks.set(conversation, track);
    }
  }

  /** The item of a conversation with this id, with all that is yet to be stored. */
  find(conversation: string, id: string): Entry | undefined {
    const unstored = this.#unstored.find(id)?.entry;
    const entry = unstored ?? this.#tracks.get(conversation)?.log.find(id) ?? undefined;
    if (entry?.conversation !== conversation) return undefined;
    const isGone = this.#unstored.relationsTo(id).some(({ kind }) => kind === redaction.name);
    return isGone ? { ...entry, body: redacted(entry.body, this.#options.hash) } : entry;
  }

  /** Its author hears that it is in a log; true when it is, or on its way (S5). */
  isKnown(author: Author, conversation: string, id: string): boolean {
    const unstored = this.#unstored.find(id);
    if (unstored) unstored.author = author;
    if (unstored) return true;
    const isThere = this.#recent.has(id) || this.#track(conversation).log.has(id);
    if (isThere) this.#out.send(author.connection, { type: 'confirmed', id });
    return isThere;
  }

  /** Numbers an event and has it stored; `done` once everybody knows of it. */
  enter(now: number, author: Author, id: string, event: PostedEvent, done = () => {}): void {
    const { epochs, policy, hash } = this.#options;
    const { conversation } = event;
    const track = this.#track(conversation);
    const epoch = epochs.at(-1)?.id ?? '';
    const item = {
      ...event,
      id,
      epoch,
      seq: track.end.seq + 1,
      at: now,
      origin: null,
      // What follows from an act holds once it is safe.
      policy: this.#track(policy).safe.link,
      name: author.name,
    };
    const entry = { ...item, link: linkAfter(track.end, conversation, item, hash) };
    track.end = endOf(entry);
    this.#unstored.add({ entry, author, done });
    this.#out.push({ type: 'store', entry });
    if (entry.kind === redaction.name) this.#redact(entry);
  }

  /** Takes what a redaction is about out of the log: the message and whatever it was changed to (M4). */
  #redact(entry: Entry): void {
    const target = referred(entry, 'to') ?? '';
    const { log } = this.#track(entry.conversation);
    const related = [...log.relationsTo([target]), ...this.#unstored.relationsTo(target)];
    const ids = related.flatMap(({ id, kind }) => (kind === redaction.name ? [] : [id]));
    this.#out.push({ type: 'redact', ids: [target, ...ids] });
  }

  /** The oldest so many on their way are safe: now everybody hears of them (S7). */
  stored(count: number): void {
    for (const { entry, done } of this.#unstored.takeOldest(count)) {
      const { conversation, id } = entry;
      const track = this.#track(conversation);
      const after = track.safe.seq;
      track.safe = endOf(entry);
      if (entry.kind === redaction.name) track.told.changed();
      this.#remember(id);
      const entries = [asShown(entry, this.#options.hash)];
      this.#out.broadcast({ type: 'entries', conversation, after, entries });
      done();
    }
    for (const [conversation, track] of this.#tracks) this.#tellFloor(conversation, track);
  }

  /** The newest so many are lost: only their authors hear of it (S7). */
  notStored(count: number): void {
    for (const { entry, author } of this.#unstored.takeNewest(count).toReversed()) {
      this.#out.refuse(author.connection, 'not-kept', entry.id);
    }
    for (const [conversation, track] of this.#tracks) {
      const last = this.#unstored.lastOf(conversation);
      track.end = last ? endOf(last) : track.safe;
    }
  }

  /** Vouches for every conversation in which something was told since the last time (L8). */
  vouch(): void {
    const { epochs, sign } = this.#options;
    const epoch = epochs.at(-1)?.id;
    for (const [conversation, track] of this.#tracks) {
      const { seq, link } = track.safe;
      if (seq === track.head?.seq || track.safe.epoch !== epoch) continue;
      const signature = sign(headContent(conversation, epoch, { seq, link }));
      track.head = { type: 'head', conversation, epoch, seq, link, signature };
      this.#out.broadcast(track.head);
    }
  }

  /** The store has forgotten what was before its floor; everywhere, or but for what those here have (L9). */
  forgotten(conversation: string, everywhere: boolean): void {
    const track = this.#track(conversation);
    track.told.changed();
    track.isFloorDue ||= everywhere;
    this.#tellFloor(conversation, track);
  }

  #tellFloor(conversation: string, track: Track): void {
    if (!track.isFloorDue) return;
    const { floor } = track.told;
    track.isFloorDue = floor.seq < track.log.floor.seq;
    if (floor.seq <= track.floor) return;
    track.floor = floor.seq;
    track.told.changed();
    this.#out.broadcast({ type: 'floor', conversation, floor });
  }

  /** How every conversation stands, to a newcomer whose copies end there (W4). */
  states(resume: readonly Resume[]): readonly LogState[] {
    return Array.from(this.#tracks, ([conversation, track]) => {
      const ancestry = resume.find((each) => each.conversation === conversation)?.ancestry ?? [];
      return this.#state(conversation, track, ancestry);
    });
  }

  #state(
    conversation: string,
    { safe, head, told }: Track,
    ancestry: Resume['ancestry'],
  ): LogState {
    const common = commonPosition(this.#options.epochs, conversation, safe.seq, ancestry);
    const { floor } = told;
    const { after, entries } =
      common !== null && common.seq >= floor.seq
        ? told.after(common.seq, WELCOME_ENTRIES)
        : told.before(safe.seq + 1, WELCOME_ENTRIES);
    return { conversation, common, floor, last: safe, after, entries, head };
  }

  /** L3. */
  sendPage(to: ConnectionId, request: Extract<ClientMessage, { type: 'history' }>): void {
    const { id, conversation, before = 0, after } = request;
    const told = this.#tracks.get(conversation)?.told;
    if (!told) {
      this.#out.refuse(to, 'no-such-conversation', id);
      return;
    }
    const limit = Math.min(request.limit, PAGE_MAX);
    const page = after === undefined ? told.before(before, limit) : told.after(after, limit);
    this.#out.send(to, { type: 'page', id, conversation, ...page });
  }

  #remember(id: string): void {
    this.#recent.add(id);
    if (this.#recent.size <= RECENT_MAX) return;
    const [oldest] = this.#recent;
    if (oldest !== undefined) this.#recent.delete(oldest);
  }

  #track(conversation: string): Track {
    const track = this.#tracks.get(conversation);
    if (!track) throw new RangeError('there is no such conversation');
    return track;
  }

  get #out(): Outgoing {
    return this.#options.out;
  }
}

function endOf({ epoch, seq, link }: Entry): ChainEnd {
  return { epoch, seq, link };
}
