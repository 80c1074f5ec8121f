import { firstConversationOf } from '../events/room-id.ts';
import { sha256 } from '../identity/sha256.ts';
import { Copy } from '../replica/copy.ts';
import type { RoomStorage } from '../storage/storage.ts';
import { Rows } from './rows.ts';

/** What a person sees of a room as it is kept, where nothing runs that would follow it. */
export function keptRows(kept: RoomStorage): Rows {
  const { id, you, founder, hosted } = kept.record;
  const copy = (conversation: string) => new Copy(kept.copy(conversation), sha256);
  return new Rows({
    talk: copy(firstConversationOf(id, sha256)),
    acts: copy(id),
    you: you ?? '',
    founder,
    isWhole: () => hosted,
  });
}
