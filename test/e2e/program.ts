/** A child process whose printed lines can be waited for. */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** How long an orderly end may take before the process is killed, in ms. */
const STOP_MS = 8_000;

export class Program {
  readonly #child: ChildProcess;
  readonly #lines: string[] = [];
  readonly #waiting = new Set<() => void>();
  #errors = '';
  #exited = false;

  constructor(child: ChildProcess) {
    this.#child = child;
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#errors += text;
    });
    child.once('error', (error) => {
      this.#errors += String(error);
      this.#end();
    });
    child.once('exit', () => this.#end());
    if (child.stdout === null) return;
    createInterface({ input: child.stdout }).on('line', (line) => {
      this.#lines.push(line);
      this.#wake();
    });
  }

  get pid(): number {
    if (this.#child.pid === undefined) throw new Error(`it did not start: ${this.#errors}`);
    return this.#child.pid;
  }

  get running(): boolean {
    return !this.#exited;
  }

  /** Everything printed so far, for a test that failed. */
  get output(): string {
    return `${this.#lines.join('\n')}\n${this.#errors}`;
  }

  /** The first line, printed already or later, that matches. Rejects when the program ends without. */
  async line(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      for (const line of this.#lines) {
        const match = pattern.exec(line);
        if (match !== null) return match;
      }
      if (this.#exited) throw new Error(`it ended without printing ${pattern}:\n${this.output}`);
      await new Promise<void>((resolve) => {
        this.#waiting.add(resolve);
      });
    }
  }

  /** Types a line. */
  write(line: string): void {
    this.#child.stdin?.write(`${line}\n`);
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

  #end() {
    this.#exited = true;
    // What was printed last may still be in the pipe.
    setImmediate(() => this.#wake());
  }

  #wake() {
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }
}
