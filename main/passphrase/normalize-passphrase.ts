/** What a room's passphrase may be (K3). */
import type { PassphraseProblem } from '../model/error-codes.ts';

/** The longest passphrase, in code points, after normalising (K3). */
export const PASSPHRASE_MAX = 128;

/** A usable passphrase, or what is wrong with it. */
export type PassphraseResult =
  | { readonly ok: true; readonly passphrase: string }
  | { readonly ok: false; readonly problem: PassphraseProblem };

/**
 * A passphrase in its normal form: NFKC, so that keyboards and input methods do not matter, and
 * trimmed; 1 to PASSPHRASE_MAX code points are left (K3). Everything else here wants this form.
 */
export function normalizePassphrase(raw: string): PassphraseResult {
  const passphrase = raw.normalize('NFKC').trim();
  if (passphrase === '') return { ok: false, problem: 'passphrase-empty' };
  if ([...passphrase].length > PASSPHRASE_MAX) {
    return { ok: false, problem: 'passphrase-too-long' };
  }
  return { ok: true, passphrase };
}
