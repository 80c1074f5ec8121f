/**
 * A member's side of a room at work: its session, its outbox and its copies of the logs. The same
 * engine runs in the app, in a page and in a simulation: clock, disk, connection and crypto are its
 * ports.
 */
import { signedContent } from '../events/event.ts';
import type { Hash, Reference, Verify } from '../events/event.ts';
import { firstConversationOf } from '../events/room-id.ts';
import type { Clock, Timer } from '../model/clock.ts';
import { actOf } from '../policy/act.ts';
import { PolicyLog } from '../policy/policy-log.ts';
import { PAGE_MAX, REFERENCES_MAX } from '../protocol/limits.ts';
import type { CheckedEntry, Entry } from '../timeline/entry.ts';
import { Copy } from './copy.ts';
import type { ReplicaStore } from './copy-store.ts';
import type { Connect, Connection } from './link.ts';
import { makeEvent } from './make-event.ts';
import type { Signer, Wish } from './make-event.ts';
import type { OutboxItem } from './outbox.ts';
import { Session } from './session.ts';
import type { SessionOptions } from './session.ts';
import type { Answer, SessionEffect, SessionEvent, SessionInput } from './session-types.ts';

/** An input of each kind without the time and the chance the engine adds. */
type Untimed<Input> = Input extends SessionInput ? Omit<Input, 'now'> : never;

/** What the application may ask for; the rest comes from connections and timers, and by `post`. */
export type Prompt = Untimed<
  Exclude<SessionInput, { type: 'opened' | 'message' | 'closed' | 'timer' | 'post' }>
>;

/** What the application learns: as the session tells it, but for entries, which are checked and kept. */
export type ReplicaEvent =
  | Exclude<SessionEvent, { type: 'entries' }>
  | {
      readonly type: 'entries';
      readonly conversation: string;
      readonly entries: readonly CheckedEntry[];
    };

export interface ReplicaOptions extends Pick<
  SessionOptions,
  'name' | 'roomId' | 'you' | 'doubtHost'
> {
  readonly clock: Clock;
  readonly random: () => number;
  readonly connect: Connect;
  readonly hash: Hash;
  readonly verify: Verify;
  readonly signer: Signer;
  /** What is kept of a room; null where nothing is yet, and `add` was not called. */
  readonly storeOf: (roomId: string) => ReplicaStore | null;
  readonly onEvent: (event: ReplicaEvent) => void;
  /** Something could not be kept: it stays in memory, and is written with what comes next. */
  readonly onProblem: (error: unknown) => void;
}

/** An event as the application wants it. */
export type Wanted = Pick<Wish, 'conversation' | 'kind' | 'content' | 'references'>;

/**
 * While much comes it is taken in so far apart, in ms: each time is a write to the disk, and news for
 * every window, which draw less often than that.
 */
const APART_MS = 32;

export class Replica {
  readonly #options: ReplicaOptions;
  readonly #session: Session;
  #roomId: string | null;
  #store: ReplicaStore | null = null;
  readonly #copies = new Map<string, Copy>();
  /** What holds in the room, as far as this device has its acts; null until the founder is known. */
  #policy: PolicyLog | null = null;
  #isBackfilling = false;
  #connection: Connection | null = null;
  #wake: Timer | null = null;
  /** What came and is yet to be taken in, a part a conversation. */
  readonly #arrived = new Map<string, CheckedEntry[]>();
  #gathering: Timer | null = null;
  /** The outbox as the disk has not taken it yet. */
  #unsaved: readonly OutboxItem[] | null = null;
  /** When it was done last; ms of a clock that never goes back. */
  #tookInAt = -Infinity;

  constructor(options: ReplicaOptions) {
    this.#options = options;
    this.#roomId = options.roomId;
    if (options.roomId !== null) this.#open(options.roomId);
    this.#session = new Session({
      ...options,
      outbox: this.#store?.outbox() ?? [],
      copyOf: (roomId, conversation) => {
        const store = options.storeOf(roomId)?.copy(conversation);
        if (!store) return null;
        const copy = this.#copies.get(conversation) ?? new Copy(store, options.hash);
        return {
          start: copy.start,
          end: copy.end,
          ancestry: store.ancestry(),
          seqOf: (id) => copy.find(id)?.seq ?? null,
          linkAt: (seq) => copy.linkAt(seq),
        };
      },
    });
  }

  /** Null until it is known. */
  get roomId(): string | null {
    return this.#roomId;
  }

  /** The conversation everybody talks in; null until the room is known. */
  get firstConversation(): string | null {
    return this.#roomId === null ? null : firstConversationOf(this.#roomId, this.#options.hash);
  }

  /** This device's copy of a conversation; null until there is one. */
  copy(conversation: string): Copy | null {
    return this.#copies.get(conversation) ?? null;
  }

  /** What holds in the room, as far as this device has its acts; null until the founder is known. */
  get policy(): PolicyLog | null {
    return this.#policy;
  }

  /** What was made here and is not in the log, as far as is known. */
  get waiting(): readonly OutboxItem[] {
    return this.#session.waiting;
  }

  prompt(prompt: Prompt): void {
    this.#input({ ...prompt, now: this.#options.clock.now() });
  }

  /** Signs an event and has it sent; throws storage-*, for what was made is kept before (S2). */
  post(wanted: Wanted): OutboxItem {
    const item = this.#make(wanted);
    this.#store?.saveOutbox([...this.#store.outbox(), item]);
    this.#input({ type: 'post', now: this.#options.clock.now(), item });
    return item;
  }

  /** Signs an act that is sent at once or not at all; its id is that of the answer. It names the acts seen (X13). */
  act(kind: string, content: object, references: readonly Reference[] = []): string {
    const seen = (this.#policy?.heads ?? []).map((id) => ({ as: 'after', id }));
    const all = [...references, ...seen].slice(0, REFERENCES_MAX);
    return this.ask({ conversation: this.#roomId ?? '', kind, content, references: all });
  }

  /** Signs an event that is sent at once or not at all; its id is that of the answer. */
  ask(wanted: Wanted): string {
    const { id, event } = this.#make(wanted);
    const { room: _, ...posted } = event;
    this.prompt({ type: 'ask', request: { type: 'post', id, event: posted } });
    return id;
  }

  /**
   * Makes a new connection at once, for this one may be dead without knowing. It is not closed: if
   * it lives, the hub ends it when the new one takes over, and nobody there notices (H6).
   */
  reconnect(): void {
    if (!this.#connection) return;
    this.#connection = null;
    const now = this.#options.clock.now();
    this.#input({ type: 'closed', now, reason: 'connection-lost', random: 0 });
    this.#input({ type: 'retry-now', now });
  }

  /** What came just now is in the copies when it returns. */
  takeIn(): void {
    this.#gathering?.cancel();
    this.#gathering = null;
    if (this.#unsaved) this.#saveOutbox(this.#unsaved);
    if (this.#arrived.size === 0) return;
    this.#tookInAt = this.#options.clock.monotonic();
    for (const [conversation, entries] of this.#arrived) {
      this.#arrived.delete(conversation);
      this.#attempt(() => this.#copies.get(conversation)?.append(entries));
      if (conversation === this.#roomId) this.#weigh(entries);
      this.#options.onEvent({ type: 'entries', conversation, entries });
    }
  }

  #make(wanted: Wanted): OutboxItem {
    const { signer, clock, hash } = this.#options;
    return makeEvent({ ...wanted, room: this.#roomId ?? '', written: clock.now() }, signer, hash);
  }

  #open(roomId: string): void {
    if (this.#store) return;
    this.#store = this.#options.storeOf(roomId);
    if (!this.#store) return;
    for (const conversation of [roomId, firstConversationOf(roomId, this.#options.hash)]) {
      this.#copies.set(conversation, new Copy(this.#store.copy(conversation), this.#options.hash));
    }
  }

  #input(input: SessionInput): void {
    for (const effect of this.#session.handle(input)) this.#carryOut(effect);
  }

  #carryOut(effect: SessionEffect): void {
    switch (effect.type) {
      case 'connect':
        this.#wake?.cancel();
        this.#dial();
        break;
      case 'send':
        this.#connection?.send(effect.message);
        break;
      case 'disconnect':
        this.#wake?.cancel();
        this.#connection?.close();
        this.#connection = null;
        break;
      case 'wake': {
        const { clock } = this.#options;
        this.#wake?.cancel();
        const ms = Math.max(0, effect.at - clock.now());
        this.#wake = clock.after(ms, () => this.#input({ type: 'timer', now: clock.now() }));
        break;
      }
      case 'tell':
        this.#onEvent(effect.event);
        break;
    }
  }

  #dial(): void {
    const { clock, random, connect } = this.#options;
    const connection: Connection = connect({
      opened: () => {
        if (this.#connection === connection) this.#input({ type: 'opened', now: clock.now() });
      },
      message: (message) => {
        if (this.#connection !== connection) return;
        this.#input({ type: 'message', now: clock.now(), message });
      },
      closed: (reason) => {
        if (this.#connection !== connection) return;
        this.#connection = null;
        this.#input({ type: 'closed', now: clock.now(), reason, random: random() });
      },
    });
    this.#connection = connection;
  }

  /** Keeps what is told in the order it is told, then passes it on. */
  #onEvent(event: SessionEvent): void {
    if (event.type === 'entries') {
      this.#arrive(event.conversation, event.entries);
      return;
    }
    if (event.type !== 'typing' && event.type !== 'presence') this.takeIn();
    switch (event.type) {
      case 'room':
        this.#roomId = event.room.id;
        this.#options.onEvent(event);
        this.#open(event.room.id);
        if (!this.#policy) this.#weighAnew(event.room.founder);
        return;
      case 'reset':
        this.#attempt(() => this.#copies.get(event.conversation)?.reset(event.after));
        if (event.conversation === this.#roomId) this.#weighAnew();
        break;
      case 'truncated':
        this.#attempt(() => this.#copies.get(event.conversation)?.truncate(event.last));
        if (event.conversation === this.#roomId) this.#weighAnew();
        break;
      case 'forgotten':
        this.#attempt(() => this.#copies.get(event.conversation)?.forgetTo(event.floor));
        break;
      case 'outbox':
        this.#saveOutbox(event.items);
        break;
      case 'answer':
        if (event.answer.ok && event.answer.type === 'history') this.#takeOlder(event.answer);
        break;
      case 'status':
        this.#isBackfilling = false;
        break;
      case 'welcomed':
      case 'presence':
      case 'typing':
        break;
    }
    this.#options.onEvent(event);
    if (event.type === 'status' && event.status.state === 'here') this.#backfill();
  }

  /** An act counts by what its author had seen: all of them are fetched, however long the log (X13). */
  #backfill(): void {
    const room = this.#roomId;
    const copy = room === null ? null : this.copy(room);
    if (room === null || !copy || copy.start.seq === 0 || this.#isBackfilling) return;
    this.#isBackfilling = true;
    const id = `acts-before-${copy.start.seq}`;
    const wanted = { conversation: room, before: copy.start.seq + 1, limit: PAGE_MAX };
    this.prompt({ type: 'ask', request: { type: 'history', id, ...wanted } });
  }

  #weigh(entries: readonly CheckedEntry[]): void {
    // What is doubted was not done by the person it names.
    for (const entry of entries) if (entry.doubt === undefined) this.#policy?.add(actOf(entry));
  }

  #weighAnew(founder = this.#policy?.policy.founder): void {
    if (founder === undefined) return;
    this.#policy = new PolicyLog(founder);
    this.#weigh(this.copy(this.#roomId ?? '')?.after(0, Number.MAX_SAFE_INTEGER) ?? []);
  }

  /** Older items join the copy when the chain leads from them to its first (L3, L5). */
  #takeOlder({ conversation, after, entries }: Extract<Answer, { type: 'history' }>): void {
    const copy = this.#copies.get(conversation);
    const last = entries.at(-1);
    if (last?.seq !== copy?.start.seq || last?.link !== copy?.start.link) return;
    this.#attempt(() => copy?.prepend(after, this.#checked(conversation, entries)));
    if (conversation !== this.#roomId) return;
    this.#isBackfilling = false;
    this.#weighAnew();
    this.#backfill();
  }

  /** These came, and follow the copy: taken in at once when little comes. */
  #arrive(conversation: string, entries: readonly Entry[]): void {
    const { clock } = this.#options;
    const arrived = this.#arrived.get(conversation) ?? [];
    this.#arrived.set(conversation, arrived);
    arrived.push(...this.#checked(conversation, entries));
    const wait = this.#tookInAt + APART_MS - clock.monotonic();
    this.#gathering ??= clock.after(Math.max(0, wait), () => this.takeIn());
  }

  /** Every reader checks for itself what is not to be taken for its author's (E1). */
  #checked(conversation: string, entries: readonly Entry[]): readonly CheckedEntry[] {
    const ids = new Set(this.#arrived.get(conversation)?.map(({ id }) => id));
    return entries.map((entry) => {
      const other = this.#copies.get(conversation)?.find(entry.id);
      const isRepeated = ids.has(entry.id) || (other ? other.seq !== entry.seq : false);
      ids.add(entry.id);
      if (!this.#isTheirs(entry)) return { ...entry, doubt: 'signature' };
      return isRepeated ? { ...entry, doubt: 'replayed' } : entry;
    });
  }

  #isTheirs(entry: Entry): boolean {
    const { hash, verify } = this.#options;
    const { person, device, signature } = entry;
    // No device but the first speaks for a person yet.
    if (device !== person) return false;
    return verify(device, signedContent({ ...entry, room: this.#roomId ?? '' }, hash), signature);
  }

  #saveOutbox(items: readonly OutboxItem[]): void {
    this.#unsaved = items;
    this.#attempt(() => {
      this.#store?.saveOutbox(items);
      this.#unsaved = null;
    });
  }

  #attempt(write: () => void): void {
    try {
      write();
    } catch (error) {
      this.#options.onProblem(error);
    }
  }
}
