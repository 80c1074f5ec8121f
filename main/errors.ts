/** Something a person is told about: a stable code, and a sentence that says what to do next. */
export class LanyardError extends Error {
  readonly code: string;

  /** `cause` is an error nobody expected, for the log alone. */
  constructor(code: string, sentence: string, cause?: unknown) {
    super(sentence, cause === undefined ? {} : { cause });
    this.name = 'LanyardError';
    this.code = code;
  }
}

/** What a person is told of an error that nobody expected, and that Lanyard survives. */
export function unexpectedError(cause: unknown): LanyardError {
  return new LanyardError(
    'unexpected-error',
    'Something unexpected went wrong in Lanyard. If anything looks wrong now, quit it and start it again.',
    cause,
  );
}

/**
 * Hands an error that nobody expected to whoever watches the process (`crashes.ts`), in a turn of
 * its own: what is under way here is done to its end.
 */
export function throwLater(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}
