/**
 * Coming in and reading back cost the hub much more than saying something. When many want that at
 * once, as after an outage, they wait here for their turn, and what is said gets through between.
 */
import type { ConnectionId } from '../hub/roster.ts';

/** For so long at a time they are served, in ms; then whatever else has come has its turn. */
const SHARE_MS = 4;

/** What costs little, found without reading it, where clients put it. */
const CHEAP_FRAME = /"type":"(?:say|typing|act|rename|leave)"/;
const HEAD_UNITS = 256;

export class Turnstile {
  readonly #serve: (connection: ConnectionId, frame: string) => void;
  /** What each connection waits with; the one that has waited longest comes first. */
  readonly #queues = new Map<ConnectionId, string[]>();
  #isOpening = false;

  constructor(serve: (connection: ConnectionId, frame: string) => void) {
    this.#serve = serve;
  }

  /** Serves it in its turn, after what came before on this connection; cheap ones at once. */
  pass(connection: ConnectionId, frame: string): void {
    const queue = this.#queues.get(connection);
    if (queue) queue.push(frame);
    else if (CHEAP_FRAME.test(frame.slice(0, HEAD_UNITS))) this.#serve(connection, frame);
    else {
      this.#queues.set(connection, [frame]);
      this.#open();
    }
  }

  isWaiting(connection: ConnectionId): boolean {
    return this.#queues.has(connection);
  }

  /** Serves what a connection waits with: nothing more will come on it. */
  finish(connection: ConnectionId): void {
    const queue = this.#queues.get(connection) ?? [];
    this.#queues.delete(connection);
    for (const frame of queue) this.#serve(connection, frame);
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
      if (frame !== undefined) this.#serve(connection, frame);
      if (performance.now() > end) break;
    }
    this.#open();
  }
}
