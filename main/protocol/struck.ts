import type { SaidEntry } from './messages.ts';

/** An entry after what it said was removed (M4): there is nothing left that could be verified. */
export function struck(entry: SaidEntry): SaidEntry {
  return { ...entry, text: '', signature: '', struck: true };
}
