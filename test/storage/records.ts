import { hostedRecord, joinedRecord } from '../../main/storage/room-record.ts';
import type { RoomRecord } from '../../main/storage/room-record.ts';

/** The record of a room of somebody else, or of this device. */
export function roomRecord(id: string, hosted = false): RoomRecord {
  const room = { id, founder: 'ann', nonce: `nonce of ${id}`, name: `Room ${id}` };
  return hosted ? hostedRecord(room, 'Ann') : joinedRecord(room);
}
