/** Whether an entry is its author's: every reader checks for itself, whatever the hub says (E1-E3). */
import type { CheckedEntry, Doubt } from '../model/entry.ts';
import { verifySignature } from '../identity/signatures.ts';
import type { Entry } from '../protocol/messages.ts';
import { signedContent } from '../protocol/signed-content.ts';

/** What each of these entries is to be doubted for, by seq; `find` as below, before they are in it. */
export function doubtsOf(
  roomId: string,
  entries: readonly Entry[],
  find: (id: string) => Entry | null,
): ReadonlyMap<number, Doubt> {
  const doubts = new Map<number, Doubt>();
  const here = new Map<string, Entry>();
  for (const entry of entries) {
    const doubt = doubtOf(roomId, entry, (id) => here.get(id) ?? find(id));
    if (doubt) doubts.set(entry.seq, doubt);
    else here.set(entry.id, entry);
  }
  return doubts;
}

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

/** The same entries, each with what it is doubted for. */
export function withDoubts(
  entries: readonly Entry[],
  doubts: ReadonlyMap<number, Doubt>,
): readonly CheckedEntry[] {
  if (doubts.size === 0) return entries;
  return entries.map((entry) => {
    const doubt = doubts.get(entry.seq);
    return doubt === undefined ? entry : { ...entry, doubt };
  });
}
