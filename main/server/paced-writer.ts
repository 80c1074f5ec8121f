import type { Duplex } from 'node:stream';

/**
 * Writes frames one at a time, each once the one before has left. Under TLS Node encrypts all that
 * is written at once into one buffer, and keeps room for the longest of them at every connection
 * for as long as it lasts.
 */
export class PacedWriter {
  readonly #stream: Duplex;
  #waiting: Buffer[] = [];
  #length = 0;
  #isWriting = false;

  constructor(stream: Duplex) {
    this.#stream = stream;
  }

  /** True while frames wait, before which no other may be written. */
  get isBusy(): boolean {
    return this.#isWriting;
  }

  /** Bytes of the frames that wait. */
  get length(): number {
    return this.#length;
  }

  write(frames: readonly Buffer[]): void {
    this.#waiting.push(...frames);
    for (const { length } of frames) this.#length += length;
    if (!this.#isWriting) this.#writeNext();
  }

  /** Writes all that waits at once: the connection is about to be closed. */
  finish(): void {
    for (const frame of this.#waiting) this.#stream.write(frame);
    this.#drop();
  }

  #drop(): void {
    this.#waiting = [];
    this.#length = 0;
  }

  #writeNext(): void {
    // The other side hung up meanwhile.
    if (this.#stream.writableEnded) this.#drop();
    const frame = this.#waiting.shift();
    this.#isWriting = frame !== undefined;
    if (!frame) return;
    this.#length -= frame.length;
    this.#stream.write(frame, (error) => {
      // The stream’s `error` and `close` end the connection.
      if (error) this.#drop();
      else this.#writeNext();
    });
  }
}
