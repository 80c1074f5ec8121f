/** An error as it can be kept: what kind it is and where, without what it says. */
import { basename } from 'node:path';

const NAME = /^\w{1,40}$/;
const CODE = /^[\w-]{1,40}$/;
/** A line of a stack: what runs, if it has a name, then file, line and column. */
const FRAME =
  /^ {4}at (?:(?<what>[\w.<> []+\]?) \()?(?<file>[^()]+?):(?<line>\d+):(?<column>\d+)\)?$/;
/** Frames further out than this say little more. */
const FRAMES_MAX = 20;

/** One line. A message can hold whatever the program was working on, so none of it is taken over. */
export function crashLine(error: unknown): string {
  if (!(error instanceof Error)) return `crash ${typeof error}`;
  const name = NAME.test(error.name) ? error.name : 'Error';
  const code = 'code' in error && CODE.test(String(error.code)) ? [String(error.code)] : [];
  return ['crash', name, ...code, ...frames(error)].join(' ');
}

/** The frames, innermost first. None where they cannot be told from the message. */
function frames({ stack = '', message }: Error): string[] {
  const begin = stack.indexOf(message);
  if (begin < 0) return [];
  return stack
    .slice(begin + message.length)
    .split('\n')
    .flatMap((line) => {
      const frame = FRAME.exec(line)?.groups;
      if (frame === undefined) return [];
      const { what, file = '', line: row, column } = frame;
      // A whole path names the person whose folder it is in.
      const place = `${basename(file.replaceAll('\\', '/'))}:${row}:${column}`;
      return [what === undefined ? place : `${what.replaceAll(' ', '_')}@${place}`];
    })
    .slice(0, FRAMES_MAX);
}
