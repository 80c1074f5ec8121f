import type { RefusalReason } from './error-codes.ts';

/** Something typed here that the room has not confirmed yet. */
export interface Pending {
  readonly id: string;
  readonly text: string;
  /** When it was typed: ms since 1970 on this device. */
  readonly at: number;
  /** Set when the room refused it; it can be retried or dropped. */
  readonly refused: RefusalReason | null;
}
