/**
 * The rules of a room, as a state machine: something happened goes in with its time, what is to be
 * done comes out. No clock, no sockets, no randomness; hashing and signing come in as functions. Rule
 * ids in brackets are those of PROTOCOL.md.
 */
import { classOf } from '../events/event.ts';
import type { Hash, Verify } from '../events/event.ts';
import type { CloseName, RefusalCode } from '../model/error-codes.ts';
import type { Ban, Member, MemberId } from '../model/member.ts';
import { looksAfter } from '../model/roles.ts';
import type { RoomInfo } from '../model/room.ts';
import type { Act } from '../policy/act.ts';
import { PROTOCOL_VERSION, SLOW_SECONDS_MAX } from '../protocol/limits.ts';
import { freeName, nameKeys, normalizeName } from '../protocol/names.ts';
import type { Entry } from '../timeline/entry.ts';
import type { ClientMessage, Resume } from '../wire/messages.ts';
import { refusal } from '../wire/refusals.ts';
import type { KnownInvitation } from './door.ts';
import type { Greeting, Hello, HubEffect, HubInput, Identity } from './hub-types.ts';
import { Journal } from './journal.ts';
import { Membership } from './membership.ts';
import { Outgoing } from './outgoing.ts';
import { formProblem, judge } from './posting.ts';
import type { PostingContext } from './posting.ts';
import { Presence } from './presence.ts';
import type { KeptEpoch, RoomLog } from './room-log.ts';
import { Roster } from './roster.ts';
import type { ConnectionId, Occupant } from './roster.ts';
import type { InviteUse, KnownMember } from './rules.ts';
import { SlowMode } from './slow-mode.ts';

/** What makes a room this one and no other (X1). */
export type RoomIdentity = Pick<RoomInfo, 'id' | 'founder' | 'nonce'>;

export interface HubOptions {
  readonly room: RoomIdentity;
  readonly firstConversation: string;
  /** The key of the device that runs it: the host's. */
  readonly hostId: MemberId;
  /** By conversation; the policy log has the room's id. */
  readonly logs: ReadonlyMap<string, RoomLog>;
  /** Every epoch there was, the oldest first; the last is this hub's. */
  readonly epochs: readonly KeptEpoch[];
  readonly known: readonly KnownMember[];
  readonly inviteUses: readonly InviteUse[];
  /** How many people fit in (H4). */
  readonly capacity: number;
  readonly hash: Hash;
  /** The host's signature of a text. */
  readonly sign: (text: string) => string;
  readonly verify: Verify;
}

/** Of what was made before there were connections. */
const NO_CONNECTION: ConnectionId = -1;

export class Hub {
  readonly #options: HubOptions;
  readonly #out = new Outgoing();
  readonly #roster = new Roster();
  readonly #slowMode = new SlowMode();
  readonly #membership: Membership;
  readonly #journal: Journal;
  readonly #presence: Presence;
  readonly #posting: PostingContext;

  constructor(options: HubOptions) {
    const { room, firstConversation, hostId, logs, epochs, known, inviteUses, hash, sign, verify } =
      options;
    this.#options = options;
    const acts = logs.get(room.id)?.after(0, Number.MAX_SAFE_INTEGER) ?? [];
    const keep = (effect: HubEffect) => this.#out.push(effect);
    const founder = room.founder;
    this.#membership = new Membership({ founder, host: hostId, acts, known, inviteUses, keep });
    this.#journal = new Journal({ logs, epochs, policy: room.id, out: this.#out, hash, sign });
    this.#presence = new Presence(this.#roster, hostId, this.#out);
    this.#posting = {
      room: room.id,
      firstConversation,
      membership: this.#membership,
      hash,
      verify,
      find: (id) => this.#journal.find(firstConversation, id),
      isKnown: (id) => Boolean(this.#membership.find(id) ?? this.#roster.withId(id)),
    };
  }

  get room(): RoomInfo {
    return { ...this.#options.room, ...this.#membership.policy.settings };
  }

  /** Every invitation there ever was, the oldest first. */
  get invitations(): readonly KnownInvitation[] {
    return this.#membership.invitations();
  }

  get bans(): readonly Ban[] {
    return this.#membership.bans();
  }

  /** The body of the act that set the passphrase; null while there is none (K3). */
  get passphrase(): Entry | null {
    const act = this.#membership.policy.passphrase;
    return (act && this.#membership.actWith(act.id)) ?? null;
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
        if (occupant) this.#presence.depart(occupant, input.reason);
        break;
      }
      case 'stored':
        this.#journal.stored(input.entries);
        break;
      case 'not-stored':
        this.#journal.notStored(input.entries);
        break;
      case 'found': {
        const { now, name, id, event } = input;
        const founder = { id: event.person, name, connection: NO_CONNECTION };
        this.#journal.enter(now, founder, id, event, () => this.#acted(id));
        break;
      }
      case 'tick':
        this.#onTick(input.now);
        break;
      case 'vouch':
        this.#journal.vouch();
        break;
      case 'forgotten':
        this.#journal.forgotten(input.conversation, input.everywhere);
        break;
    }
    return this.#out.takeAll();
  }

  #onTick(now: number) {
    const isHere = (member: MemberId) => this.#roster.withId(member) !== undefined;
    this.#slowMode.forgetBefore(now - SLOW_SECONDS_MAX * 1000, isHere);
    this.#presence.tick(now, this.room.idleMinutes);
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
      case 'post':
        this.#post(now, occupant, message);
        break;
      case 'bans':
        this.#tellBans(occupant, message.id);
        break;
      case 'rename':
        this.#rename(now, occupant, message);
        break;
      case 'typing':
        if (this.#options.logs.has(message.conversation)) {
          this.#presence.type(now, occupant, message.conversation, message.on);
        }
        break;
      case 'who':
        this.#out.send(connection, { type: 'roster', id: message.id, roster: this.roster });
        break;
      case 'history':
        this.#journal.sendPage(connection, message);
        break;
      case 'leave':
        this.#out.close(connection, 'left');
        this.#presence.depart(occupant, 'left');
        break;
    }
  }

  /** H1-H6, K1-K5, W1-W6. */
  #greet(now: number, connection: ConnectionId, hello: Hello, identity: Identity) {
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
    if (this.#roster.count >= this.#options.capacity) {
      this.#turnAway(connection, 'room-full', 'room-full');
      return;
    }
    const name = freeName(normalized.name, (key) => this.#isNameTaken(key, member));
    this.#membership.admit(member, name, door.use);
    const occupant = this.#roster.add({ id: member, name, connection, since: now, activeAt: now });
    this.#welcome(occupant, hello.resume);
    const change = { change: 'joined', member: this.#memberOf(occupant) } as const;
    this.#out.presence({ ...change, count: this.#roster.count }, connection);
  }

  #welcome({ id, connection }: Occupant, resume: readonly Resume[]) {
    const epoch = this.#options.epochs.at(-1)?.record;
    if (!epoch) throw new Error('a hub that runs has an epoch');
    const greeting: Greeting = {
      type: 'welcome',
      version: PROTOCOL_VERSION,
      you: id,
      room: this.room,
      epoch,
      logs: this.#journal.states(resume),
    };
    this.#out.push({ type: 'admit', connection, greeting });
  }

  #turnAway(connection: ConnectionId, code: RefusalCode, reason: CloseName) {
    this.#out.refuse(connection, code);
    this.#out.close(connection, reason);
  }

  /** S1-S7, E1-E8, M1-M5. */
  #post(now: number, author: Occupant, post: Extract<ClientMessage, { type: 'post' }>) {
    this.#presence.touch(now, author);
    const { id, event } = post;
    const { connection } = author;
    const problem = formProblem(author.id, id, event, this.#posting);
    if (problem !== null) {
      this.#out.refuse(connection, problem, id);
      return;
    }
    if (this.#journal.isKnown(author, event.conversation, id)) return;
    const refused = judge(event, this.#posting);
    if (refused !== null) {
      this.#out.refuse(connection, refused, id);
      return;
    }
    if (classOf(event.kind) === 'message') {
      const isMember = this.#membership.roleOf(author.id) === 'member';
      const { slowSeconds } = this.#membership.policy.settings;
      const seconds = this.#slowMode.take(
        author.id,
        now,
        isMember ? slowSeconds : 0,
        post.again ?? false,
      );
      if (seconds > 0) {
        this.#out.send(connection, { ...refusal('slow-mode', id), seconds });
        return;
      }
      author.typing = null;
    }
    const isAct = event.conversation === this.#options.room.id;
    this.#journal.enter(now, author, id, event, isAct ? () => this.#acted(id) : undefined);
  }

  /** Everybody has seen the act in the log: here is what follows from it. */
  #acted(id: string): void {
    const entry = this.#journal.find(this.#options.room.id, id);
    if (!entry) return;
    const before = this.room;
    const { deed }: Act = this.#membership.weigh(entry);
    if (deed.do === 'clear') this.#out.push({ type: 'clear' });
    if (deed.do !== 'moderate') {
      const isOther = JSON.stringify(before) !== JSON.stringify(this.room);
      if (isOther) this.#out.broadcast({ type: 'room', room: this.room });
      const isInviting = deed.do === 'invite' || deed.do === 'revoke';
      if (isOther || isInviting) this.#out.push({ type: 'room-changed' });
      return;
    }
    if (deed.act === 'remove' || deed.act === 'ban') {
      this.#membership.expel(deed.person);
      this.#showOut(deed.person, deed.act === 'ban' ? 'banned' : 'removed');
    } else this.#showStanding(deed.person);
  }

  #showOut(id: MemberId, reason: 'removed' | 'banned'): void {
    const occupant = this.#roster.withId(id);
    if (!occupant) return;
    this.#out.close(occupant.connection, reason);
    this.#presence.depart(occupant, reason);
  }

  #showStanding(id: MemberId): void {
    if (!this.#roster.withId(id)) return;
    const standing = this.#membership.standingOf(id);
    this.#out.presence({ change: 'standing', id, ...standing, count: this.#roster.count });
  }

  /** M3. */
  #tellBans(asker: Occupant, id: string): void {
    if (!looksAfter(this.#membership.roleOf(asker.id))) {
      this.#out.refuse(asker.connection, 'not-allowed', id);
      return;
    }
    this.#out.send(asker.connection, { type: 'bans', id, bans: this.#membership.bans() });
  }

  #isNameTaken(key: string, by: MemberId): boolean {
    return this.#roster.isTaken(key, by) || this.#membership.isNameTaken(key, by);
  }

  /** N4, N5. */
  #rename(now: number, occupant: Occupant, request: Extract<ClientMessage, { type: 'rename' }>) {
    this.#presence.touch(now, occupant);
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

  /** What others may know of an occupant (W3). */
  #memberOf({ id, name, away, since }: Occupant): Member {
    return { id, name, away, since, ...this.#membership.standingOf(id) };
  }
}
