/** One room this device is in: its session, its copy of the log, and what a window shows of it. */
import { randomUUID } from 'node:crypto';
import type { SessionEvent } from '../client/session-types.ts';
import type { BridgeEvent, RoomView } from '../../preload/contract.ts';
import type { ActName } from '../model/act-names.ts';
import type { CheckedEntry, SaidEntry } from '../model/entry.ts';
import type { ExportedLog, ExportFormat } from '../model/exported-log.ts';
import type { HostedInfo } from '../model/hosting.ts';
import type { Ban } from '../model/member.ts';
import type { NoticeText } from '../model/notice.ts';
import type { Pending } from '../model/pending.ts';
import type { RoomStatus } from '../model/room-status.ts';
import type { RoomInfo, RoomKey } from '../model/room.ts';
import { LanyardError } from '../errors.ts';
import type { DeviceIdentity } from '../identity/device-identity.ts';
import { PAGE_MAX } from '../protocol/limits.ts';
import type { Entry, LogPosition, MemberId } from '../protocol/messages.ts';
import { normalizeText } from '../protocol/text.ts';
import type { Storage } from '../storage/storage.ts';
import type { Connect, JudgeHost } from '../transport/connection.ts';
import { entryId } from './entry-id.ts';
import { PLAIN_ENTRANCE } from './entrance.ts';
import type { Entrance } from './entrance.ts';
import { KeptRoom } from './kept-room.ts';
import { noticeOf, Notices } from './notices.ts';
import { People } from './people.ts';
import { Requests } from './requests.ts';
import { RoomDoor } from './room-door.ts';
import type { DoubtedHost } from './room-door.ts';
import { RoomHistory } from './room-history.ts';
import type { Stretch } from './room-history.ts';
import { SessionDriver } from './session-driver.ts';

export interface RoomOptions {
  readonly ownName: string;
  readonly identity: DeviceIdentity;
  /** Connects to whoever may be the host. */
  readonly connect: (judgeHost: JudgeHost) => Connect;
  readonly storage: Storage;
  /** The room it must be, when that is known. */
  readonly roomId: string | null;
  /** Where it can be reached, where it was reached last first. */
  readonly addresses: () => readonly string[];
  /** What to call the room until it has told its name. */
  readonly label: string;
  /** True for a room of this device. */
  readonly own: boolean;
  readonly emit: (event: BridgeEvent) => void;
  /** Which room it is was not known before; false when this device is in it already. */
  readonly mayBe: (id: string) => boolean;
  /** Something could not be kept; the person should know. */
  readonly onProblem: (problem: LanyardError) => void;
  /** Somebody else said this, just now; `mention` when it names this person. */
  readonly onSaid: (room: Room, entry: SaidEntry, mention: boolean) => void;
}

export class Room {
  readonly key: RoomKey = randomUUID();
  readonly own: boolean;
  readonly #options: RoomOptions;
  readonly #driver: SessionDriver;
  readonly #emit: (event: BridgeEvent) => void;
  readonly #requests = new Requests();
  readonly #people: People;
  /** Of the last join; null before the first, when nobody waits for one. */
  #joining: PromiseWithResolvers<void> | null = null;
  readonly #kept: KeptRoom;
  #info: RoomInfo;
  #hosting: HostedInfo | null = null;
  #status: RoomStatus;
  readonly #door: RoomDoor;
  #pending: readonly Pending[];
  readonly #history: RoomHistory;
  readonly #notices = new Notices();
  /** True once it turned out to be a room this device is in already. */
  #isTwin = false;

  constructor(options: RoomOptions) {
    const { ownName, roomId, label, own, identity, connect, emit, storage, onProblem } = options;
    this.own = own;
    this.#options = options;
    this.#emit = emit;
    this.#kept = new KeptRoom({
      storage,
      roomId,
      own,
      onProblem,
    });
    const { record } = this.#kept;
    const you = record?.you ?? null;
    this.#door = new RoomDoor({
      you: identity.id,
      own,
      hostKey: record?.hostKey ?? null,
      hostKeyOf: (id) => storage.room(id)?.record.hostKey ?? null,
      connect,
      onKeys: (hostKey, otherHostKey) =>
        emit({ type: 'room-host-key', key: this.key, hostKey, otherHostKey }),
    });
    this.#pending = this.#kept.outbox();
    this.#people = new People(you, (typing) =>
      emit({ type: 'room-typing', key: this.key, typing }),
    );
    this.#history = new RoomHistory({
      key: this.key,
      roomId: () => this.id,
      kept: this.#kept,
      people: this.#people,
      fetchBefore: (seq) => this.#fetchBefore(seq),
      emit,
      onSaid: (entry, mention) => options.onSaid(this, entry, mention),
    });
    this.#info = {
      id: roomId ?? '',
      name: label,
      access: 'open',
      locked: false,
      slowSeconds: 0,
      idleMinutes: null,
      remembersDays: null,
    };
    this.#status = { state: 'ended', reason: 'left' };
    this.#driver = new SessionDriver(
      {
        name: record?.ownName ?? ownName,
        roomId,
        you,
        outbox: this.#pending,
        copyOf: (id) => this.#kept.positionIn(id),
        doubtHost: (id) => this.#door.doubt(id),
      },
      this.#door.connect,
      (content) => identity.sign(content),
      (event) => this.#onEvent(event),
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
    return {
      key: this.key,
      info: this.#info,
      own: this.own,
      hosting: this.#hosting,
      status: this.#status,
      hostKey: this.#door.hostKey,
      otherHostKey: this.#door.otherHostKey,
      you: this.#people.you,
      roster: this.#people.roster,
      typing: this.#people.typing,
      ...this.#history.newest(),
      notices: this.#notices.list,
      pending: this.#pending,
      unread: this.#kept.unread,
    };
  }

  /** Whether it was open when the app last ended. */
  get wasActive(): boolean {
    return this.#kept.record?.active ?? false;
  }

  /** Resolves once it is in or will be tried again, rejects with the reason when it gave up. */
  join(entrance: Entrance = PLAIN_ENTRANCE): Promise<void> {
    this.#door.prepare(entrance);
    const joining = Promise.withResolvers<void>();
    this.#joining = joining;
    this.#driver.prompt({ type: 'start' });
    return joining.promise;
  }

  /** It is being opened on this device, until `opening` settles; a failure leaves it as it was. */
  async whileOpening(opening: Promise<void>): Promise<void> {
    const before = this.#status;
    const status: RoomStatus = { state: 'connecting' };
    this.#setStatus(status);
    try {
      await opening;
    } catch (error) {
      if (this.#status === status) this.#setStatus(before);
      throw error;
    }
  }

  #setStatus(status: RoomStatus): void {
    this.#status = status;
    this.#emit({ type: 'room-status', key: this.key, status });
  }

  /** Who said it is a room whose host has another key; null while nobody did. */
  get doubted(): DoubtedHost | null {
    return this.#door.doubted;
  }

  /** Another device said that it hosts this room, which is not joined now: shows both keys. */
  warnOfOtherHost(hostKey: MemberId): void {
    this.#door.met(hostKey);
    const reason = 'host-key-changed';
    this.#setStatus({ state: 'ended', reason });
  }

  /** Takes the key that answered instead of the host's for the host's. Throws host-key-changed. */
  trustHost(hostKey: MemberId): void {
    this.#door.trustHost(hostKey);
    this.#kept.change({ hostKey });
  }

  retryNow(): void {
    this.#driver.prompt({ type: 'retry-now' });
  }

  /** The connection may be dead without anybody having noticed: makes a new one at once. */
  reconnect(): void {
    if (this.#status.state === 'here') this.#driver.reconnect();
    else this.retryNow();
  }

  /** Goes, for good or until `join`; what was said and what is pending stays. */
  leave(): void {
    this.#kept.change({ active: false });
    this.suspend();
  }

  /** Goes, to come back when the app starts again. */
  suspend(): void {
    this.#kept.saveRead();
    this.#driver.prompt({ type: 'leave' });
  }

  /** Throws text-empty, text-too-long, storage-*. */
  say(text: string): string {
    const normalized = normalizeText(text);
    if (!normalized.ok) throw new LanyardError({ code: normalized.problem });
    const at = Date.now();
    const message = { id: entryId(at), text: normalized.text, at, refused: null };
    // Kept before it is sent: what was typed outlives the app (S2).
    this.#kept.saveOutbox([...this.#pending, message]);
    this.#driver.prompt({ type: 'say', id: message.id, text: message.text });
    return message.id;
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

  /** Does what only those who look after the room may. Rejects with the hub's refusal. */
  async act(act: ActName, on: string): Promise<void> {
    const written = Date.now();
    await this.#ask({ type: 'act', id: entryId(written), act, on, written });
  }

  /** Rejects with not-allowed. */
  async bans(): Promise<readonly Ban[]> {
    const answer = await this.#ask({ type: 'bans', id: randomUUID() });
    return answer.type === 'bans' ? answer.bans : [];
  }

  markRead(seq: number): void {
    this.#history.markRead(seq);
  }

  setHosting(hosting: HostedInfo | null): void {
    this.#hosting = hosting;
    this.#emit({ type: 'room-hosting', key: this.key, hosting });
  }

  /** Entries of the copy that match, newest first. */
  search(query: string, below: number, limit: number): readonly CheckedEntry[] {
    return this.#history.search(query, below, limit);
  }

  /** The whole copy as a file. */
  exportAs(format: ExportFormat): ExportedLog {
    return this.#history.exportAs(this.name, format);
  }

  /** Older entries, from the copy or, where that ends, from the hub. */
  entriesBefore(seq: number, limit: number): Promise<Stretch> {
    return this.#history.before(seq, limit);
  }

  async #fetchBefore(seq: number) {
    if (this.#status.state !== 'here') return null;
    const request = { before: seq, limit: PAGE_MAX } as const;
    const answer = await this.#ask({ type: 'history', id: randomUUID(), ...request });
    return answer.type === 'history' ? answer : null;
  }

  #ask(request: Parameters<Requests['ask']>[0]): ReturnType<Requests['ask']> {
    return this.#requests.ask(request, () => this.#driver.prompt({ type: 'ask', request }));
  }

  #onEvent(event: SessionEvent): void {
    if (this.#isTwin) return;
    if (event.type === 'entries') {
      this.#history.arrive(event.entries);
      return;
    }
    // Nothing overtakes them.
    this.#history.takeIn();
    const { key } = this;
    // Whoever one is does not depend on what a hub says.
    const you = this.#options.identity.id;
    switch (event.type) {
      case 'status':
        this.#onStatus(event.status);
        break;
      case 'room':
        this.#onRoom(event.room);
        break;
      case 'welcomed':
        this.#door.entered();
        this.#kept.forgetBefore(event.logFirst);
        this.#people.welcomed(you, event.roster);
        this.#remember();
        this.#emit({ type: 'room-roster', key, you, roster: event.roster });
        break;
      case 'presence':
        for (const change of event.changes) {
          this.#people.change(change);
          const what = noticeOf(change);
          if (what) this.#notice(what);
          if (change.change === 'renamed' && change.id === this.#people.you) this.#remember();
        }
        this.#emit({ type: 'room-presence', key, changes: event.changes });
        break;
      case 'typing':
        this.#people.setTyping(event.id, event.on);
        break;
      case 'reset':
        this.#onReset(event.position, event.entries);
        break;
      case 'pending':
        this.#pending = event.pending;
        this.#kept.updateOutbox(event.pending);
        this.#emit({ type: 'room-pending', key, pending: event.pending });
        break;
      case 'answer':
        this.#requests.answered(event.id, event.answer);
        break;
    }
  }

  #onRoom(info: RoomInfo): void {
    // What was signed for another room would hold under its id.
    if (this.#info.id !== '' && info.id !== this.#info.id) return;
    if (this.#info.id === '' && !this.#options.mayBe(info.id)) {
      this.#isTwin = true;
      this.#info = info;
      this.#joining?.resolve();
      return;
    }
    this.#info = info;
    this.#kept.identify(info.id);
    this.#remember();
    this.#emit({ type: 'room-info', key: this.key, info });
  }

  #onReset(position: LogPosition, entries: readonly Entry[]): void {
    this.#notices.clear();
    this.#history.reset(this.#info, position, entries, this.#pending);
    this.#remember();
  }

  #onStatus(status: RoomStatus): void {
    const before = this.#status.state;
    this.#setStatus(status);
    if (status.state === 'here') {
      this.#notice({ kind: 'connected', count: this.#people.roster.length });
    }
    if (status.state === 'here' || status.state === 'waiting') this.#joining?.resolve();
    if (status.state === 'ended') {
      if (status.reason === 'host-key-changed') this.#door.tell();
      this.#joining?.reject(new LanyardError({ code: status.reason }));
    }
    if (before === 'here' && (status.state === 'waiting' || status.state === 'ended')) {
      this.#people.nobodyTypes();
      this.#notice({ kind: 'disconnected', reason: status.reason });
    }
  }

  /** Keeps what is needed to come back as the same person. */
  #remember(): void {
    const { you, ownName } = this.#people;
    const { name, idleMinutes, remembersDays } = this.#info;
    this.#kept.change({
      active: true,
      name,
      idleMinutes,
      remembersDays,
      you,
      ...(this.own ? {} : { hostKey: this.#door.hostKey }),
      addresses: [...this.#options.addresses()],
      ...(ownName === null ? {} : { ownName }),
    });
  }

  #notice(what: NoticeText): void {
    const notice = this.#notices.add(what, this.#kept.last, Date.now());
    this.#emit({ type: 'room-notice', key: this.key, notice });
  }
}
