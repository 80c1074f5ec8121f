/** A child process whose printed lines can be waited for. */
import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';

/** How long to wait for a line that does not come, in ms. */
const LINE_MS = 60_000;

/** How long an orderly end may take before the process is killed, in ms. */
const STOP_MS = 8_000;

export class Program {
  readonly #child: ChildProcess;
  readonly #lines: string[] = [];
  readonly #waiting = new Set<() => void>();
  #closed = false;

  constructor(child: ChildProcess) {
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) {
      if (stream !== null) createInterface({ input: stream }).on('line', (line) => this.#add(line));
    }
    child.once('error', (error) => this.#add(String(error)));
    // It may end before it has read everything.
    child.stdin?.on('error', () => undefined);
    // Once everything it printed has been read.
    child.once('close', () => {
      this.#closed = true;
      this.#wake();
    });
  }

  get pid(): number {
    if (this.#child.pid === undefined) throw new Error(`it did not start:\n${this.output}`);
    return this.#child.pid;
  }

  get running(): boolean {
    return !this.#closed;
  }

  /** Everything printed so far, for a test that failed. */
  get output(): string {
    return this.#lines.join('\n');
  }

  /** The first line, printed already or later, that matches. Rejects when none comes. */
  async line(pattern: RegExp, limitMs = LINE_MS): Promise<RegExpExecArray> {
    const timeout = AbortSignal.timeout(limitMs);
    timeout.addEventListener('abort', () => this.#wake());
    for (;;) {
      for (const line of this.#lines) {
        const match = pattern.exec(line);
        if (match !== null) return match;
      }
      if (this.#closed || timeout.aborted) {
        const what = this.#closed ? 'it ended without printing' : 'it did not print';
        throw new Error(`${what} ${pattern}:\n${this.output}`);
      }
      await this.#change();
    }
  }

  /** Waits for its end; resolves to the exit code, null when a signal ended it. */
  async ended(): Promise<number | null> {
    while (!this.#closed) await this.#change();
    return this.#child.exitCode;
  }

  /** Types a line. */
  write(line: string): void {
    this.#child.stdin?.write(`${line}\n`);
  }

  /** Ends its input and waits; resolves to the exit code. */
  async end(): Promise<number | null> {
    this.#child.stdin?.end();
    return this.ended();
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Asks it to end and waits; resolves to the exit code, null when it had to be killed. */
  async stop(): Promise<number | null> {
    this.#child.kill('SIGTERM');
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), STOP_MS);
    const code = await this.ended();
    clearTimeout(timer);
    return code;
  }

  /** Ends it as a crash would: nothing is said to anybody. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.ended();
  }

  #add(line: string) {
    this.#lines.push(line);
    this.#wake();
  }

  #change(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.add(resolve);
    });
  }

  #wake() {
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }
}
