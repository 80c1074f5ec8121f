/** Something a person is told about: a stable code, and a sentence that says what to do next. */
export class LanyardError extends Error {
  readonly code: string;

  constructor(code: string, sentence: string) {
    super(sentence);
    this.name = 'LanyardError';
    this.code = code;
  }
}
