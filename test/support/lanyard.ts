/** The built command line as a child process. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { Watch } from './watch.ts';

const CLI = fileURLToPath(new URL('../../dist/main/cli.js', import.meta.url));

/** An empty folder for the length of a test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'lanyard-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A running `lanyard`; killed with the test at the latest. */
export class Lanyard {
  stdout = '';
  stderr = '';
  /** The exit code, or the name of the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>;
  readonly #child;
  readonly #watch = new Watch();
  #hasEnded = false;

  /** `at` a terminal its input and output are one, which `script` (util-linux) makes. */
  constructor(
    args: readonly string[],
    env: NodeJS.ProcessEnv = {},
    at: 'pipes' | 'terminal' = 'pipes',
  ) {
    const command = [process.execPath, CLI, ...args];
    const line = command.map((word) => `'${word}'`).join(' ');
    const [file = '', ...rest] =
      at === 'pipes' ? command : ['script', '-qec', `stty cols 200; exec ${line}`, '/dev/null'];
    const child = spawn(file, rest, { env: { ...process.env, ...env } });
    this.#child = child;
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      this.stdout += text;
      this.#watch.happened();
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.stderr += text;
      this.#watch.happened();
    });
    child.stdin.on('error', () => undefined);
    this.ended = once(child, 'close').then(([code, signal]) => code ?? signal);
    // Its folder goes after it: until it has ended, it may write there.
    onTestFinished(async () => {
      child.kill('SIGKILL');
      await this.ended;
    });
    child.once('close', () => {
      this.#hasEnded = true;
      this.#watch.happened();
    });
  }

  /** The first match in what it has printed, waiting for it; rejects when it ends without. */
  prints(pattern: RegExp): Promise<RegExpExecArray> {
    return this.#watch.until(() => {
      const match = pattern.exec(this.stdout) ?? pattern.exec(this.stderr);
      if (match) return match;
      if (!this.#hasEnded) return undefined;
      throw new Error(`it ended without ${pattern}:\n${this.stdout}${this.stderr}`);
    });
  }

  type(line: string): void {
    this.pipe(`${line}\n`);
  }

  /** Gives it just this to read. */
  pipe(input: string | Uint8Array): void {
    this.#child.stdin.write(input);
  }

  /** The end of what is typed. */
  endInput(): void {
    this.#child.stdin.end();
  }

  signal(name: NodeJS.Signals): void {
    this.#child.kill(name);
  }
}

/** Runs it to its end, with nothing typed. */
export async function run(...args: readonly string[]) {
  return endOf(new Lanyard(args));
}

/** Hosts a room with `--json` and tells where it is. */
export async function hostRoom(...options: readonly string[]) {
  const dataDir = temporaryFolder();
  const program = new Lanyard([
    'host',
    '--room',
    'Lab 3',
    '--json',
    '--data-dir',
    dataDir,
    ...options,
  ]);
  const [, port = ''] = await program.prints(/"port":(\d+).*\n/);
  return { program, port: Number(port), address: `127.0.0.1:${port}` };
}

/** Chats with everything typed at once, to the end. */
export async function chat(
  args: readonly string[],
  lines: readonly string[],
  env: NodeJS.ProcessEnv = {},
) {
  const program = new Lanyard(['chat', ...args, '--data-dir', temporaryFolder()], env);
  for (const line of lines) program.type(line);
  return endOf(program);
}

/** The end of its input, then its own. */
export async function endOf(program: Lanyard) {
  program.endInput();
  const code = await program.ended;
  return { code, stdout: program.stdout, stderr: program.stderr };
}
