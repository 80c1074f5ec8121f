import { LanyardError } from '../errors.ts';
import { ROOM_NAME_MAX } from '../protocol/limits.ts';
import type { NameProblem } from '../protocol/names.ts';

/** Why a room cannot be called that: room-name-empty, -too-long, -not-allowed. */
export function roomNameError(problem: NameProblem): LanyardError {
  switch (problem) {
    case 'name-empty':
      return new LanyardError(
        'room-name-empty',
        'A room needs a name with at least one visible character.',
      );
    case 'name-too-long':
      return new LanyardError(
        'room-name-too-long',
        `A room's name can have at most ${ROOM_NAME_MAX} characters. Choose a shorter one.`,
      );
    case 'name-not-allowed':
      return new LanyardError(
        'room-name-not-allowed',
        'A name cannot have invisible characters, or more than four accents on one letter. Leave them out and try again.',
      );
  }
}
