/**
 * The rules of a room, as a state machine: something happened goes in with its time and its fresh
 * ids, what is to be done comes out. No clock, no sockets, no randomness. Rule ids in brackets are
 * those of PROTOCOL.md.
 */
import type { CloseName } from '../model/error-codes.ts';
import { PROTOCOL_VERSION, SLOW_SECONDS_MAX } from '../protocol/limits.ts';
import type {
  ClientMessage,
  LogPosition,
  Member,
  MemberId,
  RefusalCode,
  RoomInfo,
} from '../protocol/messages.ts';
import { freeName, nameKeys, normalizeName } from '../protocol/names.ts';
import { refusal } from '../protocol/refusals.ts';
import { normalizeText } from '../protocol/text.ts';
import type { Greeting, Hello, HubEffect, HubInput, Identity } from './hub-types.ts';
import { Journal } from './journal.ts';
import { Liveliness } from './liveliness.ts';
import { Membership } from './membership.ts';
import { Moderation } from './moderation.ts';
import { Outgoing } from './outgoing.ts';
import type { RoomLog } from './room-log.ts';
import { Roster } from './roster.ts';
import type { ConnectionId, Occupant } from './roster.ts';
import type { KeptInvite, KnownMember, Rules } from './rules.ts';
import { SlowMode } from './slow-mode.ts';

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
  readonly #capacity: number;
  readonly #out = new Outgoing();
  readonly #roster = new Roster();
  readonly #slowMode = new SlowMode();
  readonly #membership: Membership;
  readonly #journal: Journal;
  readonly #liveliness: Liveliness;
  readonly #moderation: Moderation;

  constructor({ room, hostId, rules, known, log, capacity }: HubOptions) {
    this.#room = room;
    this.#capacity = capacity;
    this.#membership = new Membership(hostId, rules, known, (effect) => this.#out.push(effect));
    this.#journal = new Journal(log, this.#out);
    this.#liveliness = new Liveliness(this.#roster, hostId, this.#out);
    this.#moderation = new Moderation({
      membership: this.#membership,
      roster: this.#roster,
      journal: this.#journal,
      liveliness: this.#liveliness,
      out: this.#out,
      info: () => this.room,
    });
  }

  get room(): RoomInfo {
    const { access, locked, slowSeconds } = this.#membership.rules;
    return { ...this.#room, access, locked, slowSeconds };
  }

  get invites(): readonly KeptInvite[] {
    return this.#membership.rules.invites;
  }

  /** Everybody who is here, in order of arrival. */
  get roster(): readonly Member[] {
    return Array.from(this.#roster.occupants(), (occupant) => this.#memberOf(occupant));
  }

  /** Whether a member types, whose typing ends at a tick (P6). */
  get isTyping(): boolean {
    return this.#roster.isTyping;
  }

  get memberCount(): number {
    return this.#roster.count;
  }

  /** Takes in one thing that happened; never throws. */
  handle(input: HubInput): readonly HubEffect[] {
    switch (input.type) {
      case 'message':
        this.#onMessage(input.now, input.connection, input.message, input.identity);
        break;
      case 'closed': {
        const occupant = this.#roster.at(input.connection);
        if (occupant) this.#liveliness.depart(occupant, input.reason);
        break;
      }
      case 'stored':
        this.#journal.stored(input.entries);
        break;
      case 'not-stored':
        this.#journal.notStored(input.entries);
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
        this.#journal.cleared();
        break;
    }
    return this.#out.takeAll();
  }

  #onTick(now: number) {
    const isHere = (member: MemberId) => this.#roster.withId(member) !== undefined;
    this.#slowMode.forgetBefore(now - SLOW_SECONDS_MAX * 1000, isHere);
    this.#liveliness.tick(now, this.#room.idleMinutes);
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
      case 'passphrase':
        this.#out.refuse(connection, 'hello-twice');
        break;
      case 'say':
        this.#say(now, occupant, message);
        break;
      case 'act':
        this.#liveliness.touch(now, occupant);
        this.#moderation.act(now, occupant, message);
        break;
      case 'bans':
        this.#moderation.tellBans(occupant, message.id);
        break;
      case 'rename':
        this.#rename(now, occupant, message);
        break;
      case 'typing':
        this.#liveliness.type(now, occupant, message.on);
        break;
      case 'who':
        this.#out.send(connection, { type: 'roster', id: message.id, roster: this.roster });
        break;
      case 'history':
        this.#journal.sendPage(connection, message);
        break;
      case 'leave':
        this.#out.close(connection, 'left');
        this.#liveliness.depart(occupant, 'left');
        break;
    }
  }

  /** H1-H6, K1-K5, W1-W6. */
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
    const door = this.#membership.judge(identity, now);
    if (door.verdict === 'prove') {
      this.#out.push({ type: 'challenge', connection, hello });
      return;
    }
    const present = this.#roster.withId(member);
    if (present) {
      this.#out.close(present.connection, 'taken-over');
      this.#roster.move(present, connection);
      this.#welcome(present, hello.resume);
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
    const occupant = this.#roster.add({ id: member, name, connection, since: now, activeAt: now });
    this.#welcome(occupant, hello.resume);
    const change = { change: 'joined', member: this.#memberOf(occupant) } as const;
    this.#out.presence({ ...change, count: this.#roster.count }, connection);
  }

  #welcome({ id, connection }: Occupant, resume: LogPosition | undefined) {
    const greeting: Greeting = {
      type: 'welcome',
      version: PROTOCOL_VERSION,
      you: id,
      room: this.room,
      ...this.#journal.welcome(resume),
    };
    this.#out.push({ type: 'admit', connection, greeting });
  }

  #turnAway(connection: ConnectionId, code: RefusalCode, reason: CloseName) {
    this.#out.refuse(connection, code);
    this.#out.close(connection, reason);
  }

  /** S1-S7, E1, M2. */
  #say(now: number, author: Occupant, say: Extract<ClientMessage, { type: 'say' }>) {
    this.#liveliness.touch(now, author);
    const { id, text, written, signature } = say;
    const { connection } = author;
    const normalized = normalizeText(text);
    if (!normalized.ok) {
      this.#out.refuse(connection, normalized.problem, id);
      return;
    }
    if (normalized.text !== text) {
      this.#out.refuse(connection, 'text-not-normal', id);
      return;
    }
    if (this.#journal.isKnown(author, id)) return;
    const { role, muted } = this.#membership.standingOf(author.id);
    if (muted) {
      this.#out.refuse(connection, 'muted', id);
      return;
    }
    const slowSeconds = role === 'member' ? this.#membership.rules.slowSeconds : 0;
    const seconds = this.#slowMode.take(author.id, now, slowSeconds, say.again ?? false);
    if (seconds > 0) {
      this.#out.send(connection, { ...refusal('slow-mode', id), seconds });
      return;
    }
    author.typingUntil = null;
    this.#journal.enter(now, author, { kind: 'said', id, text, written, signature });
  }

  #isNameTaken(key: string, by: MemberId): boolean {
    return this.#roster.isTaken(key, by) || this.#membership.isNameTaken(key, by);
  }

  /** N4, N5. */
  #rename(now: number, occupant: Occupant, request: Extract<ClientMessage, { type: 'rename' }>) {
    this.#liveliness.touch(now, occupant);
    const { id, connection, name: before } = occupant;
    const normalized = normalizeName(request.name);
    if (!normalized.ok) {
      this.#out.refuse(connection, normalized.problem, request.id);
      return;
    }
    const { name } = normalized;
    if (nameKeys(name).some((key) => this.#isNameTaken(key, id))) {
      this.#out.refuse(connection, 'name-taken', request.id);
      return;
    }
    this.#roster.rename(occupant, name);
    this.#membership.renamed(id, name);
    const change = { change: 'renamed', id, before, name, count: this.#roster.count } as const;
    if (name === before) this.#out.send(connection, { type: 'presence', changes: [change] });
    else this.#out.presence(change);
  }

  #changeRoom(change: Partial<HubOptions['room']>) {
    this.#room = { ...this.#room, ...change };
    this.#out.broadcast({ type: 'room', room: this.room });
  }

  /** What others may know of an occupant (W3). */
  #memberOf({ id, name, away, since }: Occupant): Member {
    return { id, name, away, since, ...this.#membership.standingOf(id) };
  }
}
