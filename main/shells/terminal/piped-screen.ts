import { PipedLines } from './piped-lines.ts';
import type { Screen } from './screen.ts';

/** The program's pipes, as a script has them: nothing is drawn, and problems go to the standard error. */
export function openPipes(): Screen {
  const lines = new PipedLines(process.stdin);
  return {
    interactive: false,
    typed: process.stdin.isTTY,
    print: (line) => void process.stdout.write(`${line}\n`),
    warn: (line) => void process.stderr.write(`${line}\n`),
    nextLine: () => lines.next(),
    nextSecret: () => lines.next(),
    leaveRest: () => lines.leaveRest(),
    close: () => void lines.leaveRest(),
  };
}
