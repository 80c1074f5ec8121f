/** What a scenario found: tables for people, targets met or not, and the figures. */

export interface Table {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A promise, and how it stands; `met` is null where it could not be measured here. */
export interface Target {
  readonly promise: string;
  readonly measured: string;
  readonly met: boolean | null;
}

export interface Findings {
  readonly targets: readonly Target[];
  readonly tables: readonly Table[];
  /** Runs that failed, and what was left out. */
  readonly notes: readonly string[];
  /** For programs. */
  readonly figures: unknown;
}

/** A promise on a number: at least, or at most, so much. */
export function target(
  promise: string,
  measured: number,
  limit: { readonly min: number } | { readonly max: number },
  unit = '',
): Target {
  if (Number.isNaN(measured)) return { promise, measured: '–', met: null };
  const met = 'min' in limit ? measured >= limit.min : measured <= limit.max;
  return { promise, measured: `${number(measured)}${unit}`, met };
}

/** Three digits that matter; a dash for what was not measured. */
export function number(value: number): string {
  if (Number.isNaN(value)) return '–';
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString('en');
  return String(Number(value.toPrecision(3)));
}

/** A ratio, as in `3.1×`. */
export function times(value: number): string {
  return Number.isNaN(value) ? '–' : `${number(value)}×`;
}
