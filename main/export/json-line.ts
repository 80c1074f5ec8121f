import { digestOf } from '../events/event.ts';
import { isWithheldKind } from '../events/kinds.ts';
import { sha256 } from '../identity/sha256.ts';
import { encodeEntries } from '../wire/encode.ts';
import type { Line } from './line.ts';

/**
 * An item of a log as a line of JSON, as frames have it, with what a reader needs to check its signature
 * and the chain (E1-E4, L5, L6): its room and conversation, its id, and the link after it. `text` is what
 * a message says now, `doubt` why an item is not to be taken for its author's.
 */
export function jsonLine(room: string, { entry, row }: Line): string {
  const { conversation, id, link, doubt } = entry;
  const [item] = encodeEntries([shared(entry)]);
  const text = row?.kind === 'said' && !row.redacted ? row.text : undefined;
  return `${JSON.stringify({ room, conversation, id, link, ...item, doubt, text })}\n`;
}

/** Files are passed on: what only hosts may read is in none (E7). */
function shared(entry: Line['entry']): Line['entry'] {
  const { kind, body } = entry;
  if (!isWithheldKind(kind) || body.state !== 'whole') return entry;
  return { ...entry, body: { state: 'withheld', digest: digestOf(body, sha256) } };
}
