/** The second client at work: commands go in, what it sees comes out. */
import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** Debian's, for which apt has python3-cryptography. */
export const PYTHON = '/usr/bin/python3';
export const CLIENT = join(import.meta.dirname, 'client.py');

/** A line of what it saw. */
export type Seen = Readonly<Record<string, unknown>> & { readonly saw: string };

export class SecondClient {
  readonly seen: Seen[] = [];
  /** Its exit code, and what it said to the end. */
  readonly ended: Promise<number | null>;
  readonly #process: ChildProcessWithoutNullStreams;
  #looked = 0;
  #wake = () => {};
  #errors = '';

  constructor(port: number, ...options: readonly string[]) {
    this.#process = spawn(PYTHON, ['-B', CLIENT, 'join', '127.0.0.1', String(port), ...options]);
    this.#process.stderr.on('data', (data) => {
      this.#errors += String(data);
    });
    createInterface(this.#process.stdout).on('line', (line) => {
      const seen: Seen = JSON.parse(line);
      this.seen.push(seen);
      this.#wake();
    });
    this.ended = new Promise((resolve) => {
      this.#process.once('close', (code) => {
        resolve(code);
        this.#wake();
      });
    });
  }

  do(command: object): void {
    this.#process.stdin.write(`${JSON.stringify(command)}\n`);
  }

  /** The next that it sees of this, after what was waited for last. */
  async sees(saw: string, facts: Readonly<Record<string, unknown>> = {}): Promise<Seen> {
    for (;;) {
      while (this.#looked < this.seen.length) {
        const line = this.seen[this.#looked];
        this.#looked += 1;
        const isIt = Object.entries(facts).every(([name, value]) => line?.[name] === value);
        if (line?.saw === saw && isIt) return line;
      }
      if (this.#process.exitCode !== null) {
        throw new Error(`it ended: ${JSON.stringify(this.seen.at(-1))} ${this.#errors}`);
      }
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  /** Posts, and gives the event's id once it is in the log. */
  async posts(command: object): Promise<string> {
    this.do(command);
    const { id } = await this.sees('posted');
    await this.sees('entry', { id });
    return String(id);
  }

  async view(): Promise<readonly unknown[]> {
    this.do({ do: 'view' });
    const { messages } = await this.sees('view');
    return Array.isArray(messages) ? messages : [];
  }

  kill(): void {
    this.#process.kill();
  }
}
