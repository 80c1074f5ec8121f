/** A person at a terminal, with what its screen shows. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { Unicode11Addon } from '@xterm/addon-unicode11';
import { Terminal } from '@xterm/headless';
import { onTestFinished } from 'vitest';
import { CLI } from '../../durability/lanyard.ts';

export interface Size {
  readonly cols: number;
  readonly rows: number;
}

/** Runs `lanyard` at a terminal that `script` (util-linux) makes; ended with the test at the latest. */
export class Typist {
  /** The exit code. */
  readonly ended: Promise<number>;
  readonly #child;
  readonly #terminal;
  /** What the terminal has printed. */
  #printed = '';
  /** The device of the terminal and the process in it, once they are known. */
  #tty = '';
  #pid = 0;

  constructor(args: readonly string[], { cols, rows }: Size) {
    this.#terminal = new Terminal({ cols, rows, allowProposedApi: true });
    this.#terminal.loadAddon(new Unicode11Addon());
    this.#terminal.unicode.activeVersion = '11';
    const line = [process.execPath, CLI, ...args].map((word) => `'${word}'`).join(' ');
    const setUp = `stty cols ${cols} rows ${rows}; tty; echo pid $$; clear`;
    const env = { ...process.env, LC_ALL: 'C.UTF-8', TERM: 'xterm' };
    this.#child = spawn('script', ['-qec', `${setUp}; exec ${line}`, '/dev/null'], { env });
    this.#child.stdout.on('data', (bytes: Buffer) => {
      this.#printed += bytes.toString();
      this.#tty ||= /\/dev\/\S+/.exec(this.#printed)?.[0] ?? '';
      this.#pid ||= Number(/pid (\d+)\r/.exec(this.#printed)?.[1] ?? 0);
      this.#terminal.write(bytes);
    });
    this.ended = once(this.#child, 'close').then(([code]) => Number(code));
    onTestFinished(async () => {
      this.#child.kill('SIGKILL');
      await this.ended;
    });
  }

  get isRunning(): boolean {
    try {
      return process.kill(this.#pid, 0);
    } catch {
      return false;
    }
  }

  /** Closes the window. */
  hangUp(): void {
    this.#child.kill('SIGKILL');
  }

  press(keys: string): void {
    this.#child.stdin.write(keys);
  }

  /** What one sees, line by line: rows into which a line wraps are one, and none is left empty. */
  get screen(): readonly string[] {
    const { active } = this.#terminal.buffer;
    const lines: string[] = [];
    for (let row = 0; row < active.length; row += 1) {
      const shown = active.getLine(row);
      const text = shown?.translateToString(true) ?? '';
      if (shown?.isWrapped === true) lines.push((lines.pop() ?? '') + text);
      else lines.push(text);
    }
    return lines.map((line) => line.trimEnd()).filter((line) => line !== '');
  }

  /** Makes the window narrower or wider; resolves once the program has drawn something in it. */
  async resize(cols: number): Promise<void> {
    const drawn = once(this.#child.stdout, 'data');
    this.#terminal.resize(cols, this.#terminal.rows);
    spawnSync('stty', ['-F', this.#tty, 'cols', String(cols)]);
    await drawn;
  }
}
