import { hostedRecord, joinedRecord } from '../../main/storage/room-record.ts';
import type { RoomRecord } from '../../main/storage/room-record.ts';

/** The record of a room of somebody else, or of this device. */
export function roomRecord(id: string, hosted = false): RoomRecord {
  const room = { id, name: `Room ${id}`, locked: false, idleMinutes: null, remembersDays: null };
  return hosted ? hostedRecord(room, 'Ann') : joinedRecord(room);
}
