/**
 * The rules of a room, as a state machine: something happened goes in with its time and its fresh
 * ids, what is to be done comes out. No clock, no sockets, no randomness. Rule ids in brackets are
 * those of PROTOCOL.md.
 */
import type { CloseName } from '../protocol/close-codes.ts';
import {
  AWAY_AFTER_MS,
  PAGE_MAX,
  PROTOCOL_VERSION,
  SLOW_SECONDS_MAX,
  TYPING_EXPIRES_MS,
  WELCOME_ENTRIES,
} from '../protocol/limits.ts';
import type {
  ActEntry,
  ClientMessage,
  Entry,
  HubMessage,
  LeaveReason,
  LogPosition,
  MemberId,
  PresenceChange,
  RefusalCode,
  RoomInfo,
} from '../protocol/messages.ts';
import { freeName, nameKey, normalizeName } from '../protocol/names.ts';
import { refusal } from '../protocol/refusals.ts';
import { normalizeText } from '../protocol/text.ts';
import { judgeAct, looksAfter } from './acts.ts';
import type { ActOutcome } from './acts.ts';
import type { Hello, HubEffect, HubInput, Identity } from './hub-types.ts';
import { Membership } from './membership.ts';
import { newestThatFit, oldestThatFit } from './page.ts';
import { RecentEntries } from './recent-entries.ts';
import type { RoomLog } from './room-log.ts';
import { memberOf, Roster } from './roster.ts';
import type { ConnectionId, Occupant } from './roster.ts';
import type { KeptInvite, KnownMember, Rules } from './rules.ts';
import { SlowMode } from './slow-mode.ts';
import { Unstored } from './unstored.ts';

/** Ticks further apart than this, in ms, were not: the clock was set in between. */
const CLOCK_STEP_MS = 60_000;

export interface HubOptions {
  /** What the rules below do not say about the room. */
  readonly room: Omit<RoomInfo, 'access' | 'locked' | 'slowSeconds'>;
  /** The key of the device that runs it: the host's. */
  readonly hostId: MemberId;
  readonly rules: Rules;
  readonly known: readonly KnownMember[];
  readonly log: RoomLog;
  /** How many people fit in (H4). */
  readonly capacity: number;
}

export class Hub {
  #room: HubOptions['room'];
  readonly #membership: Membership;
  readonly #slowMode = new SlowMode();
  readonly #log: RoomLog;
  readonly #capacity: number;
  readonly #roster = new Roster();
  readonly #unstored = new Unstored();
  readonly #recent = new RecentEntries();
  #tickedAt: number | null = null;
  #effects: HubEffect[] = [];

  constructor(options: HubOptions) {
    this.#room = options.room;
    const { hostId, rules, known } = options;
    this.#membership = new Membership(hostId, rules, known, (effect) => this.#effects.push(effect));
    this.#log = options.log;
    this.#capacity = options.capacity;
  }

  get room(): RoomInfo {
    const { access, locked, slowSeconds } = this.#membership.rules;
    return { ...this.#room, access, locked, slowSeconds };
  }

  get invites(): readonly KeptInvite[] {
    return this.#membership.rules.invites;
  }

  get memberCount(): number {
    return this.#roster.count;
  }

  /** Takes in one thing that happened; never throws. */
  handle(input: HubInput): readonly HubEffect[] {
    this.#effects = [];
    switch (input.type) {
      case 'message':
        this.#onMessage(input.now, input.connection, input.message, input.identity);
        break;
      case 'closed': {
        const occupant = this.#roster.at(input.connection);
        if (occupant) this.#depart(occupant, input.reason);
        break;
      }
      case 'stored':
        for (const { entry, done } of this.#unstored.takeAll()) {
          this.#recent.remember(entry.id, entry);
          this.#broadcast({ type: 'entry', entry });
          done();
        }
        break;
      case 'not-stored':
        for (const { entry, author, undo } of this.#unstored.takeAll().toReversed()) {
          undo();
          this.#send(author.connection, refusal('not-kept', entry.id));
        }
        break;
      case 'tick':
        this.#onTick(input.now);
        break;
      case 'set-idle':
        this.#changeRoom({ idleMinutes: input.minutes });
        break;
      case 'set-remembers':
        this.#changeRoom({ remembersDays: input.days });
        break;
      case 'set-invite':
        this.#membership.setInvite(input.invite);
        break;
      case 'cleared':
        // Numbers of the old log mean nothing in this one: what comes again is entered again.
        this.#recent.forgetAll();
        this.#broadcast({ type: 'cleared', log: { epoch: this.#log.epoch, seq: this.#log.last } });
        break;
    }
    return this.#effects;
  }

  #onMessage(now: number, connection: ConnectionId, message: ClientMessage, identity: Identity) {
    const occupant = this.#roster.at(connection);
    if (!occupant) {
      if (message.type === 'hello') this.#greet(now, connection, message, identity);
      else this.#turnAway(connection, 'hello-first', 'bad-message');
      return;
    }
    switch (message.type) {
      case 'hello':
        this.#send(connection, refusal('hello-twice'));
        break;
      case 'say':
        this.#say(now, occupant, message);
        break;
      case 'act':
        this.#act(now, occupant, message);
        break;
      case 'bans':
        this.#tellBans(occupant, message.id);
        break;
      case 'passphrase':
        this.#send(connection, refusal('hello-twice'));
        break;
      case 'rename':
        this.#rename(now, occupant, message);
        break;
      case 'typing':
        this.#touch(now, occupant);
        this.#setTyping(occupant, message.on ? now + TYPING_EXPIRES_MS : null);
        break;
      case 'who':
        this.#send(connection, { type: 'roster', id: message.id, roster: this.#members() });
        break;
      case 'history':
        this.#page(connection, message);
        break;
      case 'leave':
        this.#effects.push({ type: 'close', connection, reason: 'left' });
        this.#depart(occupant, 'left');
        break;
    }
  }

  /** H1-H6, W1-W6. */
  #greet(now: number, connection: ConnectionId, hello: Hello, identity: Identity) {
    if (hello.version > PROTOCOL_VERSION) {
      this.#turnAway(connection, 'version-unsupported', 'version-unsupported');
      return;
    }
    const normalized = normalizeName(hello.name);
    if (!normalized.ok) {
      this.#turnAway(connection, normalized.problem, 'bad-name');
      return;
    }
    const { member } = identity;
    const present = this.#roster.withId(member);
    if (present) {
      this.#effects.push({ type: 'close', connection: present.connection, reason: 'taken-over' });
      this.#roster.move(present, connection);
      this.#welcome(present, hello.resume);
      return;
    }
    const door = this.#membership.judge(identity, now);
    if (door.verdict === 'prove') {
      this.#effects.push({ type: 'challenge', connection, hello });
      return;
    }
    if (door.verdict === 'out') {
      this.#turnAway(connection, door.code, door.code === 'banned' ? 'banned' : 'not-admitted');
      return;
    }
    if (this.#roster.count >= this.#capacity) {
      this.#turnAway(connection, 'room-full', 'room-full');
      return;
    }
    const name = freeName(normalized.name, (key) => this.#isNameTaken(key, member));
    this.#membership.admit(member, name, door.invite);
    const occupant = this.#roster.add({
      id: member,
      role: this.#membership.roleOf(member),
      muted: this.#membership.find(member)?.muted ?? false,
      name,
      connection,
      since: now,
      activeAt: now,
    });
    this.#welcome(occupant, hello.resume);
    const change = { change: 'joined', member: memberOf(occupant) } as const;
    this.#presence({ ...change, count: this.#roster.count }, connection);
  }

  #welcome(occupant: Occupant, resume: LogPosition | undefined) {
    const log = this.#log;
    const resumed =
      resume !== undefined &&
      resume.epoch === log.epoch &&
      resume.seq <= log.last &&
      resume.seq >= log.first - 1;
    this.#send(occupant.connection, {
      type: 'welcome',
      version: PROTOCOL_VERSION,
      you: occupant.id,
      room: this.room,
      roster: this.#members(),
      log: { epoch: log.epoch, seq: log.last, first: log.first },
      entries: resumed
        ? oldestThatFit(log.after(resume.seq, WELCOME_ENTRIES))
        : newestThatFit(log.before(log.last + 1, WELCOME_ENTRIES)),
      resumed,
    });
    this.#effects.push({ type: 'admit', connection: occupant.connection });
  }

  #turnAway(connection: ConnectionId, code: RefusalCode, reason: CloseName) {
    this.#send(connection, refusal(code));
    this.#effects.push({ type: 'close', connection, reason });
  }

  /** S1-S7, E1. */
  #say(now: number, author: Occupant, say: Extract<ClientMessage, { type: 'say' }>) {
    this.#touch(now, author);
    const { id, text, written, signature } = say;
    const normalized = normalizeText(text);
    if (!normalized.ok) {
      this.#send(author.connection, refusal(normalized.problem, id));
      return;
    }
    if (normalized.text !== text) {
      this.#send(author.connection, refusal('text-not-normal', id));
      return;
    }
    if (this.#isKnownEntry(author, id)) return;
    if (author.muted) {
      this.#send(author.connection, refusal('muted', id));
      return;
    }
    const { slowSeconds } = this.#membership.rules;
    if (slowSeconds > 0 && author.role === 'member') {
      const seconds = this.#slowMode.take(author.id, now, slowSeconds, say.again ?? false);
      if (seconds > 0) {
        this.#send(author.connection, { ...refusal('slow-mode', id), seconds });
        return;
      }
    }
    author.typingUntil = null;
    const head = this.#entryHead(now, author, id);
    this.#enter({ kind: 'said', ...head, text, written, signature }, author);
  }

  /** Its author gets what there is of it; true when there is something (S5). */
  #isKnownEntry(author: Occupant, id: string): boolean {
    const entry = this.#log.find(id) ?? this.#recent.find(id);
    if (entry) this.#send(author.connection, { type: 'entry', entry });
    const unstored = this.#unstored.find(id);
    if (unstored) unstored.author = author;
    return entry !== undefined || unstored !== undefined;
  }

  #entryHead(now: number, author: Occupant, id: string) {
    const seq = this.#log.last + this.#unstored.count + 1;
    return { seq, at: now, id, from: author.id, name: author.name };
  }

  #enter(entry: Entry, author: Occupant, done = () => {}, undo = () => {}) {
    this.#unstored.add({ entry, author, done, undo });
    this.#effects.push({ type: 'store', entry });
  }

  /** M1-M4. */
  #act(now: number, actor: Occupant, request: Extract<ClientMessage, { type: 'act' }>) {
    this.#touch(now, actor);
    const { id, act, on, written, signature } = request;
    if (this.#isKnownEntry(actor, id)) return;
    const member = this.#membership.find(on);
    const outcome = judgeAct(act, on, {
      role: actor.role,
      name: actor.name,
      now,
      rules: this.#membership.rules,
      member,
      memberRole: this.#membership.roleOf(on),
      entry: this.#log.find(on) ?? this.#recent.find(on) ?? this.#unstored.find(on)?.entry,
    });
    if (!outcome.ok) {
      this.#send(actor.connection, refusal(outcome.code, id));
      return;
    }
    const onName = outcome.changes === 'member' ? outcome.member.name : '';
    const head = this.#entryHead(now, actor, id);
    const entry: ActEntry = { kind: 'act', ...head, act, on, onName, written, signature };
    const undo = this.#membership.change(outcome);
    this.#enter(entry, actor, () => this.#showChange(outcome, entry), undo);
  }

  /** Everybody sees the act in the log; what follows from it comes after. */
  #showChange(outcome: Extract<ActOutcome, { ok: true }>, { act }: ActEntry) {
    if (outcome.changes === 'rules') this.#broadcast({ type: 'room', room: this.room });
    if (outcome.changes === 'entry') this.#recent.strike(outcome.id);
    if (outcome.changes !== 'member') return;
    const occupant = this.#roster.withId(outcome.member.id);
    if (!occupant) return;
    if (act === 'remove' || act === 'ban') {
      const reason = act === 'ban' ? 'banned' : 'removed';
      this.#effects.push({ type: 'close', connection: occupant.connection, reason });
      this.#depart(occupant, reason);
      return;
    }
    occupant.role = this.#membership.roleOf(occupant.id);
    occupant.muted = outcome.member.muted;
    const { id, role, muted } = occupant;
    this.#presence({ change: 'standing', id, role, muted, count: this.#roster.count });
  }

  /** M3. */
  #tellBans(asker: Occupant, id: string) {
    if (!looksAfter(asker.role)) {
      this.#send(asker.connection, refusal('not-allowed', id));
      return;
    }
    this.#send(asker.connection, { type: 'bans', id, bans: this.#membership.bans() });
  }

  #isNameTaken(key: string, by: MemberId): boolean {
    return this.#roster.isTaken(key, by) || this.#membership.isNameTaken(key, by);
  }

  /** N4, N5. */
  #rename(now: number, occupant: Occupant, request: Extract<ClientMessage, { type: 'rename' }>) {
    this.#touch(now, occupant);
    const normalized = normalizeName(request.name);
    if (!normalized.ok) {
      this.#send(occupant.connection, refusal(normalized.problem, request.id));
      return;
    }
    const { name } = normalized;
    if (this.#isNameTaken(nameKey(name), occupant.id)) {
      this.#send(occupant.connection, refusal('name-taken', request.id));
      return;
    }
    const before = occupant.name;
    this.#roster.rename(occupant, name);
    this.#membership.renamed(occupant.id, name);
    const change = {
      change: 'renamed',
      id: occupant.id,
      before,
      name,
      count: this.#roster.count,
    } as const;
    if (name === before) this.#send(occupant.connection, { type: 'presence', changes: [change] });
    else this.#presence(change);
  }

  /** L3. */
  #page(connection: ConnectionId, request: Extract<ClientMessage, { type: 'history' }>) {
    const limit = Math.min(request.limit, PAGE_MAX);
    const log = this.#log;
    let entries;
    let more;
    if (request.after === undefined) {
      entries = newestThatFit(log.before(request.before ?? 0, limit));
      more = (entries[0]?.seq ?? log.first) > log.first;
    } else {
      entries = oldestThatFit(log.after(request.after, limit));
      more = (entries.at(-1)?.seq ?? log.last) < log.last;
    }
    this.#send(connection, { type: 'page', id: request.id, entries, more });
  }

  /** P5-P7. */
  #onTick(now: number) {
    const passed = now - (this.#tickedAt ?? now);
    this.#tickedAt = now;
    // A clock that was set forward, or a machine that slept, has made nobody silent.
    const skipped = passed > CLOCK_STEP_MS ? passed : 0;
    this.#slowMode.forgetBefore(now - SLOW_SECONDS_MAX * 1000);
    const idleMs = (this.#room.idleMinutes ?? Infinity) * 60_000;
    for (const occupant of this.#roster.occupants()) {
      // One that was set back must not keep anybody here for so much longer.
      occupant.activeAt = Math.min(occupant.activeAt + skipped, now);
      const silentMs = now - occupant.activeAt;
      if (silentMs >= idleMs && occupant.role !== 'host') {
        this.#effects.push({ type: 'close', connection: occupant.connection, reason: 'idle' });
        this.#depart(occupant, 'idle');
        continue;
      }
      if (silentMs >= AWAY_AFTER_MS && !occupant.away) this.#setAway(occupant, true);
      const { typingUntil } = occupant;
      if (typingUntil !== null && (now >= typingUntil || now < typingUntil - TYPING_EXPIRES_MS)) {
        this.#setTyping(occupant, null);
      }
    }
  }

  /** Saying, renaming and typing end being away; asking and reading do not (P5). */
  #touch(now: number, occupant: Occupant) {
    occupant.activeAt = now;
    if (occupant.away) this.#setAway(occupant, false);
  }

  #setAway(occupant: Occupant, away: boolean) {
    occupant.away = away;
    this.#presence({ change: 'away', id: occupant.id, away, count: this.#roster.count });
  }

  #setTyping(occupant: Occupant, until: number | null) {
    const changed = (occupant.typingUntil === null) !== (until === null);
    occupant.typingUntil = until;
    if (!changed) return;
    this.#broadcast({ type: 'typing', id: occupant.id, on: until !== null }, occupant.connection);
  }

  #depart(occupant: Occupant, reason: LeaveReason) {
    this.#roster.remove(occupant);
    const { id, name } = occupant;
    this.#presence({ change: 'left', id, name, reason, count: this.#roster.count });
  }

  #changeRoom(change: Partial<HubOptions['room']>) {
    this.#room = { ...this.#room, ...change };
    this.#broadcast({ type: 'room', room: this.room });
  }

  #members() {
    return Array.from(this.#roster.occupants(), memberOf);
  }

  #send(to: ConnectionId, message: HubMessage) {
    this.#effects.push({ type: 'send', to, message });
  }

  #presence(change: PresenceChange, except: ConnectionId | null = null) {
    this.#broadcast({ type: 'presence', changes: [change] }, except);
  }

  #broadcast(message: HubMessage, except: ConnectionId | null = null) {
    this.#effects.push({ type: 'broadcast', message, except });
  }
}
