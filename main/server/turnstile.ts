/**
 * Coming in and reading back cost the hub much more than saying something. When many want that at
 * once, as after an outage, they wait here for their turn, and what is said gets through between.
 */
import type { ConnectionId } from '../hub/roster.ts';
import { headOf } from './frame-head.ts';

/** For so long at a time they are served, in ms; then whatever else has come has its turn. */
const SHARE_MS = 1;

/** What costs little, found without reading it, where clients put it. */
const CHEAP_FRAME = /"type":\s*"(?:say|typing|act|rename|leave)"/;

/** With more than this, in UTF-16 units, a connection waits with too much. */
const MOST_UNITS = 64 * 1024;

/** What is done once a connection has been heard to the end. */
type End = () => void;

export class Turnstile {
  readonly #serve: (connection: ConnectionId, frame: string) => void;
  /** What each connection waits with; the one that has waited longest comes first. */
  readonly #queues = new Map<ConnectionId, (string | End)[]>();
  #isOpening = false;

  constructor(serve: (connection: ConnectionId, frame: string) => void) {
    this.#serve = serve;
  }

  /** Serves it in its turn, after what came before on this connection; cheap ones at once. */
  pass(connection: ConnectionId, frame: string): void {
    const queue = this.#queues.get(connection);
    if (queue) queue.push(frame);
    else if (CHEAP_FRAME.test(headOf(frame))) this.#serve(connection, frame);
    else {
      this.#queues.set(connection, [frame]);
      this.#open();
    }
  }

  isWaiting(connection: ConnectionId): boolean {
    return this.#queues.has(connection);
  }

  /** True while it waits with so much that no more should be taken from it. */
  isFull(connection: ConnectionId): boolean {
    const queue = this.#queues.get(connection) ?? [];
    const lengths = queue.map((each) => (typeof each === 'string' ? each.length : 0));
    return lengths.reduce((sum, length) => sum + length, 0) > MOST_UNITS;
  }

  /** Nothing more will come on it: `end` follows what it waits with, at once when that is nothing. */
  finish(connection: ConnectionId, end: End): void {
    const queue = this.#queues.get(connection);
    if (queue) queue.push(end);
    else end();
  }

  /** Nothing it waits with is served. */
  forget(connection: ConnectionId): void {
    this.#queues.delete(connection);
  }

  #open(): void {
    if (this.#isOpening || this.#queues.size === 0) return;
    this.#isOpening = true;
    setImmediate(() => this.#serveSome());
  }

  /** One frame a connection, in turns. */
  #serveSome(): void {
    this.#isOpening = false;
    const end = performance.now() + SHARE_MS;
    for (const [connection, [frame, ...others]] of this.#queues) {
      this.#queues.delete(connection);
      if (others.length > 0) this.#queues.set(connection, others);
      if (typeof frame === 'string') this.#serve(connection, frame);
      else frame?.();
      if (performance.now() > end) break;
    }
    this.#open();
  }
}
