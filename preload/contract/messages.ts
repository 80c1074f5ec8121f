/** What is said in rooms: sending, reading, finding and taking it along. */
import type { CheckedEntry } from '../../main/model/entry.ts';
import type { ExportedLog, ExportFormat } from '../../main/model/exported-log.ts';
import type { Pending } from '../../main/model/pending.ts';
import type { RoomKey, Unread } from '../../main/model/room.ts';
import type { SearchResult } from '../../main/model/search-result.ts';

/** Each with its argument and what it resolves to. */
export interface MessageCalls {
  /** Rejects with text-*; what the hub refuses later shows in `pending`. */
  say: { args: { key: RoomKey; text: string }; result: { id: string } };
  /** Sends a refused message again. */
  retry: { args: { key: RoomKey; id: string }; result: null };
  /** Drops a pending or refused message that has not been confirmed. */
  cancel: { args: { key: RoomKey; id: string }; result: null };
  typing: { args: { key: RoomKey; on: boolean }; result: null };
  /** Everything up to `seq` has been seen. */
  markRead: { args: { key: RoomKey; seq: number }; result: null };
  entriesBefore: {
    args: { key: RoomKey; seq: number; limit: number };
    result: { entries: readonly CheckedEntry[]; hasOlder: boolean };
  };
  /**
   * Finds entries by words, newest first: in one room, or with a null key in every room. In one
   * room `below` continues after the last hit's seq.
   */
  search: {
    args: { key: RoomKey | null; query: string; below?: number };
    result: SearchResult;
  };
  /** A room's log as a file, from this device's copy. */
  exportLog: { args: { key: RoomKey; format: ExportFormat }; result: ExportedLog };
}

export type MessageEvent =
  /** Rows that are new: most follow the last one, acts may belong between others. */
  | {
      readonly type: 'room-entries';
      readonly key: RoomKey;
      readonly entries: readonly CheckedEntry[];
    }
  /** These rows are others now: edited, removed, something was done to them, or they stand elsewhere. */
  | {
      readonly type: 'room-entries-changed';
      readonly key: RoomKey;
      readonly entries: readonly CheckedEntry[];
    }
  /** The log is another one now: forget the entries shown, show these. */
  | {
      readonly type: 'room-log-reset';
      readonly key: RoomKey;
      readonly entries: readonly CheckedEntry[];
      readonly hasOlder: boolean;
    }
  | { readonly type: 'room-pending'; readonly key: RoomKey; readonly pending: readonly Pending[] }
  | { readonly type: 'room-unread'; readonly key: RoomKey; readonly unread: Unread };
