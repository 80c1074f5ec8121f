/** One conversation as a session follows it: where the copy ends, and what is missing of the log. */
import type { Hash, Verify } from '../events/event.ts';
import { chained, headContent } from '../timeline/chain.ts';
import type { ChainEnd } from '../timeline/chain.ts';
import type { Entry, Position, ReceivedEntry } from '../timeline/entry.ts';
import type { LogState, Page, SignedHead } from '../wire/messages.ts';
import { CatchUp } from './catch-up.ts';
import { joinUp } from './joining.ts';
import type { SessionEvent } from './session-types.ts';

/** A copy as this device has it. */
export interface KeptCopy {
  /** What its first item follows. */
  readonly start: ChainEnd;
  readonly end: ChainEnd;
  /** The epochs it came through, the newest first, each with the last seq it has of it. */
  readonly ancestry: readonly Position[];
  /** Where an item with this id stands in it; null when there is none. */
  seqOf(id: string): number | null;
  /** The link after the item with this seq; null when it has none. */
  linkAt(seq: number): string | null;
}

/** Links of so many items are known again, for a head that is on its way. */
const LINKS_MAX = 2_000;

export class Track {
  readonly conversation: string;
  readonly catchUp: CatchUp;
  readonly #room: string;
  readonly #hash: Hash;
  readonly #kept: () => KeptCopy | null;
  /** The copy is this log's from there on. */
  #from = 0;
  #end: ChainEnd | null;
  #ancestry: readonly Position[];
  /** The link after each of the last items. */
  readonly #links = new Map<number, string>();
  /** A head that the copy has not come to yet. */
  #ahead: SignedHead | null = null;
  #covered = 0;

  constructor(room: string, conversation: string, kept: () => KeptCopy | null, hash: Hash) {
    this.conversation = conversation;
    this.catchUp = new CatchUp(conversation);
    this.#room = room;
    this.#hash = hash;
    this.#kept = kept;
    const copy = kept();
    this.#end = copy?.end ?? null;
    if (copy) this.#links.set(copy.end.seq, copy.end.link);
    this.#ancestry = copy?.ancestry ?? [];
  }

  /** Another one that has come as far, for a welcome that may not be believed. */
  clone(): Track {
    const track = new Track(this.#room, this.conversation, this.#kept, this.#hash);
    track.#from = this.#from;
    track.#end = this.#end;
    track.#ancestry = this.#ancestry;
    for (const [seq, link] of this.#links) track.#links.set(seq, link);
    return track;
  }

  /** Null before the first welcome. */
  get end(): ChainEnd | null {
    return this.#end;
  }

  /** Up to where the room has vouched for it on this connection. */
  get covered(): number {
    return this.#covered;
  }

  cover(seq: number): void {
    this.#covered = Math.max(this.#covered, seq);
  }

  get ancestry(): readonly Position[] {
    return this.#ancestry;
  }

  /**
   * Joins up with the log that a welcome tells of, which stood at `place` when its epoch began; null
   * when it is not the log that was told before (W5).
   */
  welcome(
    state: LogState,
    place: Pick<ChainEnd, 'seq' | 'link'> | undefined,
  ): readonly SessionEvent[] | null {
    const { conversation } = this;
    const { floor, last, after, entries } = state;
    this.catchUp.begin(last.seq);
    this.#ahead = null;
    const events: SessionEvent[] = [];
    const shared = Math.min(state.common?.seq ?? 0, this.#end?.seq ?? 0);
    const isOther = [floor, after, last, ...(place ? [place] : [])].some(
      ({ seq, link }) => seq <= shared && (this.#linkAt(seq) ?? link) !== link,
    );
    if (isOther) return null;
    const start = this.#kept()?.start.seq ?? this.#from;
    const joining = joinUp(start, this.#end, state);
    if (joining.join === 'begins') {
      this.#beginAfter(joining.after);
      events.push({ type: 'reset', conversation, after: joining.after });
    } else if (this.#end !== null && joining.keep < this.#end.seq) {
      this.#cutAfter({ ...after, seq: joining.keep });
      events.push({ type: 'truncated', conversation, last: joining.keep });
    }
    if (floor.seq > 0) events.push({ type: 'forgotten', conversation, floor: floor.seq });
    if (this.#end === null) return null;
    if (after.seq === this.#end.seq && after.link !== this.#end.link) return null;
    const told = this.take(after.seq, entries);
    if (told) events.push(told);
    const isAll = this.#end.seq === last.seq;
    return isAll && this.#end.link !== last.link ? null : events;
  }

  /** Takes in what follows the copy, complete from `after` on; the rest is fetched (L4). */
  take(
    after: number,
    received: readonly ReceivedEntry[],
  ): Extract<SessionEvent, { type: 'entries' }> | null {
    this.catchUp.heardOf(received.at(-1)?.seq ?? 0);
    const end = this.#end;
    if (end === null || after > end.seq) return null;
    const news = received.filter(({ seq }) => seq > end.seq);
    if (news.length === 0) return null;
    const { conversation } = this;
    const entries = chained(this.#room, conversation, end, news, this.#hash);
    for (const entry of entries) this.#follow(entry);
    return { type: 'entries', conversation, entries };
  }

  /** What a page that was fetched for what is missing brings. */
  page(page: Page): readonly SessionEvent[] {
    const { conversation } = this;
    switch (this.catchUp.judge(page, this.#end?.seq ?? 0)) {
      case 'leads-nowhere':
        return [];
      case 'skips': {
        this.#beginAfter(page.after);
        const told = this.take(page.after.seq, page.entries);
        const reset = { type: 'reset', conversation, after: page.after } as const;
        return told ? [reset, told] : [reset];
      }
      case 'follows': {
        const told = this.take(page.after.seq, page.entries);
        return told ? [told] : [];
      }
    }
  }

  /** An older page, with what follows from it. */
  older({ after, entries }: Page): readonly Entry[] {
    return chained(this.#room, this.conversation, after, entries, this.#hash);
  }

  /**
   * A head that the writer of the epoch signed: up to where it covers what is here, null while the copy
   * has not come to it, and false when it is of another log (L8).
   */
  judgeHead(
    head: SignedHead,
    epoch: string,
    writer: string,
    verify: Verify,
  ): number | null | false {
    const { conversation } = this;
    if (
      head.epoch !== epoch ||
      !verify(writer, headContent(conversation, epoch, head), head.signature)
    ) {
      return false;
    }
    if ((this.#end?.seq ?? 0) < head.seq) {
      this.#ahead = head;
      this.catchUp.heardOf(head.seq);
      return null;
    }
    if ((this.#linkAt(head.seq) ?? head.link) !== head.link) return false;
    this.cover(head.seq);
    return head.seq;
  }

  /** A head that the copy has come to by now. */
  takeHead(): SignedHead | null {
    const head = this.#ahead;
    if (head === null || (this.#end?.seq ?? 0) < head.seq) return null;
    this.#ahead = null;
    return head;
  }

  /** Null when nothing is known of that place. */
  #linkAt(seq: number): string | null {
    const link = this.#links.get(seq);
    if (link !== undefined) return link;
    return seq < this.#from ? null : (this.#kept()?.linkAt(seq) ?? null);
  }

  #follow({ epoch, seq, link }: Entry): void {
    this.#end = { epoch, seq, link };
    this.#ancestry =
      this.#ancestry[0]?.epoch === epoch
        ? [{ epoch, seq }, ...this.#ancestry.slice(1)]
        : [{ epoch, seq }, ...this.#ancestry];
    this.#links.set(seq, link);
    if (this.#links.size <= LINKS_MAX) return;
    const [oldest] = this.#links.keys();
    if (oldest !== undefined) this.#links.delete(oldest);
  }

  #beginAfter(after: ChainEnd): void {
    this.#end = after;
    this.#from = after.seq;
    this.#links.clear();
    this.#links.set(after.seq, after.link);
    this.#ancestry = after.epoch === '' ? [] : [{ epoch: after.epoch, seq: after.seq }];
  }

  #cutAfter(end: ChainEnd): void {
    this.#end = end;
    for (const seq of this.#links.keys()) if (seq > end.seq) this.#links.delete(seq);
    this.#links.set(end.seq, end.link);
    const left = this.#ancestry.findIndex(({ epoch }) => epoch === end.epoch);
    this.#ancestry = this.#ancestry
      .slice(Math.max(left, 0))
      .map((each) => ({ ...each, seq: Math.min(each.seq, end.seq) }));
  }
}
