/** Rooms and what is said in them, for tests of the window. */
import type { BridgeEvent, RoomView, Snapshot } from '../../preload/contract.ts';
import type { CheckedEntry, SaidEntry } from '../../main/model/entry.ts';
import type { Member } from '../../main/model/member.ts';

/** Nine in the morning on a day in November, on this device. */
export const MORNING = new Date(2026, 10, 20, 9).getTime();

type Said = Extract<CheckedEntry, { kind: 'said' }>;
type Act = Extract<CheckedEntry, { kind: 'act' }>;

export function said(seq: number, from = 'b', more: Partial<Said> = {}): Said {
  return { kind: 'said', ...head(seq, from), text: `message ${seq}`, ...more };
}

export function act(seq: number, name: Act['act'], on: string, onName = ''): Act {
  return { kind: 'act', ...head(seq, 'b'), act: name, on, onName };
}

function head(seq: number, from: string): Omit<SaidEntry, 'kind' | 'text'> {
  const name = from === 'a' ? 'Ann' : 'Bo';
  const at = MORNING + seq * 1_000;
  return { seq, at, id: `m${seq}`, from, name, written: at };
}

export function member(id: string, name: string, more: Partial<Member> = {}): Member {
  return { id, name, role: 'member', away: false, muted: false, since: MORNING, ...more };
}

export function roomView(key: string, more: Partial<RoomView> = {}): RoomView {
  return {
    key,
    info: {
      id: `id-${key}`,
      founder: 'b',
      nonce: 'a-nonce',
      name: `Room ${key}`,
      access: 'open',
      locked: false,
      slowSeconds: 0,
      idleMinutes: null,
      remembersDays: null,
    },
    own: false,
    hosting: null,
    status: { state: 'here' },
    hostKey: 'b',
    otherHostKey: null,
    you: 'a',
    roster: [member('a', 'Ann'), member('b', 'Bo', { role: 'host' })],
    typing: [],
    entries: [],
    hasOlder: false,
    notices: [],
    pending: [],
    unread: { count: 0, mentions: 0 },
    ...more,
  };
}

export function snapshot(more: Partial<Snapshot> = {}): Extract<BridgeEvent, { type: 'snapshot' }> {
  return {
    type: 'snapshot',
    snapshot: {
      app: {
        version: '0.1.0',
        locale: 'en-GB',
        suggestedName: 'ann',
        you: 'a',
        limits: {
          name: 32,
          roomName: 200,
          text: 4_000,
          idleMinutes: [1, 1_440],
          remembersDays: 3_650,
          slowSeconds: 3_600,
          passphrase: 128,
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
