import { LanyardError } from '../errors.ts';
import type { NameProblem } from '../protocol/names.ts';

/** What is wrong with a room's name, as the person who types it is told. */
export function roomNameError(problem: NameProblem): LanyardError {
  return new LanyardError({ code: `room-${problem}` });
}
