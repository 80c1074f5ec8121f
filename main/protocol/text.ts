/** What may be said (S3). */
import { TEXT_MAX } from './limits.ts';
import { canBeSeen } from './visible.ts';

/** A message's text in its normal form, or what is wrong with it. */
export type TextResult =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly problem: 'text-empty' | 'text-too-long' };

/**
 * Newlines become `\n`, surrounding white space goes, 1 to TEXT_MAX code points stay, of which at least
 * one can be seen (S3, O19).
 */
export function normalizeText(raw: string): TextResult {
  const text = raw.replace(/\r\n?/g, '\n').toWellFormed().trim();
  // A code point is at most two UTF-16 units: the cheap test settles almost every case.
  if (text.length > TEXT_MAX && (text.length > 2 * TEXT_MAX || [...text].length > TEXT_MAX)) {
    return { ok: false, problem: 'text-too-long' };
  }
  if (!canBeSeen(text)) return { ok: false, problem: 'text-empty' };
  return { ok: true, text };
}
