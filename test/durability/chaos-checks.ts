import type { ChaosResult } from './chaos-run.ts';
import { textsOf } from './lanyard.ts';

/** What is wrong with how it ended, or null when nothing is. */
export function whatIsWrong({ entries, hashes, said }: ChaosResult): string | null {
  if (new Set(hashes).size !== 1) return `the copies differ: ${hashes.join(' ')}`;
  if (entries.some(({ seq }, index) => seq !== index + 1)) return 'the log has a gap';
  if (new Set(entries.map(({ id }) => id)).size !== entries.length) return 'an id is there twice';
  for (const [index, texts] of said.entries()) {
    const kept = textsOf(entries).filter((text) => text.endsWith(` of person ${index + 1}`));
    if (kept.join('\n') !== texts.join('\n')) {
      return `what person ${index + 1} said is not there once and in order`;
    }
  }
  return null;
}
