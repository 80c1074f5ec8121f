/** One room this device is in: its session, its copy of the log, and what a window shows of it. */
import { randomUUID } from 'node:crypto';
import type { Answer, Request, SessionEvent } from '../client/session-types.ts';
import type {
  BridgeEvent,
  Entry,
  HostedInfo,
  Member,
  MemberId,
  Notice,
  NoticeText,
  Pending,
  RoomInfo,
  RoomKey,
  RoomStatus,
  RoomView,
} from '../../preload/contract.ts';
import { LanyardError } from '../errors.ts';
import { PAGE_MAX } from '../protocol/limits.ts';
import { normalizeText } from '../protocol/text.ts';
import { REFUSALS } from '../protocol/refusals.ts';
import type { Connect } from '../transport/connection.ts';
import { mentions } from './mentions.ts';
import { noticeOf } from './notices.ts';
import { withChange } from './presence.ts';
import { RoomCopy } from './room-copy.ts';
import { SessionDriver } from './session-driver.ts';

/** How many quiet lines are kept for a window that opens later. */
const NOTICES_KEPT = 200;

export interface RoomOptions {
  readonly name: string;
  readonly connect: Connect;
  /** The room it must be, when that is known. */
  readonly roomId: string | null;
  /** What to call the room until it has told its name. */
  readonly label: string;
  readonly hosting: HostedInfo | null;
  readonly emit: (event: BridgeEvent) => void;
  /** Somebody else said this, just now; `mention` when it names this person. */
  readonly onSaid: (room: Room, entry: Entry, mention: boolean) => void;
}

export class Room {
  readonly key: RoomKey = randomUUID();
  readonly #driver: SessionDriver;
  readonly #emit: (event: BridgeEvent) => void;
  readonly #onSaid: RoomOptions['onSaid'];
  readonly #copy = new RoomCopy();
  readonly #answers = new Map<string, (answer: Answer) => void>();
  readonly #firstOutcome = Promise.withResolvers<void>();
  #info: RoomInfo;
  #hosting: HostedInfo | null;
  #status: RoomStatus = { state: 'connecting' };
  #you: MemberId | null = null;
  #roster: readonly Member[] = [];
  #typing: readonly MemberId[] = [];
  #pending: readonly Pending[] = [];
  #notices: Notice[] = [];
  #noticeCount = 0;

  constructor(options: RoomOptions) {
    const { name, roomId, label } = options;
    this.#emit = options.emit;
    this.#onSaid = options.onSaid;
    this.#hosting = options.hosting;
    this.#info = { id: roomId ?? '', name: label, locked: false, idleMinutes: null };
    this.#driver = new SessionDriver({ name, roomId }, options.connect, (event) =>
      this.#onEvent(event),
    );
  }

  /** Empty until it is known. */
  get id(): string {
    return this.#info.id;
  }

  get name(): string {
    return this.#info.name;
  }

  get status(): RoomStatus {
    return this.#status;
  }

  view(): RoomView {
    const entries = this.#copy.newest();
    return {
      key: this.key,
      info: this.#info,
      hosting: this.#hosting,
      status: this.#status,
      you: this.#you,
      roster: this.#roster,
      typing: this.#typing,
      entries,
      hasOlder: (entries[0]?.seq ?? 1) > 1,
      notices: this.#notices,
      pending: this.#pending,
      unread: this.#copy.unread,
    };
  }

  /** Resolves once it is in, rejects with the reason when it did not come that far. */
  join(): Promise<void> {
    this.#driver.prompt({ type: 'start' });
    return this.#firstOutcome.promise;
  }

  rejoin(): void {
    this.#driver.prompt({ type: 'start' });
  }

  retryNow(): void {
    this.#driver.prompt({ type: 'retry-now' });
  }

  leave(): void {
    this.#driver.prompt({ type: 'leave' });
  }

  /** Throws text-empty, text-too-long. */
  say(text: string): string {
    const normalized = normalizeText(text);
    if (!normalized.ok) throw new LanyardError(normalized.problem, REFUSALS[normalized.problem]);
    const id = randomUUID();
    this.#driver.prompt({ type: 'say', id, text: normalized.text });
    return id;
  }

  retry(id: string): void {
    this.#driver.prompt({ type: 'retry', id });
  }

  cancel(id: string): void {
    this.#driver.prompt({ type: 'cancel', id });
  }

  setTyping(on: boolean): void {
    this.#driver.prompt({ type: 'typing', on });
  }

  /** Rejects with the hub's refusal. */
  async rename(name: string): Promise<void> {
    await this.#ask({ type: 'rename', id: randomUUID(), name });
  }

  markRead(seq: number): void {
    this.#copy.markRead(seq);
    this.#emitUnread();
  }

  setHosting(hosting: HostedInfo): void {
    this.#hosting = hosting;
    this.#emit({ type: 'room-hosting', key: this.key, hosting });
  }

  /** Older entries, from the copy or, where that ends, from the hub. */
  async entriesBefore(
    seq: number,
    limit: number,
  ): Promise<{ entries: readonly Entry[]; hasOlder: boolean }> {
    if (seq <= this.#copy.first && this.#copy.first > 1) {
      const request = { before: this.#copy.first, limit: PAGE_MAX } as const;
      const answer = await this.#ask({ type: 'history', id: randomUUID(), ...request });
      if (answer.type === 'history') this.#copy.prepend(answer.entries);
    }
    const entries = this.#copy.before(seq, limit);
    return { entries, hasOlder: (entries[0]?.seq ?? 1) > 1 };
  }

  #ask(request: Request): Promise<Extract<Answer, { ok: true }>> {
    return new Promise((resolve, reject) => {
      this.#answers.set(request.id, (answer) => {
        if (answer.ok) resolve(answer);
        else reject(new LanyardError(answer.code, answer.sentence));
      });
      this.#driver.prompt({ type: 'ask', request });
    });
  }

  #onEvent(event: SessionEvent): void {
    const { key } = this;
    switch (event.type) {
      case 'status':
        this.#onStatus(event.status);
        break;
      case 'room':
        this.#info = event.room;
        this.#emit({ type: 'room-info', key, info: event.room });
        break;
      case 'roster':
        this.#you = event.you;
        this.#roster = event.roster;
        this.#setTypingMembers([]);
        this.#emit({ type: 'room-roster', key, you: event.you, roster: event.roster });
        break;
      case 'presence':
        for (const change of event.changes) {
          this.#roster = withChange(this.#roster, change);
          const what = noticeOf(change);
          if (what) this.#notice(what);
          if (change.change === 'left') this.#stopTyping(change.id);
        }
        this.#emit({ type: 'room-presence', key, changes: event.changes });
        break;
      case 'typing':
        this.#stopTyping(event.id);
        if (event.on) this.#setTypingMembers([...this.#typing, event.id]);
        break;
      case 'reset':
        this.#copy.reset(event.entries);
        this.#notices = [];
        this.#emit({
          type: 'room-log-reset',
          key,
          entries: event.entries,
          hasOlder: (event.entries[0]?.seq ?? 1) > 1,
        });
        this.#emitUnread();
        break;
      case 'entries':
        this.#copy.append(event.entries);
        this.#emit({ type: 'room-entries', key, entries: event.entries });
        this.#onEntries(event.entries);
        break;
      case 'pending':
        this.#pending = event.pending;
        this.#emit({ type: 'room-pending', key, pending: event.pending });
        break;
      case 'answer':
        this.#answers.get(event.id)?.(event.answer);
        this.#answers.delete(event.id);
        break;
    }
  }

  #onStatus(status: RoomStatus): void {
    const before = this.#status.state;
    this.#status = status;
    this.#emit({ type: 'room-status', key: this.key, status });
    if (status.state === 'here') {
      this.#notice({ kind: 'connected', count: this.#roster.length });
      this.#firstOutcome.resolve();
    }
    if (status.state === 'ended') {
      this.#firstOutcome.reject(new LanyardError(status.reason, status.sentence));
    }
    if (before === 'here' && (status.state === 'waiting' || status.state === 'ended')) {
      this.#setTypingMembers([]);
      this.#notice({ kind: 'disconnected', reason: status.reason });
    }
  }

  #onEntries(entries: readonly Entry[]): void {
    const ownName = this.#ownName();
    for (const entry of entries) {
      this.#stopTyping(entry.from);
      if (entry.from === this.#you) {
        this.#copy.markRead(entry.seq);
        continue;
      }
      const mention = mentions(entry.text, ownName);
      this.#copy.addUnread(entry.seq, mention);
      this.#onSaid(this, entry, mention);
    }
    this.#emitUnread();
  }

  #ownName(): string {
    return this.#roster.find(({ id }) => id === this.#you)?.name ?? '';
  }

  #notice(what: NoticeText): void {
    this.#noticeCount += 1;
    const notice = { id: this.#noticeCount, at: Date.now(), after: this.#copy.last, what };
    this.#notices = [...this.#notices.slice(1 - NOTICES_KEPT), notice];
    this.#emit({ type: 'room-notice', key: this.key, notice });
  }

  #stopTyping(id: MemberId): void {
    if (this.#typing.includes(id)) this.#setTypingMembers(this.#typing.filter((who) => who !== id));
  }

  #setTypingMembers(typing: readonly MemberId[]): void {
    if (typing.length === 0 && this.#typing.length === 0) return;
    this.#typing = typing;
    this.#emit({ type: 'room-typing', key: this.key, typing });
  }

  #emitUnread(): void {
    this.#emit({ type: 'room-unread', key: this.key, unread: this.#copy.unread });
  }
}
