/**
 * Coming in and reading back cost the hub much more than saying something. When many want that at
 * once, as after an outage, they wait here for their turn, and what is said gets through between.
 */
import type { ConnectionId } from '../roster.ts';
import type { Clock } from '../../model/clock.ts';

/** For so long at a time they are served, in ms; then whatever else has come has its turn. */
const SHARE_MS = 1;

/** With more than this, in UTF-16 units, a connection waits with too much. */
const MOST_UNITS = 64 * 1024;

/** Something a connection wants, and how long it was on the wire, in UTF-16 units. */
interface Work {
  readonly units: number;
  readonly serve: () => void;
}

export class FairQueue {
  readonly #clock: Clock;
  /** What each connection waits with; the one that has waited longest comes first. */
  readonly #queues = new Map<ConnectionId, Work[]>();
  #isOpening = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Serves it in its turn, after what came before on this connection; what is cheap, at once. */
  pass(connection: ConnectionId, isCheap: boolean, work: Work): void {
    const queue = this.#queues.get(connection);
    if (queue) queue.push(work);
    else if (isCheap) work.serve();
    else {
      this.#queues.set(connection, [work]);
      this.#open();
    }
  }

  isWaiting(connection: ConnectionId): boolean {
    return this.#queues.has(connection);
  }

  /** True while it waits with so much that no more should be taken from it. */
  isFull(connection: ConnectionId): boolean {
    const queue = this.#queues.get(connection) ?? [];
    return queue.reduce((sum, { units }) => sum + units, 0) > MOST_UNITS;
  }

  /** Nothing more will come on it: `end` follows what it waits with, at once when that is nothing. */
  finish(connection: ConnectionId, end: () => void): void {
    this.pass(connection, true, { units: 0, serve: end });
  }

  /** Nothing it waits with is served. */
  forget(connection: ConnectionId): void {
    this.#queues.delete(connection);
  }

  #open(): void {
    if (this.#isOpening || this.#queues.size === 0) return;
    this.#isOpening = true;
    this.#clock.soon(() => this.#serveSome());
  }

  /** One piece of work a connection, in turns. */
  #serveSome(): void {
    this.#isOpening = false;
    const end = this.#clock.monotonic() + SHARE_MS;
    for (const [connection, [work, ...others]] of this.#queues) {
      this.#queues.delete(connection);
      if (others.length > 0) this.#queues.set(connection, others);
      work?.serve();
      if (this.#clock.monotonic() > end) break;
    }
    this.#open();
  }
}
