import type { DetailedCode, ErrorCode, Problem, ProblemWith, Sentences } from './error-codes.ts';

/** What a person is told: what happened and what to do next. A code from elsewhere that is none gets a general one. */
export function sentenceOf(sentences: Sentences, problem: Problem): string {
  if ('details' in problem && isIn(sentences.detailed, problem.code)) {
    return withDetails(sentences, problem);
  }
  const { code } = problem;
  return isIn(sentences.plain, code) ? sentences.plain[code] : sentences.plain['unexpected-error'];
}

function withDetails<Code extends DetailedCode>(
  { detailed }: Sentences,
  { code, details }: ProblemWith<Code>,
): string {
  return detailed[code](details);
}

function isIn<Codes extends object>(
  sentences: Codes,
  code: ErrorCode,
): code is ErrorCode & keyof Codes {
  return Object.hasOwn(sentences, code);
}
