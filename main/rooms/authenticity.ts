/** Whether an entry is its author's: every reader checks for itself, whatever the hub says (E1-E3). */
import type { Doubt } from '../../preload/contract.ts';
import { verifySignature } from '../identity/signatures.ts';
import type { Entry } from '../protocol/messages.ts';
import { signedContent } from '../protocol/signed-content.ts';

/**
 * Why an entry is not to be taken for its author's, null when it may be. `find` gives the entry of
 * this device's copy with an id.
 */
export function doubtOf(
  roomId: string,
  entry: Entry,
  find: (id: string) => Entry | null,
): Doubt | null {
  // What was removed says nothing any more that could be anybody's; as long as it does say nothing.
  if (entry.kind === 'said' && entry.struck && entry.text === '') return null;
  if (!verifySignature(entry.from, signedContent(roomId, entry), entry.signature)) {
    return 'signature';
  }
  const known = find(entry.id);
  return known && known.seq !== entry.seq ? 'replayed' : null;
}
