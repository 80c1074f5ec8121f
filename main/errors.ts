import type { ErrorCode, Problem } from './model/error-codes.ts';
import { EN_SENTENCES } from './model/sentences-en.ts';
import { sentenceOf } from './model/sentence.ts';

/** Something a person is told about. Its message is the English sentence, which says what to do next. */
export class LanyardError extends Error {
  readonly problem: Problem;

  /** `cause` is an error nobody expected, for the log alone. */
  constructor(problem: Problem, cause?: unknown) {
    super(sentenceOf(EN_SENTENCES, problem), cause === undefined ? {} : { cause });
    this.name = 'LanyardError';
    this.problem = problem;
  }

  get code(): ErrorCode {
    return this.problem.code;
  }
}

/** What a person is told of an error that nobody expected, and that Lanyard survives. */
export function unexpectedError(cause: unknown): LanyardError {
  return new LanyardError({ code: 'unexpected-error' }, cause);
}

/**
 * Hands an error that nobody expected to what watches the process (`crashes.ts`), in a turn of
 * its own: what is under way here is done to its end.
 */
export function throwLater(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}
