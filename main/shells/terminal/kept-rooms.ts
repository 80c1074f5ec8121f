import { LanyardError } from '../../errors.ts';
import { foldCase } from '../../model/fold-case.ts';
import type { RoomStorage, Storage } from '../../storage/storage.ts';
import { oneLine } from '../../export/printable.ts';

/**
 * The kept rooms with this id or name, else with this name in whatever case, or all of them. Throws
 * room-unknown.
 */
export function keptRooms(storage: Storage, room: string | null): readonly RoomStorage[] {
  const rooms = storage.rooms();
  if (room === null) return rooms;
  const named = rooms.filter(({ record }) => record.name === room || record.id === room);
  if (named.length > 0) return named;
  const alike = rooms.filter(({ record }) => folded(record.name) === folded(room));
  if (alike.length > 0) return alike;
  const names = rooms.map(({ record }) => oneLine(record.name)).join(', ');
  throw new LanyardError({ code: 'room-unknown', details: { rooms: names } });
}

function folded(name: string): string {
  return foldCase(name.normalize('NFKC').trim());
}
