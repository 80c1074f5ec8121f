/**
 * A hub at work: frames of its connections go in, each at its pace and in its turn; what the hub says
 * goes out over its outflow. The same engine runs a real room and a simulated one: the clock, the
 * disk, the connections and the crypto are its ports.
 */
import type { CloseName } from '../../model/error-codes.ts';
import type { LeaveReason, Member } from '../../model/member.ts';
import type { RoomInfo } from '../../model/room.ts';
import type { Entry } from '../../timeline/entry.ts';
import type { ClientMessage, HubMessage } from '../../wire/messages.ts';
import { parseClientMessage } from '../../wire/parse.ts';
import type { Parsed } from '../../wire/parse.ts';
import { refusal } from '../../wire/refusals.ts';
import type { KnownInvitation } from '../door.ts';
import { Hub } from '../hub.ts';
import type { HubOptions } from '../hub.ts';
import type { Greeting, Hello, HubEffect, HubInput, Identity } from '../hub-types.ts';
import type { ConnectionId } from '../roster.ts';
import { beginEpoch } from './begin-epoch.ts';
import type { HubChanges } from './changes.ts';
import type { Clock, Timer } from '../../model/clock.ts';
import type { Doorkeeper } from './doorkeeper.ts';
import { FairQueue } from './fair-queue.ts';
import type { EngineStore } from './engine-store.ts';
import { Outflow } from './outflow.ts';
import type { Peer } from './peer.ts';
import { RateLimiter } from './rate-limiter.ts';
import type { RateLimits, Says } from './rate-limiter.ts';

export interface HubEngineOptions extends Omit<
  HubOptions,
  'logs' | 'epochs' | 'known' | 'inviteUses'
> {
  readonly clock: Clock;
  readonly store: EngineStore;
  readonly doorkeeper: Doorkeeper;
  /** How much one member may send (B6). */
  readonly rate: RateLimits;
  readonly onCount: (count: number) => void;
  /** What the room tells of itself to everybody is another now. */
  readonly onRoom: (room: RoomInfo) => void;
  /** Something could not be kept or forgotten. */
  readonly onProblem: (error: unknown) => void;
}

const DAY_MS = 24 * 60 * 60_000;

/** How long after something was told the host vouches for it, in ms (L8). */
const VOUCH_MS = 1_000;

/** What costs the hub little is served in the turn it comes in (B7). */
const CHEAP: ReadonlySet<ClientMessage['type']> = new Set(['post', 'typing', 'rename', 'leave']);

export class HubEngine {
  readonly #options: HubEngineOptions;
  readonly #hub: Hub;
  readonly #outflow: Outflow;
  readonly #queue: FairQueue;
  readonly #peers = new Map<ConnectionId, Peer>();
  readonly #limiters = new Map<ConnectionId, RateLimiter>();
  #count = 0;
  /** Until what was told last is vouched for. */
  #vouching: Timer | null = null;

  constructor(options: HubEngineOptions) {
    const { clock, store } = options;
    this.#options = options;
    this.#hub = new Hub({
      ...options,
      ...beginEpoch(options),
      known: store.known(),
      inviteUses: store.inviteUses(),
    });
    this.#queue = new FairQueue(clock);
    this.#outflow = new Outflow({
      clock,
      store,
      roster: () => this.#hub.roster,
      onTooSlow: (connections) => {
        for (const connection of connections) this.#dismiss(connection, 'too-slow', 'too-slow');
      },
      onStored: (changes) => this.#onStored(changes),
      onNotStored: ({ entries }, error) => {
        options.onProblem(error);
        this.input({ type: 'not-stored', entries: entries.length });
      },
    });
  }

  get memberCount(): number {
    return this.#hub.memberCount;
  }

  get roster(): readonly Member[] {
    return this.#hub.roster;
  }

  get room(): RoomInfo {
    return this.#hub.room;
  }

  /** Every invitation there ever was, the oldest first. */
  get invitations(): readonly KnownInvitation[] {
    return this.#hub.invitations;
  }

  /** The act that set the passphrase; null while there is none (K3). */
  get passphrase(): Entry | null {
    return this.#hub.passphrase;
  }

  isAdmitted(connection: ConnectionId): boolean {
    return this.#outflow.has(connection);
  }

  /** True while something it said has yet to be heard. */
  isWaiting(connection: ConnectionId): boolean {
    return this.#queue.isWaiting(connection);
  }

  /** A connection that has just been made; the host's own is held up by nothing. */
  attach(connection: ConnectionId, peer: Peer, isHost: boolean): void {
    const { clock, rate } = this.#options;
    this.#peers.set(connection, peer);
    if (!isHost) this.#limiters.set(connection, new RateLimiter(rate, clock.monotonic()));
  }

  /** A frame that came in on a connection; one without an id that cannot be read ends it (F5, F7). */
  receive(connection: ConnectionId, frame: string): void {
    if (!this.#peers.has(connection)) return;
    const parsed = parseClientMessage(frame);
    if (!this.#isWithinRate(connection, frame.length, parsed)) return;
    const isCheap = parsed.ok && CHEAP.has(parsed.message.type);
    const serve = () => this.#read(connection, parsed);
    this.#queue.pass(connection, isCheap, { units: frame.length, serve });
  }

  /** A ping that came in on a connection, which counts as a frame (B6); true when it may be answered. */
  receivePing(connection: ConnectionId): boolean {
    const peer = this.#peers.get(connection);
    if (!peer || !this.#isWithinRate(connection, 0, null)) return false;
    if (!peer.isTooSlow()) return true;
    this.#dismiss(connection, 'too-slow', 'too-slow');
    return false;
  }

  /** Time has passed; true when it is to be told so again soon, because a member types. */
  tick(): boolean {
    this.input({ type: 'tick', now: this.#options.clock.now() });
    return this.#hub.isTyping;
  }

  /** The connection has ended; harmless when it had ended before (O4). */
  detach(connection: ConnectionId, reason: LeaveReason): void {
    this.#queue.finish(connection, () => {
      this.#forget(connection);
      this.#close(connection, reason);
    });
  }

  input(input: HubInput): void {
    for (const effect of this.#hub.handle(input)) this.#carryOut(effect);
    if (this.#hub.memberCount === this.#count) return;
    this.#count = this.#hub.memberCount;
    this.#options.onCount(this.#count);
  }

  /** Forgets what is older than the room remembers (L9). Throws what the store throws. */
  forgetOld(): void {
    const days = this.#hub.room.remembersDays;
    if (days === null) return;
    // Who is in a room that remembers nothing has what was said meanwhile, until they go.
    if (days === 0) this.#forgetOlder(Infinity, false);
    else this.#forgetOlder(this.#options.clock.now() - days * DAY_MS, true);
  }

  #forgetOlder(at: number, everywhere: boolean): void {
    const { store, firstConversation } = this.#options;
    if (!store.log(firstConversation).forgetOlder(at)) return;
    this.input({ type: 'forgotten', conversation: firstConversation, everywhere });
  }

  /** Forgets what it can; what it cannot the host is told. */
  #tryToForget(forget: () => void): void {
    try {
      forget();
    } catch (error) {
      this.#options.onProblem(error);
    }
  }

  /** Ends a connection; whatever still comes in on it is not heard. */
  drop(connection: ConnectionId, reason: CloseName): void {
    const peer = this.#peers.get(connection);
    this.#forget(connection);
    peer?.close(reason);
  }

  /** Tells everybody what is safe, and ends every connection (C1). */
  closeAll(): void {
    this.#outflow.settle();
    this.#vouch();
    for (const connection of this.#peers.keys()) this.drop(connection, 'room-closed');
  }

  #read(connection: ConnectionId, parsed: Parsed<ClientMessage>): void {
    if (parsed.ok) {
      this.#hear(connection, parsed.message);
      return;
    }
    if (parsed.code === 'version-unsupported' && this.isAdmitted(connection)) {
      this.#tell(connection, refusal('hello-twice'));
      return;
    }
    if (parsed.code === 'version-unsupported') {
      this.#tell(connection, refusal(parsed.code));
      this.#dismiss(connection, 'version-unsupported', 'lost');
      return;
    }
    const isIn = this.isAdmitted(connection);
    const code = isIn || parsed.code === 'bad-message' ? parsed.code : 'hello-first';
    this.#tell(connection, refusal(code, parsed.id));
    // Who knows which request was refused can go on.
    const goesOn = isIn && (code === 'unknown-type' || parsed.id !== undefined);
    if (!goesOn) this.#dismiss(connection, 'bad-message', 'lost');
  }

  #hear(connection: ConnectionId, message: ClientMessage): void {
    const { doorkeeper } = this.#options;
    if (message.type === 'passphrase' && doorkeeper.isWaiting(connection)) {
      const proven = doorkeeper.finish(connection, message.finish, message.proof);
      if (proven) this.#enter(connection, proven.hello, proven.identity);
      else this.#turnAway(connection, refusal('passphrase-wrong'));
      return;
    }
    // Who is in has proven that: what is said of it once more is the hub's to refuse (H1).
    const isProving = message.type === 'hello' && !this.isAdmitted(connection);
    const identity = isProving ? doorkeeper.identityOf(connection, message) : NOBODY;
    if (identity) this.#enter(connection, message, identity);
    else this.#turnAway(connection, refusal('key-not-proven'));
  }

  #enter(connection: ConnectionId, message: ClientMessage, identity: Identity): void {
    const now = this.#options.clock.now();
    this.input({ type: 'message', now, connection, message, identity });
  }

  /** K3, K4. */
  #beginProof(connection: ConnectionId, hello: Hello): void {
    const { doorkeeper, clock } = this.#options;
    doorkeeper.begin(connection, hello, clock.monotonic(), (answer) => {
      if (!this.#peers.has(connection)) doorkeeper.forget(connection);
      else if (answer === null) this.drop(connection, 'not-admitted');
      else if (answer.type === 'refused') this.#turnAway(connection, answer);
      else this.#tell(connection, answer);
    });
  }

  /** Says why not, and ends the connection (K5). */
  #turnAway(connection: ConnectionId, refused: HubMessage): void {
    this.#tell(connection, refused);
    this.drop(connection, 'not-admitted');
  }

  /** Refuses what is too much before it costs anything much (B6); `parsed` is null for a ping. */
  #isWithinRate(
    connection: ConnectionId,
    length: number,
    parsed: Parsed<ClientMessage> | null,
  ): boolean {
    const limiter = this.#limiters.get(connection);
    if (!limiter) return true;
    const now = this.#options.clock.monotonic();
    // What the queue has no room for is more than anybody may send.
    const units = this.#queue.isFull(connection) ? Infinity : length;
    const verdict = limiter.judge(units, now, whatItSays(parsed));
    if (verdict === 'remove') this.#dismiss(connection, 'flooding', 'flooding');
    if (verdict !== 'refuse') return verdict === 'read';
    const refused = refusal('slow-down', idOf(parsed));
    this.#tell(connection, { ...refused, seconds: limiter.secondsLeft(now) });
    return false;
  }

  #carryOut(effect: HubEffect): void {
    switch (effect.type) {
      case 'send':
        this.#tell(effect.to, effect.message);
        break;
      case 'store':
      case 'redact':
      case 'keep-known':
      case 'keep-invite-use':
        this.#outflow.keep(effect);
        break;
      case 'challenge':
        this.#beginProof(effect.connection, effect.hello);
        break;
      case 'admit':
        this.#admit(effect.connection, effect.greeting);
        break;
      case 'broadcast':
        this.#outflow.broadcast(effect.message, effect.except);
        break;
      case 'room-changed':
        this.#options.onRoom(this.#hub.room);
        this.#tryToForget(() => this.forgetOld());
        break;
      case 'clear':
        this.#outflow.settle();
        this.#tryToForget(() => this.#forgetOlder(Infinity, true));
        break;
      case 'close':
        this.drop(effect.connection, effect.reason);
        break;
    }
  }

  #onStored({ entries }: HubChanges): void {
    const { clock } = this.#options;
    this.input({ type: 'stored', entries: entries.length });
    if (entries.length === 0) return;
    this.#vouching ??= clock.after(VOUCH_MS, () => this.#vouch());
    if (this.#hub.room.remembersDays === 0) this.#tryToForget(() => this.forgetOld());
  }

  #vouch(): void {
    this.#vouching?.cancel();
    this.#vouching = null;
    this.input({ type: 'vouch' });
  }

  #admit(connection: ConnectionId, greeting: Greeting): void {
    const peer = this.#peers.get(connection);
    if (!peer) return;
    const proven = this.#options.doorkeeper.withProof(connection, greeting);
    this.#outflow.admit(connection, peer, proven);
  }

  /** Sends to one connection alone. */
  #tell(connection: ConnectionId, message: HubMessage): void {
    if (this.isAdmitted(connection)) this.#outflow.send(connection, message);
    else this.#peers.get(connection)?.send(message);
  }

  #dismiss(connection: ConnectionId, reason: CloseName, left: LeaveReason): void {
    this.drop(connection, reason);
    this.#close(connection, left);
  }

  #close(connection: ConnectionId, reason: LeaveReason): void {
    this.input({ type: 'closed', now: this.#options.clock.now(), connection, reason });
  }

  #forget(connection: ConnectionId): void {
    this.#peers.delete(connection);
    this.#outflow.remove(connection);
    this.#queue.forget(connection);
    this.#limiters.delete(connection);
    this.#options.doorkeeper.forget(connection);
  }
}

/** Goes with what is no hello. */
const NOBODY: Identity = { member: '', inviteHash: null, passphrase: null };

function whatItSays(parsed: Parsed<ClientMessage> | null): Says {
  if (!parsed?.ok || parsed.message.type !== 'post') return 'nothing';
  return parsed.message.again ? 'again' : 'more';
}

function idOf(parsed: Parsed<ClientMessage> | null): string | undefined {
  if (!parsed?.ok) return parsed?.id;
  return 'id' in parsed.message ? parsed.message.id : undefined;
}
