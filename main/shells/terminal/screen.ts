import { on } from 'node:events';
import { clearLine, createInterface, cursorTo, moveCursor } from 'node:readline';
import { Writable } from 'node:stream';
import { LanyardError } from '../../errors.ts';

/** Where lines are printed and typed. */
export interface Screen {
  /** True when a person sits at it, false for pipes. */
  readonly interactive: boolean;
  /** Prints above the line that is being typed. */
  print(line: string): void;
  /** Says that something went wrong. */
  warn(line: string): void;
  /** The next line typed, or null at the end of the input. Rejects with input-unreadable. */
  nextLine(): Promise<string | null>;
  /** The next line typed, which nobody sees and no history keeps; otherwise as `nextLine`. */
  nextSecret(question: string): Promise<string | null>;
  close(): void;
}

/** Where what is typed shows, or not. */
class Echo extends Writable {
  hides = false;

  get columns(): number {
    return process.stdout.columns;
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    if (this.hides) done();
    else process.stdout.write(chunk, () => done());
  }
}

/** The terminal the program was started in, or its pipes. */
export function openScreen(): Screen {
  const interactive = process.stdin.isTTY && process.stdout.isTTY;
  const echo = new Echo();
  const reader = createInterface({
    input: process.stdin,
    ...(interactive ? { output: echo } : {}),
    terminal: interactive,
    prompt: '> ',
  });
  // Buffered from now on: a pipe may have been read to its end before anybody asks.
  const lines = on(reader, 'line', { close: ['close'] });
  const next = () => lines.next().catch(unreadable);
  if (interactive) {
    reader.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
    process.stdout.on('resize', () => echo.emit('resize'));
  }

  const write = (line: string) => {
    if (!interactive) {
      process.stdout.write(`${line}\n`);
      return;
    }
    cursorTo(process.stdout, 0);
    clearLine(process.stdout, 0);
    process.stdout.write(`${line}\n`);
    reader.prompt(true);
  };
  return {
    interactive,
    print: write,
    warn(line) {
      if (interactive) write(line);
      else process.stderr.write(`${line}\n`);
    },
    async nextLine() {
      if (interactive) reader.prompt();
      const { value, done } = await next();
      if (done === true) return null;
      // The hub sends the line back to its author too: what was typed would stand there twice.
      if (interactive) {
        moveCursor(process.stdout, 0, -1);
        clearLine(process.stdout, 0);
      }
      return String(value[0]);
    },
    async nextSecret(question) {
      if (interactive) {
        process.stdout.write(question);
        echo.hides = true;
        reader.once('history', (history) => void history.shift());
      }
      const { value, done } = await next();
      echo.hides = false;
      if (interactive) process.stdout.write('\n');
      return done === true ? null : String(value[0]);
    },
    close() {
      if (interactive) process.stdout.write('\n');
      reader.close();
    },
  };
}

/** As of a folder in the place of a file. */
function unreadable(error: NodeJS.ErrnoException): never {
  throw new LanyardError(
    'input-unreadable',
    `The standard input cannot be read (${error.code}). Check where it comes from, or leave it to the terminal.`,
  );
}
