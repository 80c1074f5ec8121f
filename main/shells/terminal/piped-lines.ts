/** The lines of a stream of bytes, which are read ahead. */
import type { Readable } from 'node:stream';
import { TextDecoder } from 'node:util';
import { LanyardError } from '../../errors.ts';
import { encodingOf } from '../../storage/text-encoding.ts';

/** Far more than the longest message takes, in bytes. */
const LINE_MAX_BYTES = 64 * 1024;

/** How much is read ahead before the script that pipes it in has to wait, in bytes. */
const AHEAD_MAX_BYTES = 4 * 1024 * 1024;

/** What a line takes besides its text, in bytes, about. */
const LINE_OVERHEAD_BYTES = 100;

/** How many lines that were taken stay in the list, so that it is not moved for each of them. */
const TAKEN_MAX = 1_000;

const [LF, CR] = [0x0a, 0x0d];

/** A line, or what is wrong with it. */
type Line = string | LanyardError;

/**
 * Text in UTF-8, or in UTF-16 where its first character says so, whose lines end with `\n`, `\r` or
 * both. It is read from now on: a pipe may be at its end before anybody asks.
 */
export class PipedLines {
  readonly #input: Readable;
  readonly #utf8 = new TextDecoder('utf-8', { fatal: true });
  /** What began before it is known in what it is written; null once it is. */
  #beginning: Buffer | null = Buffer.alloc(0);
  #utf16: TextDecoder | null = null;
  /** Of the line that has not ended yet: its parts, none when it is too long, and its length. */
  #parts: Uint8Array[] = [];
  #partBytes = 0;
  readonly #lines: { readonly line: Line; readonly bytes: number }[] = [];
  #next = 0;
  #aheadBytes = 0;
  #hasEnded = false;
  #onChange: (() => void) | null = null;

  constructor(input: Readable) {
    this.#input = input;
    input.on('data', (chunk: Buffer) => this.#begin(chunk));
    input.once('end', () => this.#end());
    input.once('error', (error: NodeJS.ErrnoException) => this.#fail(error));
  }

  /**
   * The next line, null at the end. Rejects with input-not-text, text-too-long, input-unreadable in
   * the place of a line.
   */
  async next(): Promise<string | null> {
    while (this.#next === this.#lines.length) {
      if (this.#hasEnded) return null;
      await new Promise<void>((resolve) => {
        this.#onChange = resolve;
      });
    }
    const taken = this.#lines[this.#next];
    this.#next += 1;
    if (this.#next === this.#lines.length || this.#next > TAKEN_MAX) {
      this.#lines.splice(0, this.#next);
      this.#next = 0;
    }
    this.#aheadBytes -= taken?.bytes ?? 0;
    if (this.#aheadBytes < AHEAD_MAX_BYTES) this.#input.resume();
    if (taken?.line instanceof LanyardError) throw taken.line;
    return taken?.line ?? null;
  }

  /** Reads no further; returns how many lines that are not blank were read and not taken. */
  leaveRest(): number {
    this.#input.pause();
    const rest = this.#lines.slice(this.#next);
    return rest.filter(({ line }) => line instanceof LanyardError || line.trim() !== '').length;
  }

  #begin(chunk: Buffer): void {
    if (this.#beginning === null) {
      this.#take(chunk);
      return;
    }
    const beginning = Buffer.concat([this.#beginning, chunk]);
    this.#beginning = beginning;
    if (beginning.length >= 2) this.#recognise(beginning);
  }

  #recognise(beginning: Buffer): void {
    this.#beginning = null;
    const encoding = encodingOf(beginning);
    if (encoding !== 'utf-8') this.#utf16 = new TextDecoder(encoding);
    this.#take(beginning);
  }

  #take(chunk: Buffer): void {
    if (this.#utf16 === null) this.#split(chunk);
    else this.#split(Buffer.from(this.#utf16.decode(chunk, { stream: true })));
    if (this.#aheadBytes >= AHEAD_MAX_BYTES) this.#input.pause();
    this.#onChange?.();
  }

  #split(bytes: Uint8Array): void {
    let start = 0;
    for (let at = 0; at < bytes.length; at += 1) {
      if (bytes[at] !== LF && bytes[at] !== CR) continue;
      this.#keep(bytes.subarray(start, at));
      this.#endLine();
      start = at + 1;
    }
    this.#keep(bytes.subarray(start));
  }

  #keep(part: Uint8Array): void {
    this.#partBytes += part.length;
    if (this.#partBytes > LINE_MAX_BYTES) this.#parts = [];
    else this.#parts.push(part);
  }

  #endLine(): void {
    const bytes = this.#partBytes;
    this.#add(bytes > LINE_MAX_BYTES ? tooLong() : this.#decode(Buffer.concat(this.#parts)), bytes);
    this.#parts = [];
    this.#partBytes = 0;
  }

  #decode(bytes: Uint8Array): Line {
    try {
      return this.#utf8.decode(bytes);
    } catch {
      return new LanyardError({ code: 'input-not-text' });
    }
  }

  #add(line: Line, textBytes: number): void {
    const bytes = textBytes + LINE_OVERHEAD_BYTES;
    this.#lines.push({ line, bytes });
    this.#aheadBytes += bytes;
  }

  #end(): void {
    if (this.#beginning !== null) this.#recognise(this.#beginning);
    if (this.#utf16 !== null) this.#split(Buffer.from(this.#utf16.decode()));
    if (this.#partBytes > 0) this.#endLine();
    this.#hasEnded = true;
    this.#onChange?.();
  }

  #fail({ code = 'unknown' }: NodeJS.ErrnoException): void {
    this.#add(new LanyardError({ code: 'input-unreadable', details: { why: code } }), 0);
    this.#end();
  }
}

function tooLong(): LanyardError {
  return new LanyardError({ code: 'text-too-long' });
}
