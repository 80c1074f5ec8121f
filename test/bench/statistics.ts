/** Medians, and medians of ratios: rounds are paired, so that a busy minute hits both sides. */

/** NaN of nothing. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2;
}

/** What was measured in each round; null where a round failed. */
export type Rounds<Result> = readonly (Result | null)[];

/** The median over the rounds that did not fail. */
export function medianOf<Result>(rounds: Rounds<Result>, value: (result: Result) => number) {
  return median(rounds.filter((result) => result !== null).map(value));
}

/** The median of one over the other, round by round; NaN when no round has both. */
export function medianRatio<Result>(
  ours: Rounds<Result>,
  theirs: Rounds<Result>,
  value: (result: Result) => number,
): number {
  return median(
    ours.flatMap((own, round) => {
      const other = theirs[round] ?? null;
      return own === null || other === null ? [] : [value(own) / value(other)];
    }),
  );
}
