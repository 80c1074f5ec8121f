/** Rooms and what is said in them, for tests of the window. */
import type { BridgeEvent, Entry, Member, RoomView, Snapshot } from '../../preload/contract.ts';

/** Nine in the morning on a day in November, on this device. */
export const MORNING = new Date(2026, 10, 20, 9).getTime();

export function said(seq: number, from = 'b', more: Partial<Entry> = {}): Entry {
  const name = from === 'a' ? 'Ann' : 'Bo';
  const at = MORNING + seq * 1_000;
  return { kind: 'said', seq, at, id: `m${seq}`, from, name, text: `message ${seq}`, ...more };
}

export function member(id: string, name: string, more: Partial<Member> = {}): Member {
  return { id, name, host: false, away: false, since: MORNING, ...more };
}

export function roomView(key: string, more: Partial<RoomView> = {}): RoomView {
  return {
    key,
    info: {
      id: `id-${key}`,
      name: `Room ${key}`,
      locked: false,
      idleMinutes: null,
      remembersDays: null,
    },
    own: false,
    hosting: null,
    status: { state: 'here' },
    you: 'a',
    roster: [member('a', 'Ann'), member('b', 'Bo', { host: true })],
    typing: [],
    entries: [],
    hasOlder: false,
    notices: [],
    pending: [],
    unread: { count: 0, mentions: 0 },
    ...more,
  };
}

export function snapshot(more: Partial<Snapshot> = {}): BridgeEvent {
  return {
    type: 'snapshot',
    snapshot: {
      app: {
        version: '0.1.0',
        locale: 'en-GB',
        suggestedName: 'ann',
        limits: {
          name: 32,
          roomName: 200,
          text: 4_000,
          idleMinutes: [1, 1_440],
          remembersDays: 3_650,
        },
        warnings: [],
      },
      settings: { name: 'Ann', language: 'system', theme: 'system', notifications: 'off' },
      rooms: [],
      nearby: [],
      ...more,
    },
  };
}
