/** What was typed in each room and not sent. Outlives a redraw, and a reload where the browser lets it. */
import type { RoomKey } from '../preload/contract.ts';

const PREFIX = 'draft:';
const drafts = new Map<RoomKey, string>();

/** The draft of a room, empty when there is none. */
export function draftOf(key: RoomKey): string {
  return drafts.get(key) ?? sessionStorage.getItem(PREFIX + key) ?? '';
}

/** Remembers the draft of a room. */
export function keepDraft(key: RoomKey, text: string): void {
  drafts.set(key, text);
  try {
    sessionStorage.setItem(PREFIX + key, text);
  } catch {
    // More than the browser stores: the copy in memory lasts as long as the page.
    sessionStorage.removeItem(PREFIX + key);
  }
}
