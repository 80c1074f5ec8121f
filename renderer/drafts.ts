/** What was typed in each room and not sent. Outlives a redraw, and a reload where the browser lets it. */
import type { RoomKey } from '../main/model/room.ts';
import { recall, remember } from './page-memory.ts';

const PREFIX = 'draft:';
const drafts = new Map<RoomKey, string>();

/** The draft of a room, empty when there is none. */
export function draftOf(key: RoomKey): string {
  return drafts.get(key) ?? recall(PREFIX + key) ?? '';
}

/** Remembers the draft of a room. */
export function keepDraft(key: RoomKey, text: string): void {
  drafts.set(key, text);
  // Where the browser does not store it, the copy in memory lasts as long as the page.
  remember(PREFIX + key, text);
}
