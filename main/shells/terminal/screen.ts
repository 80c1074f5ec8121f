import { on } from 'node:events';
import { clearLine, createInterface, cursorTo, moveCursor } from 'node:readline';

/** Where lines are printed and typed. */
export interface Screen {
  /** True when a person sits at it, false for pipes. */
  readonly interactive: boolean;
  /** Prints above the line that is being typed. */
  print(line: string): void;
  /** Says that something went wrong. */
  warn(line: string): void;
  /** The next line typed, or null at the end of the input. */
  nextLine(): Promise<string | null>;
  close(): void;
}

/** The terminal the program was started in, or its pipes. */
export function openScreen(): Screen {
  const interactive = process.stdin.isTTY && process.stdout.isTTY;
  const reader = createInterface({
    input: process.stdin,
    ...(interactive ? { output: process.stdout } : {}),
    terminal: interactive,
    prompt: '> ',
  });
  // Buffered from now on: a pipe may have been read to its end before anybody asks.
  const lines = on(reader, 'line', { close: ['close'] });
  if (interactive) reader.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));

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
      const { value, done } = await lines.next();
      if (done === true) return null;
      // The hub sends the line back to its author too: what was typed would stand there twice.
      if (interactive) {
        moveCursor(process.stdout, 0, -1);
        clearLine(process.stdout, 0);
      }
      return String(value[0]);
    },
    close() {
      if (interactive) process.stdout.write('\n');
      reader.close();
    },
  };
}
