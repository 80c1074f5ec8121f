import type { DisconnectReason } from './error-codes.ts';
import type { LeaveReason } from './member.ts';

/** A quiet line of the chat log: who came, went or changed name. Not part of the room's log. */
export interface Notice {
  /** Grows with every notice of this room on this device. */
  readonly id: number;
  /** ms since 1970 on this device. */
  readonly at: number;
  /** It happened after the entry with this seq. */
  readonly after: number;
  readonly what: NoticeText;
}

export type NoticeText =
  | { readonly kind: 'joined'; readonly name: string; readonly count: number }
  | {
      readonly kind: 'left';
      readonly name: string;
      readonly reason: LeaveReason;
      readonly count: number;
    }
  | {
      readonly kind: 'renamed';
      readonly before: string;
      readonly name: string;
      readonly count: number;
    }
  /** This device's own connection (O9, O17). */
  | { readonly kind: 'connected'; readonly count: number }
  | { readonly kind: 'disconnected'; readonly reason: DisconnectReason };
