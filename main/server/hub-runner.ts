/** Runs a hub: gives it its time and fresh ids, and does what it says with real connections. */
import { randomBytes } from 'node:crypto';
import { LanyardError, unexpectedError } from '../errors.ts';
import { Hub } from '../hub/hub.ts';
import type { HubOptions } from '../hub/hub.ts';
import type { Greeting, Hello, HubEffect, HubInput, Identity } from '../hub/hub-types.ts';
import type { ConnectionId } from '../hub/roster.ts';
import type { KeptInvite } from '../hub/rules.ts';
import type { CloseName } from '../protocol/close-codes.ts';
import type {
  ClientMessage,
  HubMessage,
  LeaveReason,
  MemberId,
  RoomInfo,
} from '../protocol/messages.ts';
import { parseClientMessage } from '../protocol/parse.ts';
import { refusal } from '../protocol/refusals.ts';
import type { Refusal } from '../protocol/refusals.ts';
import type { HubChanges, HubStore } from '../storage/hub-store.ts';
import type { Caller } from './caller.ts';
import { Delivery } from './delivery.ts';
import { Doorway } from './doorway.ts';
import { FloodGate } from './flood-gate.ts';
import type { FloodLimits } from './flood-gate.ts';
import { headOf } from './frame-head.ts';
import { Keeper } from './keeper.ts';
import type { Peer } from './peer.ts';
import { Turnstile } from './turnstile.ts';

const DAY_MS = 24 * 60 * 60_000;

/** What a frame is, found without reading it, where clients put it (B6). */
const ID_IN_FRAME = /"id":\s*"([^"\\]{1,64})"/;
const SAY_IN_FRAME = /"type":\s*"say"/;
const AGAIN_IN_FRAME = /"again":\s*true/;

export interface HubRunnerOptions extends Omit<HubOptions, 'log' | 'rules' | 'known'> {
  readonly store: HubStore;
  /** True where TLS proves the host's key to whoever comes. */
  readonly encrypted: boolean;
  readonly flood: FloodLimits;
  readonly onCount: (count: number) => void;
  /** What the room tells of itself to everybody is another now. */
  readonly onRoom: (room: RoomInfo) => void;
  /** Something went wrong that the host should know of. */
  readonly onProblem: (problem: LanyardError) => void;
}

export class HubRunner {
  readonly #hub: Hub;
  readonly #peers = new Map<ConnectionId, Peer>();
  readonly #delivery = new Delivery({
    roster: () => this.#hub.roster,
    onTooSlow: (connections) => {
      for (const connection of connections) this.#dismiss(connection, 'too-slow', 'too-slow');
    },
    onRested: () => this.#keeper.rested(),
  });
  readonly #turnstile = new Turnstile((connection, frame) => this.#read(connection, frame));
  readonly #callers = new Map<ConnectionId, Caller>();
  readonly #gates = new Map<ConnectionId, FloodGate>();
  readonly #flood: FloodLimits;
  readonly #store: HubStore;
  readonly #doorway: Doorway;
  readonly #keeper: Keeper;
  readonly #onRoom: (room: RoomInfo) => void;
  readonly #onCount: (count: number) => void;
  readonly #onProblem: (problem: LanyardError) => void;
  #count = 0;

  constructor(options: HubRunnerOptions) {
    const { store, room, hostId, encrypted } = options;
    this.#hub = new Hub({
      ...options,
      log: store.log,
      rules: store.rules(),
      known: store.known(),
    });
    this.#store = store;
    this.#keeper = new Keeper({
      store,
      awaitRested: () => this.#delivery.awaitRested(),
      onStored: (changes) => this.#onStored(changes),
      onNotStored: (problem) => {
        options.onProblem(problem);
        this.input({ type: 'not-stored' });
      },
    });
    this.#doorway = new Doorway({
      room: room.id,
      hostKey: encrypted ? hostId : '',
      passphrase: () => store.passphrase(),
    });
    this.#onRoom = options.onRoom;
    this.#flood = options.flood;
    this.#onCount = options.onCount;
    this.#onProblem = options.onProblem;
  }

  /** Time has passed; true when it is to be told so again soon, because a member types. */
  tick(): boolean {
    this.input({ type: 'tick', now: Date.now() });
    return this.#hub.isTyping;
  }

  get memberCount(): number {
    return this.#hub.memberCount;
  }

  get room(): RoomInfo {
    return this.#hub.room;
  }

  get invites(): readonly KeptInvite[] {
    return this.#hub.invites;
  }

  isAdmitted(connection: ConnectionId): boolean {
    return this.#delivery.has(connection);
  }

  /** True while something it said has yet to be heard. */
  isWaiting(connection: ConnectionId): boolean {
    return this.#turnstile.isWaiting(connection);
  }

  /** A connection of somebody who comes over the network; they are asked who they are. */
  attach(connection: ConnectionId, peer: Peer, caller: Caller): void {
    this.#peers.set(connection, peer);
    this.#callers.set(connection, caller);
    this.#gates.set(connection, new FloodGate(this.#flood, performance.now()));
    if (caller.by === 'nonce') this.#tell(connection, { type: 'challenge', nonce: caller.nonce });
  }

  /** The host's own connection, which nothing holds up. */
  attachHost(connection: ConnectionId, peer: Peer, host: MemberId): void {
    this.#peers.set(connection, peer);
    this.#callers.set(connection, { by: 'key', member: host, address: '' });
  }

  /** A frame that came in on a connection; one without an id that cannot be read ends it (F5, F7). */
  receive(connection: ConnectionId, frame: string): void {
    if (!this.#peers.has(connection) || !this.#letsThrough(connection, frame)) return;
    this.#turnstile.pass(connection, frame);
  }

  /** A ping that came in on a connection, which counts as a frame (B6); true when it may be answered. */
  receivePing(connection: ConnectionId): boolean {
    const peer = this.#peers.get(connection);
    if (!peer || !this.#letsThrough(connection, '')) return false;
    if (!peer.isTooSlow()) return true;
    this.#dismiss(connection, 'too-slow', 'too-slow');
    return false;
  }

  #read(connection: ConnectionId, frame: string): void {
    const parsed = parseClientMessage(frame);
    if (parsed.ok) {
      this.#hear(connection, parsed.message);
      return;
    }
    const isIn = this.#delivery.has(connection);
    const code = isIn || parsed.code === 'bad-message' ? parsed.code : 'hello-first';
    this.#tell(connection, refusal(code, parsed.id));
    // Who knows which request was refused can go on.
    const goesOn = isIn && (code === 'unknown-type' || parsed.id !== undefined);
    if (!goesOn) this.#dismiss(connection, 'bad-message', 'lost');
  }

  #hear(connection: ConnectionId, message: ClientMessage): void {
    if (message.type === 'passphrase' && this.#doorway.isWaiting(connection)) {
      const proven = this.#doorway.finish(connection, message.finish, message.proof);
      if (proven) this.#enter(connection, proven.hello, proven.identity);
      else this.#turnAway(connection, refusal('passphrase-wrong'));
      return;
    }
    const caller = this.#callers.get(connection);
    if (!caller) return;
    // Who is in has proven that: what is said of it once more is the hub's to refuse (H1).
    const isProving = message.type === 'hello' && !this.#delivery.has(connection);
    const identity = isProving ? this.#doorway.identityOf(caller, message) : NOBODY;
    if (identity) this.#enter(connection, message, identity);
    else this.#turnAway(connection, refusal('key-not-proven'));
  }

  #enter(connection: ConnectionId, message: ClientMessage, identity: Identity): void {
    this.input({ type: 'message', now: Date.now(), connection, message, identity });
  }

  /** K3, K4. */
  async #beginProof(connection: ConnectionId, hello: Hello): Promise<void> {
    const caller = this.#callers.get(connection);
    if (!caller) return;
    let answer;
    try {
      answer = await this.#doorway.begin(connection, caller, hello, performance.now());
    } catch (error) {
      // It is the host who can do something about it, and nobody else is to suffer from it.
      this.#onProblem(error instanceof LanyardError ? error : unexpectedError(error));
      this.drop(connection, 'not-admitted');
      return;
    }
    if (!this.#peers.has(connection)) this.#doorway.forget(connection);
    else if (answer.type === 'refused') this.#turnAway(connection, answer);
    else this.#tell(connection, answer);
  }

  /** Says why not, and ends the connection (K5). */
  #turnAway(connection: ConnectionId, refused: Refusal): void {
    this.#tell(connection, refused);
    this.drop(connection, 'not-admitted');
  }

  /** Refuses what is too much before it costs anything much (B6). */
  #letsThrough(connection: ConnectionId, frame: string): boolean {
    const gate = this.#gates.get(connection);
    if (!gate) return true;
    const now = performance.now();
    const head = headOf(frame);
    const again = AGAIN_IN_FRAME.test(head) ? 'again' : 'more';
    const says = SAY_IN_FRAME.test(head) ? again : 'nothing';
    // What the turnstile has no room for is more than anybody may send.
    const units = this.#turnstile.isFull(connection) ? Infinity : frame.length;
    const verdict = gate.judge(units, now, says);
    if (verdict === 'remove') this.#dismiss(connection, 'flooding', 'flooding');
    if (verdict !== 'refuse') return verdict === 'read';
    const id = ID_IN_FRAME.exec(head)?.[1];
    this.#tell(connection, { ...refusal('slow-down', id), seconds: gate.secondsLeft(now) });
    return false;
  }

  /** The connection has ended; harmless when it had ended before (O4). */
  detach(connection: ConnectionId, wentAway: boolean): void {
    this.#turnstile.finish(connection, () => {
      this.#forget(connection);
      const reason = wentAway ? 'left' : 'lost';
      this.input({ type: 'closed', now: Date.now(), connection, reason });
    });
  }

  input(input: HubInput): void {
    this.#carryOut(this.#hub.handle(input));
    if (this.#hub.memberCount === this.#count) return;
    this.#count = this.#hub.memberCount;
    this.#onCount(this.#count);
  }

  /** Writes what is to be written and ends every connection (C1). */
  closeAll(): void {
    this.#keeper.now();
    for (const connection of this.#peers.keys()) this.drop(connection, 'room-closed');
  }

  #carryOut(effects: readonly HubEffect[]): void {
    for (const effect of effects) {
      switch (effect.type) {
        case 'send':
          this.#tell(effect.to, effect.message);
          break;
        case 'store':
          this.#delivery.coming();
          this.#keeper.keep(effect);
          break;
        case 'strike':
        case 'keep-known':
        case 'keep-rules':
          this.#keeper.keep(effect);
          break;
        case 'challenge':
          void this.#beginProof(effect.connection, effect.hello);
          break;
        case 'admit':
          this.#admit(effect.connection, effect.greeting);
          break;
        case 'broadcast':
          this.#delivery.broadcast(effect.message, effect.except);
          break;
        case 'close':
          this.drop(effect.connection, effect.reason);
          break;
      }
    }
  }

  #admit(connection: ConnectionId, greeting: Greeting): void {
    const peer = this.#peers.get(connection);
    if (!peer) return;
    this.#delivery.admit(connection, peer, this.#doorway.withProof(connection, greeting));
  }

  #onStored({ rules }: HubChanges): void {
    this.input({ type: 'stored' });
    if (rules) this.#onRoom(this.#hub.room);
    if (this.#hub.room.remembersDays === 0) this.forgetOld();
  }

  /** Forgets what is older than the room remembers (L5); what cannot be forgotten is told. */
  forgetOld(): void {
    try {
      this.#forgetOld();
    } catch (error) {
      if (!(error instanceof LanyardError)) throw error;
      this.#onProblem(error);
    }
  }

  #forgetOld(): void {
    const days = this.#hub.room.remembersDays;
    if (days === null) return;
    const since = days === 0 ? Infinity : Date.now() - days * DAY_MS;
    const { log } = this.#store;
    log.forgetBefore(log.firstSince(since));
  }

  /** Throws storage-*. */
  setRemembers(days: number | null): void {
    this.input({ type: 'set-remembers', days });
    this.#forgetOld();
  }

  /** Forgets everything, here and in every copy that connects (L6). Throws storage-*. */
  clear(): void {
    this.#keeper.now();
    this.#store.log.reset(freshId(), 0);
    this.input({ type: 'cleared' });
  }

  /** Sends to one connection alone. */
  #tell(connection: ConnectionId, message: HubMessage): void {
    if (this.#delivery.has(connection)) this.#delivery.send(connection, message);
    else this.#peers.get(connection)?.send(message);
  }

  #dismiss(connection: ConnectionId, reason: CloseName, left: LeaveReason): void {
    this.drop(connection, reason);
    this.input({ type: 'closed', now: Date.now(), connection, reason: left });
  }

  /** Ends a connection; whatever still comes in on it is not heard. */
  drop(connection: ConnectionId, reason: CloseName): void {
    const peer = this.#peers.get(connection);
    this.#forget(connection);
    peer?.close(reason);
  }

  #forget(connection: ConnectionId): void {
    this.#peers.delete(connection);
    this.#delivery.remove(connection);
    this.#turnstile.forget(connection);
    this.#gates.delete(connection);
    this.#callers.delete(connection);
    this.#doorway.forget(connection);
  }
}

/** Goes with what is no hello. */
const NOBODY: Identity = { member: '', inviteHash: null, passphrase: null };

/** 128 bits nobody can guess. */
function freshId(): string {
  return randomBytes(16).toString('base64url');
}
