import type { CheckedEntry } from '../../main/model/entry.ts';
import type { RoomInfo } from '../../main/model/room.ts';

/** A room as its hub tells of it. */
export const LAB: RoomInfo = {
  id: 'room-1',
  name: 'Lab',
  access: 'open',
  locked: false,
  slowSeconds: 0,
  idleMinutes: null,
  remembersDays: null,
};

/** Whose entries these are, and what is the same in all of them. */
export const BY_BO = { from: 'bo', name: 'Bo', written: 1, signature: 's' } as const;

/** What Bo said there, one line an entry. */
export function said(seq: number): CheckedEntry {
  return { kind: 'said', seq, at: seq, id: `m${seq}`, ...BY_BO, text: `line ${seq}` };
}
