/** The stages of an abuse, and what becomes of each. */

/** In their order. */
export const STAGES = ['before', 'joins', 'frames', 'half-open'] as const;
export type StageName = (typeof STAGES)[number];

/** What became of a stage. */
export interface AbuseStage {
  readonly seconds: number;
  /** How much of the abuse was not refused. */
  readonly suffered: number;
  /** Who came in from elsewhere meanwhile, and how long the slowest of them took, in ms. */
  readonly newcomers: number;
  readonly slowestMs: number;
  /** What the first member, or newcomer, had to suffer; null when nothing. */
  readonly disturbed: string | null;
}
