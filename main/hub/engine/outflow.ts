/**
 * What leaves the hub, in one line: what it changed is gathered, written, made safe, and only then
 * told (S7). What anybody waits for is written at the end of the turn it came in; while it is on its
 * way to the disk the hub goes on hearing, and what comes meanwhile is the next to be written.
 */
import type { Greeting } from '../hub-types.ts';
import type { ConnectionId } from '../roster.ts';
import type { Member } from '../../model/member.ts';
import type { HubMessage } from '../../wire/messages.ts';
import { Changes } from './changes.ts';
import type { HubChanges, KeepEffect } from './changes.ts';
import type { Clock, Timer } from '../../model/clock.ts';
import { Delivery } from './delivery.ts';
import { Pace } from './pace.ts';
import type { EngineStore } from './engine-store.ts';
import type { Peer } from './peer.ts';

/** How often a hub that rests looks whether it has rested, in ms. */
const LOOK_MS = 1;

/** Who came in and under what name is written with what else comes, for nobody waits for it; in ms. */
const UNHURRIED_MS = 250;

/**
 * Changes of who is here wait until none has come for so long, in ms, but no longer than the limit:
 * when a school comes in at once, every flush tells all who are in already of the few who follow.
 */
const PRESENCE_WAIT_MS = 8;
const LONGEST_PRESENCE_WAIT_MS = 250;

export interface OutflowOptions {
  readonly clock: Clock;
  readonly store: Pick<EngineStore, 'commit' | 'flush' | 'flushNow'>;
  /** Who is here now. */
  readonly roster: () => readonly Member[];
  /** These did not read for too long and were left out (B4). */
  readonly onTooSlow: (connections: readonly ConnectionId[]) => void;
  /** This is safe. */
  readonly onStored: (changes: HubChanges) => void;
  /** Nothing of this could be kept, for this reason (S7). */
  readonly onNotStored: (changes: HubChanges, error: unknown) => void;
}

export class Outflow {
  readonly #options: OutflowOptions;
  readonly #delivery: Delivery;
  readonly #pace = new Pace();
  readonly #changes = new Changes();
  /** Written, on its way to be safe: the oldest first. */
  #written: HubChanges[] = [];
  #isFlushing = false;
  #isTurnDue = false;
  #unhurried: Timer | null = null;
  /** While people come and go. */
  #presence: { timer: Timer; readonly limit: number } | null = null;
  /** Messages that wait for everybody. */
  #waiting = 0;

  constructor(options: OutflowOptions) {
    this.#options = options;
    const { roster, onTooSlow } = options;
    this.#delivery = new Delivery({ roster, onTooSlow });
  }

  /** True for a connection that gets what goes to everybody. */
  has(connection: ConnectionId): boolean {
    return this.#delivery.has(connection);
  }

  /** Nobody hears of an entry before it is safe (S7). */
  keep(effect: KeepEffect): void {
    const { clock } = this.#options;
    this.#changes.add(effect);
    if (effect.type === 'store') this.#pace.came(clock.monotonic());
    if (effect.type === 'store' || effect.type === 'redact') this.#turnSoon();
    else this.#unhurried ??= clock.after(UNHURRIED_MS, () => this.#write());
  }

  /** From now on this connection gets what goes to everybody, its welcome first. */
  admit(connection: ConnectionId, peer: Peer, greeting: Greeting): void {
    this.#delivery.admit(connection, peer, greeting);
    this.#presenceChanged();
  }

  /** To everybody but, perhaps, one; soon, together with what else comes. */
  broadcast(message: HubMessage, except: ConnectionId | null): void {
    this.#delivery.broadcast(message, except);
    if (message.type === 'presence') {
      this.#presenceChanged();
      return;
    }
    // An entry has come when it was to be kept.
    if (message.type !== 'entries') this.#pace.came(this.#options.clock.monotonic());
    this.#waiting += 1;
    this.#turnSoon();
  }

  /** To one of them alone, after what it gets with the others. */
  send(connection: ConnectionId, message: HubMessage): void {
    this.#delivery.send(connection, message);
  }

  /** It gets what was queued for it, then nothing any more. */
  remove(connection: ConnectionId): void {
    this.#delivery.remove(connection);
  }

  /** Writes what waits, makes it safe and tells of it, all at once: the log is about to change, or to end. */
  settle(): void {
    this.#write();
    const last = this.#written.at(-1);
    if (!last) return;
    this.#options.store.flushNow();
    this.#stored(last);
  }

  #turnSoon(): void {
    if (this.#isTurnDue) return;
    this.#isTurnDue = true;
    this.#options.clock.soon(() => this.#turn());
  }

  /** Writes and tells what there is, unless it does better to wait for what follows. */
  #turn(): void {
    const { clock } = this.#options;
    if (this.#pace.isResting(clock.monotonic())) {
      clock.after(LOOK_MS, () => this.#turn());
      return;
    }
    this.#isTurnDue = false;
    if (!this.#changes.isUnhurried) this.#write();
    // What is about to be safe leaves together with what waits.
    if (this.#waiting > 0 && this.#written.length === 0) this.#tell();
  }

  #write(): void {
    this.#unhurried?.cancel();
    this.#unhurried = null;
    if (this.#changes.isEmpty) return;
    const changes = this.#changes.takeAll();
    try {
      this.#options.store.commit(changes);
    } catch (error) {
      this.#options.onNotStored(changes, error);
      return;
    }
    this.#written.push(changes);
    if (!this.#isFlushing) this.#flush();
  }

  /** One at a time: each makes safe all that was written before it. */
  #flush(): void {
    this.#isFlushing = true;
    const last = this.#written.at(-1);
    this.#options.store.flush(() => {
      this.#isFlushing = false;
      if (last) this.#stored(last);
      if (this.#written.length > 0 && !this.#isFlushing) this.#flush();
    });
  }

  /** Everything written up to here is safe; what hears of it may settle the rest meanwhile. */
  #stored(last: HubChanges): void {
    while (this.#written.includes(last)) {
      const changes = this.#written.shift();
      if (changes) this.#options.onStored(changes);
    }
    if (this.#waiting === 0) return;
    if (this.#pace.isResting(this.#options.clock.monotonic())) this.#turnSoon();
    else this.#tell();
  }

  /** Somebody came or went. */
  #presenceChanged(): void {
    const now = this.#options.clock.monotonic();
    const limit = this.#presence?.limit ?? now + LONGEST_PRESENCE_WAIT_MS;
    this.#presence?.timer.cancel();
    const ms = Math.max(0, Math.min(PRESENCE_WAIT_MS, limit - now));
    this.#presence = { timer: this.#options.clock.after(ms, () => this.#tell()), limit };
  }

  /** Everybody gets what waits. */
  #tell(): void {
    const { clock } = this.#options;
    this.#presence?.timer.cancel();
    this.#presence = null;
    const count = this.#waiting;
    this.#waiting = 0;
    const begun = clock.monotonic();
    this.#delivery.flush();
    this.#pace.flushed(count, begun, clock.monotonic());
  }
}
