/** One room this device is in: its replica, and what a window shows of it. */
import { randomUUID } from 'node:crypto';
import type { BridgeEvent, RoomView } from '../../preload/contract.ts';
import { LanyardError, throwLater } from '../errors.ts';
import { classOf } from '../events/event.ts';
import type { Reference } from '../events/event.ts';
import { bodyOf } from '../events/kind.ts';
import { message } from '../events/message.ts';
import { roomIdOf } from '../events/room-id.ts';
import { exportLog } from '../export/export-log.ts';
import type { DeviceIdentity } from '../identity/device-identity.ts';
import { sha256 } from '../identity/sha256.ts';
import { verifySignature } from '../identity/signatures.ts';
import type { CheckedEntry as Row, SaidEntry } from '../model/entry.ts';
import type { ExportedLog, ExportFormat } from '../model/exported-log.ts';
import type { HostedInfo } from '../model/hosting.ts';
import type { Ban, MemberId } from '../model/member.ts';
import type { NoticeText } from '../model/notice.ts';
import type { Pending } from '../model/pending.ts';
import type { RoomInfo, RoomKey } from '../model/room.ts';
import type { RoomStatus } from '../model/room-status.ts';
import { PAGE_MAX } from '../protocol/limits.ts';
import { normalizeText } from '../protocol/text.ts';
import type { CheckedEntry } from '../timeline/entry.ts';
import type { Connect, JudgeHost } from '../replica/link.ts';
import type { OutboxItem } from '../replica/outbox.ts';
import { Replica } from '../replica/replica.ts';
import type { ReplicaEvent } from '../replica/replica.ts';
import { realClock } from '../server/real-clock.ts';
import { DEFAULTS } from '../policy/settings.ts';
import type { Storage } from '../storage/storage.ts';
import { PLAIN_ENTRANCE } from './entrance.ts';
import type { Entrance } from './entrance.ts';
import { mentions } from './mentions.ts';
import { noticeOf, Notices } from './notices.ts';
import { People } from './people.ts';
import { Requests } from './requests.ts';
import { HostConnector } from './host-connector.ts';
import type { DoubtedHost } from './host-connector.ts';
import { RoomStore } from './room-store.ts';
import { signerOf } from './signer.ts';
import { Rows } from './rows.ts';
import type { News } from './rows.ts';
import { Unread } from './unread.ts';

/** The newest rows a window is given at once; it asks for older ones (`entriesBefore`). */
const SHOWN_AT_ONCE = 200;

/** In so many of the last rows the name of a person who is gone is looked for. */
const NAMES_LOOKED_AT = 1_000;

const NO_NEWS: News = { added: [], changed: [], isAnother: false };

/** Rows as a window shows them, and whether there are older ones. */
export interface Stretch {
  readonly entries: readonly Row[];
  readonly hasOlder: boolean;
}

export interface RoomOptions {
  readonly ownName: string;
  readonly identity: DeviceIdentity;
  /** Connects to a device that may be the host. */
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
  /** Another person said this, just now; `mention` when it names this person. */
  readonly onSaid: (room: Room, entry: SaidEntry, mention: boolean) => void;
}

export class Room {
  readonly key: RoomKey = randomUUID();
  readonly own: boolean;
  readonly #options: RoomOptions;
  readonly #replica: Replica;
  readonly #store: RoomStore;
  readonly #emit: (event: BridgeEvent) => void;
  readonly #requests = new Requests();
  readonly #people: People;
  readonly #connector: HostConnector;
  readonly #notices = new Notices();
  readonly #unread: Unread;
  /** Null until there is a copy. */
  #rows: Rows | null = null;
  /** Of the last join; null before the first, when nobody waits for one. */
  #joining: PromiseWithResolvers<void> | null = null;
  #info: RoomInfo;
  #hosting: HostedInfo | null = null;
  #status: RoomStatus = { state: 'ended', reason: 'left' };
  /** True until the hub said that its log begins where the copy does. */
  #hubHasOlder = true;
  /** The log is being told from its beginning here: what was said before one came in counts as read. */
  #isComingIn = false;
  /** True once it turned out to be a room this device is in already. */
  #isTwin = false;

  constructor(options: RoomOptions) {
    const { ownName, roomId, label, own, identity, connect, emit, storage } = options;
    this.own = own;
    this.#options = options;
    this.#emit = emit;
    this.#store = new RoomStore(storage, roomId);
    const { record } = this.#store;
    this.#connector = new HostConnector({
      you: identity.id,
      own,
      hostKey: record?.hostKey ?? null,
      hostKeyOf: (id) => storage.room(id)?.record.hostKey ?? null,
      connect,
      onKeys: (hostKey, otherHostKey) =>
        emit({ type: 'room-host-key', key: this.key, hostKey, otherHostKey }),
    });
    this.#people = new People(record?.you ?? null, (typing) =>
      emit({ type: 'room-typing', key: this.key, typing }),
    );
    const identified = {
      id: roomId ?? '',
      founder: record?.founder ?? '',
      nonce: record?.nonce ?? '',
    };
    this.#info = { ...identified, ...DEFAULTS, name: label };
    this.#replica = new Replica({
      name: record?.ownName || ownName,
      roomId,
      you: record?.you ?? null,
      doubtHost: (id, writer) => this.#connector.doubt(id, writer),
      clock: realClock,
      random: () => Math.random(),
      connect: this.#connector.connect,
      hash: sha256,
      verify: verifySignature,
      signer: signerOf(identity),
      storeOf: (id) => this.#store.of(id),
      onEvent: (event) => this.#survive(() => this.#onEvent(event)),
      onProblem: (error) => this.#onStorageError(error),
    });
    if (record) this.#openRows();
    const seen = this.#talk?.find(record?.read ?? '') ?? this.#talk?.start;
    this.#unread = new Unread(seen?.seq ?? 0);
    this.#countUnread();
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
      hostKey: this.#connector.hostKey,
      otherHostKey: this.#connector.otherHostKey,
      you: this.#people.you,
      roster: this.#people.roster,
      typing: this.#people.typing,
      ...this.#newest(),
      notices: this.#notices.list,
      pending: pendingOf(this.#replica.waiting),
      unread: this.#unread.counts,
    };
  }

  /** Whether it was open when the app last ended. */
  get wasActive(): boolean {
    return this.#store.record?.active ?? false;
  }

  /** Resolves once it is in or will be tried again, rejects with the reason when it gave up. */
  join(entrance: Entrance = PLAIN_ENTRANCE): Promise<void> {
    this.#connector.prepare(entrance);
    const joining = Promise.withResolvers<void>();
    this.#joining = joining;
    this.#replica.prompt({ type: 'start' });
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

  /** A device that said it is a room whose host has another key; null while none did. */
  get doubted(): DoubtedHost | null {
    return this.#connector.doubted;
  }

  /** Another device said that it hosts this room, which is not joined now: shows both keys. */
  warnOfOtherHost(hostKey: MemberId): void {
    this.#connector.met(hostKey);
    this.#setStatus({ state: 'ended', reason: 'host-key-changed' });
  }

  retryNow(): void {
    this.#replica.prompt({ type: 'retry-now' });
  }

  /** The connection may be dead without anybody having noticed: makes a new one at once. */
  reconnect(): void {
    if (this.#status.state === 'here') this.#replica.reconnect();
    else this.retryNow();
  }

  /** Goes, for good or until `join`; what was said and what is pending stays. */
  leave(): void {
    this.#change({ active: false });
    this.suspend();
  }

  /** Goes, to come back when the app starts again. */
  suspend(): void {
    // What it is in no more has been kept, and may be closed by now.
    if (this.#status.state === 'ended') return;
    this.#replica.takeIn();
    this.#saveRead();
    this.#replica.prompt({ type: 'leave' });
  }

  /** Throws text-empty, text-too-long, storage-*. */
  say(text: string, references: readonly Reference[] = []): string {
    const normalized = normalizeText(text);
    if (!normalized.ok) throw new LanyardError({ code: normalized.problem });
    const conversation = this.#replica.firstConversation;
    if (conversation === null) throw new LanyardError({ code: 'not-here' });
    const content = { text: normalized.text };
    return this.#replica.post({ conversation, kind: message.name, content, references }).id;
  }

  retry(id: string): void {
    this.#replica.prompt({ type: 'retry', id });
  }

  cancel(id: string): void {
    this.#replica.prompt({ type: 'cancel', id });
  }

  setTyping(on: boolean): void {
    const conversation = this.#replica.firstConversation;
    if (conversation !== null) this.#replica.prompt({ type: 'typing', conversation, on });
  }

  /** Rejects with the hub's refusal. */
  async rename(name: string): Promise<void> {
    const request = { type: 'rename', id: randomUUID(), name } as const;
    await this.#requests.wait(request.id, () => this.#replica.prompt({ type: 'ask', request }));
  }

  /** Does what is done in the policy log. Rejects with the hub's refusal. */
  async act(kind: string, content: object, references: readonly Reference[] = []): Promise<string> {
    return this.#answered(() => this.#replica.act(kind, content, references));
  }

  /** Does something to a message, at once or not at all. Rejects with the hub's refusal. */
  async relate(kind: string, content: object, to: string): Promise<string> {
    const conversation = this.#replica.firstConversation ?? '';
    const references = [{ as: 'to', id: to }];
    return this.#answered(() => this.#replica.ask({ conversation, kind, content, references }));
  }

  async #answered(send: () => string): Promise<string> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const id = this.#requests.expecting(send, { resolve, reject });
    await promise;
    return id;
  }

  /** Rejects with not-allowed. */
  async bans(): Promise<readonly Ban[]> {
    const request = { type: 'bans', id: randomUUID() } as const;
    const answer = await this.#requests.wait(request.id, () =>
      this.#replica.prompt({ type: 'ask', request }),
    );
    return answer.type === 'bans' ? answer.bans : [];
  }

  /** What a person is or was called here; empty when this device never heard of them. */
  nameOf(id: MemberId): string {
    const here = this.#people.roster.find((member) => member.id === id)?.name;
    const told = () => this.#rows?.before(Infinity, NAMES_LOOKED_AT).rows ?? [];
    return here ?? told().findLast(({ from }) => from === id)?.name ?? '';
  }

  /** Everything up to a row's place has been seen. */
  markRead(place: number): void {
    this.#unread.markRead(Math.min(Math.floor(place), this.#talk?.end.seq ?? 0));
    this.#saveRead();
    this.#emitUnread();
  }

  setHosting(hosting: HostedInfo | null): void {
    this.#hosting = hosting;
    this.#emit({ type: 'room-hosting', key: this.key, hosting });
  }

  /** Messages of the copy that match, newest first. */
  search(query: string, below: number, limit: number): readonly Row[] {
    this.#replica.takeIn();
    const talk = this.#replica.firstConversation;
    const found = talk === null ? [] : this.#store.search(talk, query, below, limit);
    return found.flatMap((entry) => this.#rows?.message(entry) ?? []);
  }

  /** The whole copy as a file. */
  exportAs(format: ExportFormat): ExportedLog {
    this.#replica.takeIn();
    return exportLog(this.#info, this.#rows?.lines() ?? [], format);
  }

  /** Older rows, from the copy or, where that ends, from the hub. */
  async entriesBefore(seq: number, limit: number): Promise<Stretch> {
    const rows = this.#rows;
    if (!rows) return { entries: [], hasOlder: false };
    const found = rows.before(seq, limit);
    if (!found.isAll || found.rows.length >= limit || !(await this.#fetchOlder())) {
      return this.#stretch(found);
    }
    return this.#stretch(rows.before(seq, limit));
  }

  /** True when the copy has grown by older items. */
  async #fetchOlder(): Promise<boolean> {
    const conversation = this.#replica.firstConversation;
    const start = this.#talk?.start.seq ?? 0;
    if (conversation === null || this.#status.state !== 'here' || !this.#hubHasOlder) return false;
    if (start === 0) return false;
    const wanted = { conversation, before: start + 1, limit: PAGE_MAX };
    const request = { type: 'history', id: randomUUID(), ...wanted } as const;
    const answer = await this.#requests.wait(request.id, () =>
      this.#replica.prompt({ type: 'ask', request }),
    );
    if (answer.type === 'history') this.#hubHasOlder = answer.more;
    return (this.#talk?.start.seq ?? 0) < start;
  }

  #newest(): Stretch {
    const found = this.#rows?.before(Infinity, SHOWN_AT_ONCE);
    return found ? this.#stretch(found) : { entries: [], hasOlder: false };
  }

  #stretch({ rows, isAll }: ReturnType<Rows['before']>): Stretch {
    const start = this.#talk?.start.seq ?? 0;
    return { entries: rows, hasOlder: !isAll || (start > 0 && this.#hubHasOlder && !this.own) };
  }

  get #talk() {
    return this.#replica.copy(this.#replica.firstConversation ?? '');
  }

  #openRows(): void {
    const talk = this.#talk;
    const acts = this.#replica.copy(this.#replica.roomId ?? '');
    if (!talk || !acts) return;
    this.#rows ??= new Rows({
      talk,
      acts,
      you: this.#options.identity.id,
      founder: this.#info.founder,
      isWhole: () => this.own || !this.#hubHasOlder,
    });
  }

  /** What came before this process began and was not read. */
  #countUnread(): void {
    const news = this.#talk?.after(this.#unread.read, Number.MAX_SAFE_INTEGER) ?? [];
    for (const entry of news) this.#count(entry);
  }

  #count(entry: CheckedEntry): boolean {
    const isNews =
      classOf(entry.kind) === 'message' &&
      entry.body.state === 'whole' &&
      entry.person !== this.#options.identity.id &&
      entry.doubt !== 'replayed';
    if (!isNews) return false;
    const text = bodyOf(message, entry)?.text ?? '';
    this.#unread.add(
      entry.id,
      entry.seq,
      mentions(text, this.#people.ownName ?? this.#store.record?.ownName ?? ''),
    );
    return true;
  }

  #onEvent(event: ReplicaEvent): void {
    if (this.#isTwin) return;
    const { key } = this;
    switch (event.type) {
      case 'status':
        this.#onStatus(event.status);
        break;
      case 'room':
        this.#onRoom(event.room);
        break;
      case 'welcomed': {
        const { roster } = event;
        this.#connector.entered();
        // Whose device this is does not depend on what a hub says.
        const you = this.#options.identity.id;
        this.#people.welcomed(you, roster);
        this.#remember();
        this.#emit({ type: 'room-roster', key, you, roster });
        break;
      }
      case 'presence':
        this.#replica.takeIn();
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
      case 'entries':
        this.#onEntries(event.conversation, event.entries);
        break;
      case 'reset':
      case 'truncated':
      case 'forgotten':
        this.#onLogChanged(event);
        break;
      case 'outbox':
        this.#emit({ type: 'room-pending', key, pending: pendingOf(event.waiting) });
        break;
      case 'answer':
        // Older acts have their places among the rows that are told already.
        if (
          event.answer.ok &&
          event.answer.type === 'history' &&
          event.answer.conversation === this.id
        )
          this.#emit({ type: 'room-log-reset', key, ...this.#newest() });
        this.#requests.answered(event.id, event.answer);
        break;
    }
  }

  #onRoom(info: RoomInfo): void {
    // What was signed for another room would hold under its id.
    if (this.#info.id !== '' && info.id !== this.#info.id) return;
    if (info.id !== roomIdOf(info.founder, info.nonce, sha256)) return;
    if (this.#info.id === '' && !this.#options.mayBe(info.id)) {
      this.#isTwin = true;
      this.#info = info;
      this.#joining?.resolve();
      return;
    }
    this.#info = info;
    this.#store.identify(info);
    this.#remember();
    this.#emit({ type: 'room-info', key: this.key, info });
  }

  #onEntries(conversation: string, entries: readonly CheckedEntry[]): void {
    this.#openRows();
    const { key } = this;
    const told = this.#rows?.of(entries) ?? NO_NEWS;
    if (told.isAnother) {
      this.#emit({ type: 'room-log-reset', key, ...this.#newest() });
    } else {
      if (told.added.length > 0) this.#emit({ type: 'room-entries', key, entries: told.added });
      if (told.changed.length > 0)
        this.#emit({ type: 'room-entries-changed', key, entries: told.changed });
    }
    if (conversation !== this.#replica.firstConversation) return;
    for (const row of told.changed)
      if (row.kind === 'said' && row.redacted) this.#unread.drop(row.id);
    if (this.#isComingIn) this.#unread.reset(entries.at(-1)?.seq ?? 0);
    else for (const entry of entries) this.#onSaid(entry, told.added);
    this.#saveRead();
    this.#emitUnread();
  }

  #onSaid(entry: CheckedEntry, rows: readonly Row[]): void {
    if (classOf(entry.kind) !== 'message') return;
    this.#people.setTyping(entry.person, false);
    if (entry.person === this.#people.you) {
      this.#unread.markRead(entry.seq);
      return;
    }
    const row = rows.find(({ id }) => id === entry.id);
    if (row?.kind === 'said' && row.redacted) return;
    if (!this.#count(entry)) return;
    // A notification would say who said it, and has no place for the doubt.
    if (row?.kind !== 'said' || row.doubt !== undefined) return;
    const mention = mentions(row.text, this.#people.ownName ?? '');
    this.#options.onSaid(this, row, mention);
  }

  #onLogChanged(event: Extract<ReplicaEvent, { type: 'reset' | 'truncated' | 'forgotten' }>): void {
    this.#openRows();
    if (event.conversation !== this.#replica.firstConversation) return;
    if (event.type === 'reset') {
      this.#notices.clear();
      this.#unread.reset(event.after.seq);
      this.#isComingIn = this.#status.state !== 'here';
      this.#hubHasOlder = event.after.seq > 0;
    }
    if (event.type === 'truncated') this.#unread.cut(event.last);
    if (event.type === 'forgotten') {
      this.#unread.markRead(event.floor);
      // The room has nothing before what it has forgotten.
      if (event.floor >= (this.#talk?.start.seq ?? 0)) this.#hubHasOlder = false;
    }
    if (event.type !== 'reset') this.#saveRead();
    this.#emit({ type: 'room-log-reset', key: this.key, ...this.#newest() });
    this.#emitUnread();
  }

  #onStatus(status: RoomStatus): void {
    const before = this.#status.state;
    this.#isComingIn = false;
    this.#setStatus(status);
    if (status.state === 'here') {
      this.#notice({ kind: 'connected', count: this.#people.roster.length });
    }
    if (status.state === 'here' || status.state === 'waiting') this.#joining?.resolve();
    if (status.state === 'ended') {
      if (status.reason === 'host-key-changed') this.#connector.tell();
      this.#joining?.reject(new LanyardError({ code: status.reason }));
    }
    if (before === 'here' && (status.state === 'waiting' || status.state === 'ended')) {
      this.#people.nobodyTypes();
      this.#notice({ kind: 'disconnected', reason: status.reason });
    }
  }

  #setStatus(status: RoomStatus): void {
    this.#status = status;
    this.#emit({ type: 'room-status', key: this.key, status });
  }

  /** Keeps what is needed to come back as the same person. */
  #remember(): void {
    const { you, ownName } = this.#people;
    this.#change({
      active: true,
      name: this.#info.name,
      you,
      ...(this.own ? {} : { hostKey: this.#connector.hostKey }),
      addresses: [...this.#options.addresses()],
      ...(ownName === null ? {} : { ownName }),
    });
  }

  #change(change: Parameters<RoomStore['change']>[0]): void {
    this.#attempt(() => this.#store.change(change));
  }

  #saveRead(): void {
    const [last] = this.#talk?.before(this.#unread.read + 1, 1) ?? [];
    this.#attempt(() => this.#store.changeRead(last?.id ?? ''));
  }

  #attempt(write: () => void): void {
    try {
      write();
    } catch (error) {
      this.#onStorageError(error);
    }
  }

  #onStorageError(error: unknown): void {
    if (!(error instanceof LanyardError)) throw error;
    this.#options.onProblem(error);
  }

  /** The engine counts on each event being taken: one that fails takes no other with it. */
  #survive(take: () => void): void {
    try {
      take();
    } catch (error) {
      throwLater(error);
    }
  }

  #emitUnread(): void {
    this.#emit({ type: 'room-unread', key: this.key, unread: this.#unread.counts });
  }

  #notice(what: NoticeText): void {
    const last = this.#rows?.before(Infinity, 1).rows.at(-1)?.seq ?? 0;
    const notice = this.#notices.add(what, last, Date.now());
    this.#emit({ type: 'room-notice', key: this.key, notice });
  }
}

/** What was said here and is not in the log. */
function pendingOf(waiting: readonly OutboxItem[]): readonly Pending[] {
  return waiting.flatMap(({ id, event, refused }) => {
    const said = bodyOf(message, event);
    return said === null ? [] : [{ id, text: said.text, at: event.written, refused }];
  });
}
