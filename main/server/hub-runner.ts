/** Runs a hub: gives it its time and fresh ids, and does what it says with real connections. */
import { randomBytes } from 'node:crypto';
import { Hub } from '../hub/hub.ts';
import type { ConnectionId, HubEffect, HubInput, HubOptions } from '../hub/hub.ts';
import type { CloseName } from '../protocol/close-codes.ts';
import type { HubMessage, LeaveReason } from '../protocol/messages.ts';
import { parseClientMessage } from '../protocol/parse.ts';
import { refusal } from '../protocol/refusals.ts';
import type { Peer } from './peer.ts';

export class HubRunner {
  readonly #hub: Hub;
  readonly #peers = new Map<ConnectionId, Peer>();
  /** Those the hub let in: who gets broadcasts. */
  readonly #admitted = new Map<ConnectionId, Peer>();
  readonly #onCount: (count: number) => void;
  /** Found not to read while the others were being served. */
  readonly #tooSlow: ConnectionId[] = [];
  #count = 0;

  constructor(options: HubOptions, onCount: (count: number) => void) {
    this.#hub = new Hub(options);
    this.#onCount = onCount;
  }

  get memberCount(): number {
    return this.#hub.memberCount;
  }

  isAdmitted(connection: ConnectionId): boolean {
    return this.#admitted.has(connection);
  }

  attach(connection: ConnectionId, peer: Peer): void {
    this.#peers.set(connection, peer);
  }

  /** A frame that came in on a connection; one that cannot be read ends it (F5, F7). */
  receive(connection: ConnectionId, frame: string): void {
    const peer = this.#peers.get(connection);
    if (!peer) return;
    const parsed = parseClientMessage(frame);
    if (parsed.ok) {
      const { message } = parsed;
      const fresh = { member: freshId(), token: freshId() };
      this.input({ type: 'message', now: Date.now(), connection, message, fresh });
      return;
    }
    const answer = refusal(parsed.code, parsed.id);
    this.#deliver(connection, peer, answer, JSON.stringify(answer));
    if (parsed.code === 'bad-message' || !this.#admitted.has(connection)) {
      this.#dismiss(connection, 'bad-message', 'lost');
    }
    this.#dismissTooSlow();
  }

  /** The connection has ended; harmless when it had ended before (O4). */
  detach(connection: ConnectionId, wentAway: boolean): void {
    this.#peers.delete(connection);
    this.#admitted.delete(connection);
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
    this.#peers.delete(connection);
    this.#admitted.delete(connection);
  }
}

/** 128 bits nobody can guess. */
function freshId(): string {
  return randomBytes(16).toString('base64url');
}
