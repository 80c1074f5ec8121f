/** Runs a hub: gives it its time and fresh ids, and does what it says with real connections. */
import { createHash, randomBytes } from 'node:crypto';
import { LanyardError } from '../errors.ts';
import { HOST_CONNECTION, Hub } from '../hub/hub.ts';
import type { HubOptions } from '../hub/hub.ts';
import type { HubEffect, HubInput, Identity } from '../hub/hub-types.ts';
import type { ConnectionId } from '../hub/roster.ts';
import type { CloseName } from '../protocol/close-codes.ts';
import type { Entry, HubMessage, LeaveReason } from '../protocol/messages.ts';
import { parseClientMessage } from '../protocol/parse.ts';
import { refusal } from '../protocol/refusals.ts';
import type { EntryStore } from '../storage/entry-store.ts';
import { FloodGate } from './flood-gate.ts';
import type { FloodLimits } from './flood-gate.ts';
import type { Peer } from './peer.ts';

const DAY_MS = 24 * 60 * 60_000;

/** What a frame is, found without reading it, where clients put it (B6). */
const ID_IN_FRAME = /"id":"([^"\\]{1,64})"/;
const SAY_IN_FRAME = '"type":"say"';
const AGAIN_IN_FRAME = '"again":true';
const HEAD_UNITS = 256;

export interface HubRunnerOptions extends HubOptions {
  readonly log: EntryStore;
  readonly flood: FloodLimits;
  readonly onCount: (count: number) => void;
  /** Something went wrong that the host should know of. */
  readonly onProblem: (problem: LanyardError) => void;
}

export class HubRunner {
  readonly #hub: Hub;
  readonly #peers = new Map<ConnectionId, Peer>();
  /** Those the hub let in: who gets broadcasts. */
  readonly #admitted = new Map<ConnectionId, Peer>();
  readonly #gates = new Map<ConnectionId, FloodGate>();
  readonly #flood: FloodLimits;
  readonly #log: EntryStore;
  /** Entries of this turn, written together at its end. */
  #toStore: Entry[] = [];
  readonly #onCount: (count: number) => void;
  readonly #onProblem: (problem: LanyardError) => void;
  /** Found not to read while the others were being served. */
  readonly #tooSlow: ConnectionId[] = [];
  #count = 0;

  constructor(options: HubRunnerOptions) {
    this.#hub = new Hub(options);
    this.#log = options.log;
    this.#flood = options.flood;
    this.#onCount = options.onCount;
    this.#onProblem = options.onProblem;
  }

  get memberCount(): number {
    return this.#hub.memberCount;
  }

  isAdmitted(connection: ConnectionId): boolean {
    return this.#admitted.has(connection);
  }

  attach(connection: ConnectionId, peer: Peer): void {
    this.#peers.set(connection, peer);
    if (connection === HOST_CONNECTION) return;
    this.#gates.set(connection, new FloodGate(this.#flood, performance.now()));
  }

  /** A frame that came in on a connection; one that cannot be read ends it (F5, F7). */
  receive(connection: ConnectionId, frame: string): void {
    const peer = this.#peers.get(connection);
    if (!peer || !this.#letsThrough(connection, peer, frame)) return;
    const parsed = parseClientMessage(frame);
    if (parsed.ok) {
      const { message } = parsed;
      const identity = message.type === 'hello' ? identityOf(message.resume?.token) : NOBODY;
      this.input({ type: 'message', now: Date.now(), connection, message, identity });
      return;
    }
    const isIn = this.#admitted.has(connection);
    const code = isIn || parsed.code === 'bad-message' ? parsed.code : 'hello-first';
    const answer = refusal(code, parsed.id);
    this.#deliver(connection, peer, answer, JSON.stringify(answer));
    if (code !== 'unknown-type') {
      this.#dismiss(connection, 'bad-message', 'lost');
    }
    this.#dismissTooSlow();
  }

  /** Refuses what is too much before it costs anything much (B6). */
  #letsThrough(connection: ConnectionId, peer: Peer, frame: string): boolean {
    const gate = this.#gates.get(connection);
    if (!gate) return true;
    const now = performance.now();
    const head = frame.slice(0, HEAD_UNITS);
    const again = head.includes(AGAIN_IN_FRAME) ? 'again' : 'more';
    const says = head.includes(SAY_IN_FRAME) ? again : 'nothing';
    const verdict = gate.judge(frame.length, now, says);
    if (verdict === 'remove') this.#dismiss(connection, 'flooding', 'flooding');
    if (verdict !== 'refuse') return verdict === 'read';
    const id = ID_IN_FRAME.exec(head)?.[1];
    const answer = { ...refusal('slow-down', id), seconds: gate.secondsLeft(now) };
    this.#deliver(connection, peer, answer, JSON.stringify(answer));
    this.#dismissTooSlow();
    return false;
  }

  /** The connection has ended; harmless when it had ended before (O4). */
  detach(connection: ConnectionId, wentAway: boolean): void {
    this.#forget(connection);
    const reason = wentAway ? 'left' : 'lost';
    this.input({ type: 'closed', now: Date.now(), connection, reason });
  }

  input(input: HubInput): void {
    this.#carryOut(this.#hub.handle(input));
    if (this.#hub.memberCount === this.#count) return;
    this.#count = this.#hub.memberCount;
    this.#onCount(this.#count);
  }

  /** Ends every connection (C1). */
  closeAll(): void {
    for (const connection of this.#peers.keys()) this.drop(connection, 'room-closed');
  }

  #carryOut(effects: readonly HubEffect[]): void {
    for (const effect of effects) {
      switch (effect.type) {
        case 'send': {
          const peer = this.#peers.get(effect.to);
          if (peer) this.#deliver(effect.to, peer, effect.message, JSON.stringify(effect.message));
          break;
        }
        case 'store':
          if (this.#toStore.push(effect.entry) === 1) setImmediate(() => this.#store());
          break;
        case 'admit': {
          const peer = this.#peers.get(effect.connection);
          if (peer) this.#admitted.set(effect.connection, peer);
          break;
        }
        case 'broadcast': {
          const frame = JSON.stringify(effect.message);
          for (const [connection, peer] of this.#admitted) {
            if (connection === effect.except) continue;
            this.#deliver(connection, peer, effect.message, frame);
          }
          break;
        }
        case 'close':
          this.drop(effect.connection, effect.reason);
          break;
      }
    }
    this.#dismissTooSlow();
  }

  /** One transaction a turn; nobody hears of an entry before it is safe (S7). */
  #store(): void {
    const entries = this.#toStore;
    if (entries.length === 0) return;
    this.#toStore = [];
    try {
      this.#log.append(entries);
    } catch (error) {
      if (!(error instanceof LanyardError)) throw error;
      this.#onProblem(error);
      this.input({ type: 'not-stored' });
      return;
    }
    this.input({ type: 'stored' });
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
    this.#log.forgetBefore(this.#log.firstSince(since));
  }

  /** Throws storage-*. */
  setRemembers(days: number | null): void {
    this.input({ type: 'set-remembers', days });
    this.#forgetOld();
  }

  /** Forgets everything, here and in every copy that connects (L6). Throws storage-*. */
  clear(): void {
    this.#store();
    this.#log.reset(freshId(), 0);
    this.input({ type: 'cleared' });
  }

  #deliver(connection: ConnectionId, peer: Peer, message: HubMessage, frame: string): void {
    if (peer.isTooSlow()) this.#tooSlow.push(connection);
    else peer.send(message, frame);
  }

  /** Lets go those who do not read, once everybody else has been served (B4, O15). */
  #dismissTooSlow(): void {
    for (const connection of this.#tooSlow.splice(0)) {
      this.#dismiss(connection, 'too-slow', 'too-slow');
    }
  }

  #dismiss(connection: ConnectionId, reason: CloseName, left: LeaveReason): void {
    this.drop(connection, reason);
    this.input({ type: 'closed', now: Date.now(), connection, reason: left });
  }

  /** Ends a connection; whatever still comes in on it is not heard. */
  drop(connection: ConnectionId, reason: CloseName): void {
    this.#peers.get(connection)?.close(reason);
    this.#forget(connection);
  }

  #forget(connection: ConnectionId): void {
    this.#peers.delete(connection);
    this.#admitted.delete(connection);
    this.#gates.delete(connection);
  }
}

/** Goes with what is no hello. */
const NOBODY: Identity = { member: '', token: '' };

/** The same token makes the same member, also after the hub was started again (H6). */
function identityOf(token = freshId()): Identity {
  const digest = createHash('sha256').update(token).digest();
  return { token, member: digest.subarray(0, 16).toString('base64url') };
}

/** 128 bits nobody can guess. */
function freshId(): string {
  return randomBytes(16).toString('base64url');
}
