/** What a hub has of the conversation everybody talks in, epoch after epoch, and how it tells of it. */
import { nextEpoch } from '../../main/hub/epochs.ts';
import type { KeptEpoch } from '../../main/hub/room-log.ts';
import type { KeptCopy } from '../../main/replica/track.ts';
import { BEGINNING, chained, headContent } from '../../main/timeline/chain.ts';
import type { ChainEnd } from '../../main/timeline/chain.ts';
import type { Entry } from '../../main/timeline/entry.ts';
import type {
  LogState,
  NewEntries,
  Page,
  PostedEvent,
  SignedHead,
} from '../../main/wire/messages.ts';
import { eventOf, signByHost } from '../hub/tried-hub.ts';
import { hash, sign } from '../simulation/crypto.ts';
import { HOST_KEY, ROOM, TALK } from '../simulation/names.ts';

/** What the host says with this number. */
function lineOf(seq: number): PostedEvent {
  return eventOf(HOST_KEY, { kind: 'message/text', content: { text: `line ${seq}` } }).event;
}

export class TriedLog {
  readonly epochs: readonly KeptEpoch[];
  #entries: readonly Entry[];

  constructor(before: readonly KeptEpoch[] = [], entries: readonly Entry[] = []) {
    const last = entries.at(-1);
    const places = last ? [{ conversation: TALK, seq: last.seq, link: last.link }] : [];
    const content = { room: ROOM.id, writer: HOST_KEY, places };
    this.epochs = [...before, nextEpoch(before, content, { hash, sign: signByHost })];
    this.#entries = entries;
  }

  /** The hub starts again, with all of it or with what was there up to a number. */
  restarted(upTo = Infinity): TriedLog {
    return new TriedLog(
      this.epochs,
      this.#entries.filter(({ seq }) => seq <= upTo),
    );
  }

  get epoch(): KeptEpoch {
    const epoch = this.epochs.at(-1);
    if (!epoch) throw new Error('there is always one');
    return epoch;
  }

  get end(): ChainEnd {
    return this.place(Infinity);
  }

  /** The place of the last item up to this number. */
  place(upTo: number): ChainEnd {
    const last = this.#entries.findLast(({ seq }) => seq <= upTo);
    return last ? { epoch: last.epoch, seq: last.seq, link: last.link } : BEGINNING;
  }

  /** Adds an item and returns it. */
  add(event: PostedEvent = lineOf(this.end.seq + 1)): Entry {
    const seq = this.end.seq + 1;
    const head = { epoch: this.epoch.id, seq, at: seq * 1_000, origin: null, policy: '' };
    const name = event.person === HOST_KEY ? 'Bo' : 'Ann';
    const [entry] = chained(ROOM.id, TALK, this.end, [{ ...event, ...head, name }], hash);
    if (!entry) throw new Error('one was added');
    this.#entries = [...this.#entries, entry];
    return entry;
  }

  /** The host talks until there are so many items. */
  fill(count: number): this {
    while (this.end.seq < count) this.add();
    return this;
  }

  between(after: number, last = Infinity): readonly Entry[] {
    return this.#entries.filter(({ seq }) => seq > after && seq <= last);
  }

  news(after: number, last = Infinity): NewEntries {
    return { type: 'entries', conversation: TALK, after, entries: this.between(after, last) };
  }

  page(id: string, after: number, last = Infinity): Page {
    const place = this.place(after);
    const entries = this.between(after, last);
    const more = last < this.end.seq;
    return { type: 'page', id, conversation: TALK, after: place, entries, more };
  }

  /** The host vouches for it up to a number. */
  head(upTo = this.end.seq, link = this.place(upTo).link): SignedHead {
    const epoch = this.epoch.id;
    const signature = sign(HOST_KEY, headContent(TALK, epoch, { seq: upTo, link }));
    return { type: 'head', conversation: TALK, epoch, seq: upTo, link, signature };
  }

  /** A copy of it that begins after this number, as this device has it. */
  copy(from = 0): KeptCopy {
    const items = this.between(from);
    const last = new Map<string, number>();
    for (const { epoch, seq } of items) last.set(epoch, seq);
    return {
      start: this.place(from),
      end: this.end,
      ancestry: Array.from(last, ([epoch, seq]) => ({ epoch, seq })).toReversed(),
      seqOf: (id) => items.find((it) => it.id === id)?.seq ?? null,
      linkAt: (seq) => (seq < from ? null : this.place(seq).link),
    };
  }

  /** As a welcome tells of it that comes with what follows `after`. */
  state(common: number | null, after = common ?? 0, change: Partial<LogState> = {}): LogState {
    const { epoch } = common === null ? BEGINNING : this.place(common);
    return {
      conversation: TALK,
      common: common === null ? null : { epoch: epoch === '' ? this.epoch.id : epoch, seq: common },
      floor: BEGINNING,
      last: this.end,
      after: this.place(after),
      entries: this.between(after),
      head: null,
      ...change,
    };
  }
}

/** A log with the host talking in it. */
export function logTo(count: number): TriedLog {
  return new TriedLog().fill(count);
}
