/** Somebody who stands in a room's door: connections that never become members, made anew as they end. */
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { Watch } from './watch.ts';

/** So many connections are begun every so many ms at the most: as fast as can be, nobody else would get to run. */
const AT_ONCE = 10;
const EVERY_MS = 5;

export interface DoorHolderOptions {
  /** So many are open at once, as far as the room lets them. */
  readonly count: number;
  /** The addresses they come from, in turns; those of a loopback. */
  readonly from: readonly string[];
  /** What each of them says before it says nothing any more. */
  readonly opening?: string | Buffer;
}

export class DoorHolder {
  readonly #port: number;
  readonly #options: DoorHolderOptions;
  readonly #open = new Set<Socket>();
  readonly #watch = new Watch();
  readonly #renewing = setInterval(() => this.#renew(), EVERY_MS);
  #begun = 0;
  #made = 0;

  /** Begins at once, and goes on until it is stopped. */
  constructor(port: number, options: DoorHolderOptions) {
    this.#port = port;
    this.#options = options;
  }

  /** Resolves once so many connections have been made. */
  made(count: number): Promise<true> {
    return this.#watch.until(() => (this.#made >= count ? true : undefined));
  }

  stop(): void {
    clearInterval(this.#renewing);
    for (const socket of this.#open) socket.destroy();
  }

  #renew(): void {
    const missing = this.#options.count - this.#open.size;
    for (let more = Math.min(missing, AT_ONCE); more > 0; more -= 1) this.#connect();
  }

  #connect(): void {
    const { from, opening = '' } = this.#options;
    const localAddress = from[this.#begun % from.length];
    this.#begun += 1;
    const socket = connect({ port: this.#port, host: '127.0.0.1', localAddress });
    this.#open.add(socket);
    socket.on('error', () => undefined);
    socket.once('connect', () => {
      this.#made += 1;
      this.#watch.happened();
      socket.resume();
      if (opening !== '') socket.write(opening);
    });
    socket.once('close', () => this.#open.delete(socket));
  }
}

/** Holds a room's door for the length of a test, at the most. */
export function holdDoor(port: number, options: DoorHolderOptions): DoorHolder {
  const holder = new DoorHolder(port, options);
  onTestFinished(() => holder.stop());
  return holder;
}
