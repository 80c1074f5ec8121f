/** Where lines are printed and typed: a terminal, or the pipes of a script. */
import { openPipes } from './piped-screen.ts';
import { openTerminal } from './terminal-screen.ts';

export interface Screen {
  /** True for a terminal, where a person can be asked. */
  readonly interactive: boolean;
  /** True when the lines come from a keyboard, wherever what is printed goes. */
  readonly typed: boolean;
  /** Prints above the line that is being typed. */
  print(line: string): void;
  /** Says that something went wrong. */
  warn(line: string): void;
  /**
   * The next line, or null at the end of the input. Rejects with what is wrong with a line; the one
   * after it can be asked for all the same.
   */
  nextLine(): Promise<string | null>;
  /** The next line, which nobody sees and no history keeps; otherwise as `nextLine`. */
  nextSecret(question: string): Promise<string | null>;
  /** Reads no further; returns how many lines with something in them came and were not asked for. */
  leaveRest(): number;
  close(): void;
}

/** The terminal the program was started in, or its pipes. */
export function openScreen(): Screen {
  return process.stdin.isTTY && process.stdout.isTTY ? openTerminal() : openPipes();
}
