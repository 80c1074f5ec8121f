import { hostedRecord, joinedRecord } from '../../main/storage/room-record.ts';
import type { RoomRecord } from '../../main/storage/room-record.ts';

/** The record of a room of somebody else, or of this device. */
export function roomRecord(id: string, hosted = false): RoomRecord {
  const never = { slowSeconds: 0, idleMinutes: null, remembersDays: null };
  const room = { id, name: `Room ${id}`, access: 'open', locked: false, ...never } as const;
  return hosted ? hostedRecord(room, 'Ann') : joinedRecord(room);
}
