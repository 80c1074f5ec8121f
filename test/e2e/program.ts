/** A child process whose printed lines can be waited for. */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** How long to wait for a line that does not come, in ms. */
const LINE_MS = 30_000;

/** How long an orderly end may take before the process is killed, in ms. */
const STOP_MS = 8_000;

export class Program {
  readonly #child: ChildProcess;
  readonly #lines: string[] = [];
  readonly #waiting = new Set<() => void>();
  #exited = false;
  #closed = false;

  constructor(child: ChildProcess) {
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) {
      if (stream !== null) createInterface({ input: stream }).on('line', (line) => this.#add(line));
    }
    child.once('error', (error) => this.#add(String(error)));
    // Once everything it printed has been read.
    child.once('close', () => {
      this.#closed = true;
      this.#wake();
    });
    child.once('exit', () => {
      this.#exited = true;
    });
  }

  get pid(): number {
    if (this.#child.pid === undefined) throw new Error(`it did not start:\n${this.output}`);
    return this.#child.pid;
  }

  get running(): boolean {
    return !this.#exited;
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
      await new Promise<void>((resolve) => {
        this.#waiting.add(resolve);
      });
    }
  }

  /** Types a line. */
  write(line: string): void {
    this.#child.stdin?.write(`${line}\n`);
  }

  /** Ends its input and waits; resolves to the exit code. */
  async end(): Promise<number | null> {
    if (!this.#exited) {
      const exited = once(this.#child, 'exit');
      this.#child.stdin?.end();
      await exited;
    }
    return this.#child.exitCode;
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Asks it to end and waits; resolves to the exit code, null when it had to be killed. */
  async stop(): Promise<number | null> {
    if (this.#exited) return this.#child.exitCode;
    const exited = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), STOP_MS);
    await exited;
    clearTimeout(timer);
    return this.#child.exitCode;
  }

  /** Ends it as a crash or a power cut would: nothing is said to anybody. */
  async kill(): Promise<void> {
    if (this.#exited) return;
    const exited = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await exited;
  }

  #add(line: string) {
    this.#lines.push(line);
    this.#wake();
  }

  #wake() {
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }
}
