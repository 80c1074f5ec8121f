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
  TYPING_EXPIRES_MS,
  WELCOME_ENTRIES,
} from '../protocol/limits.ts';
import type {
  ClientMessage,
  Entry,
  HubMessage,
  LeaveReason,
  PresenceChange,
  RefusalCode,
  Resume,
  RoomInfo,
} from '../protocol/messages.ts';
import { normalizeName } from '../protocol/names.ts';
import { refusal } from '../protocol/refusals.ts';
import { normalizeText } from '../protocol/text.ts';
import { newestThatFit, oldestThatFit } from './page.ts';
import { RecentEntries } from './recent-entries.ts';
import type { RoomLog } from './room-log.ts';
import { memberOf, Roster } from './roster.ts';
import type { Identity, HubEffect, HubInput } from './hub-types.ts';
import type { ConnectionId, Occupant } from './roster.ts';

/** The connection of the person whose device runs the hub: marked as host, never idle. */
export const HOST_CONNECTION: ConnectionId = 0;

/** Ticks further apart than this, in ms, were not: the clock was set in between. */
const CLOCK_STEP_MS = 60_000;

export interface HubOptions {
  readonly room: RoomInfo;
  readonly log: RoomLog;
  /** How many people fit in (H4). */
  readonly capacity: number;
}

export class Hub {
  #room: RoomInfo;
  readonly #log: RoomLog;
  readonly #capacity: number;
  readonly #roster = new Roster();
  /** Entries on their way to the disk, by message id, with who is to be told if they get lost. */
  readonly #unstored = new Map<string, { readonly entry: Entry; author: Occupant }>();
  readonly #recent = new RecentEntries();
  #tickedAt: number | null = null;
  #effects: HubEffect[] = [];

  constructor(options: HubOptions) {
    this.#room = options.room;
    this.#log = options.log;
    this.#capacity = options.capacity;
  }

  get room(): RoomInfo {
    return this.#room;
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
        for (const [id, { entry }] of this.#unstored) {
          this.#recent.remember(id, entry);
          this.#broadcast({ type: 'entry', entry });
        }
        this.#unstored.clear();
        break;
      case 'not-stored':
        for (const { entry, author } of this.#unstored.values()) {
          this.#send(author.connection, refusal('not-kept', entry.id));
        }
        this.#unstored.clear();
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
  #greet(
    now: number,
    connection: ConnectionId,
    hello: Extract<ClientMessage, { type: 'hello' }>,
    identity: Identity,
  ) {
    if (hello.version > PROTOCOL_VERSION) {
      this.#turnAway(connection, 'version-unsupported', 'version-unsupported');
      return;
    }
    const normalized = normalizeName(hello.name);
    if (!normalized.ok) {
      this.#turnAway(connection, normalized.problem, 'bad-name');
      return;
    }
    const present = hello.resume && this.#roster.withToken(hello.resume.token);
    if (present) {
      this.#effects.push({ type: 'close', connection: present.connection, reason: 'taken-over' });
      this.#roster.move(present, connection);
      this.#welcome(present, hello.resume);
      return;
    }
    if (this.#roster.count >= this.#capacity) {
      this.#turnAway(connection, 'room-full', 'room-full');
      return;
    }
    const occupant = this.#roster.add({
      id: identity.member,
      token: identity.token,
      host: connection === HOST_CONNECTION,
      name: normalized.name,
      connection,
      since: now,
      activeAt: now,
    });
    this.#welcome(occupant, hello.resume);
    const member = memberOf(occupant);
    this.#presence({ change: 'joined', member, count: this.#roster.count }, connection);
  }

  #welcome(occupant: Occupant, resume: Resume | undefined) {
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
      token: occupant.token,
      room: this.#room,
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

  /** S1-S6. */
  #say(now: number, author: Occupant, say: Extract<ClientMessage, { type: 'say' }>) {
    this.#touch(now, author);
    const text = normalizeText(say.text);
    if (!text.ok) {
      this.#send(author.connection, refusal(text.problem, say.id));
      return;
    }
    const known = this.#log.find(say.id) ?? this.#recent.find(say.id);
    if (known) {
      this.#send(author.connection, { type: 'entry', entry: known });
      return;
    }
    const unstored = this.#unstored.get(say.id);
    if (unstored) {
      unstored.author = author;
      return;
    }
    author.typingUntil = null;
    const entry: Entry = {
      kind: 'said',
      seq: this.#log.last + this.#unstored.size + 1,
      at: now,
      id: say.id,
      from: author.id,
      name: author.name,
      text: text.text,
    };
    this.#unstored.set(say.id, { entry, author });
    this.#effects.push({ type: 'store', entry });
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
    if (this.#roster.isTaken(name, occupant)) {
      this.#send(occupant.connection, refusal('name-taken', request.id));
      return;
    }
    const before = occupant.name;
    this.#roster.rename(occupant, name);
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
    const idleMs = (this.#room.idleMinutes ?? Infinity) * 60_000;
    for (const occupant of this.#roster.occupants()) {
      // One that was set back must not keep anybody here for so much longer.
      occupant.activeAt = Math.min(occupant.activeAt + skipped, now);
      const silentMs = now - occupant.activeAt;
      if (silentMs >= idleMs && !occupant.host) {
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

  #changeRoom(change: Partial<RoomInfo>) {
    this.#room = { ...this.#room, ...change };
    this.#broadcast({ type: 'room', room: this.#room });
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
