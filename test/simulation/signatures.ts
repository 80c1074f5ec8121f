/** Signatures that cost nothing: they hold for exactly one author and one content. */
import type { Entry, MemberId } from '../../main/protocol/messages.ts';
import { signedContent } from '../../main/protocol/signed-content.ts';

/** What stands for this member's signature of a text: FNV-1a over both. */
export function sign(key: MemberId, content: string): string {
  let hash = 0x811c9dc5;
  const signed = `${key}\n${content}`;
  for (let index = 0; index < signed.length; index += 1) {
    hash = Math.imul(hash ^ signed.charCodeAt(index), 0x01000193);
  }
  return `${key} ${hash >>> 0}`;
}

/** Whether an entry is its author's; one that was struck has nothing left to check (E3). */
export function isAuthentic(room: string, entry: Entry): boolean {
  if (entry.kind === 'said' && entry.struck) return entry.text === '' && entry.signature === '';
  return entry.signature === sign(entry.from, signedContent(room, entry));
}
