import { describe, expect, test } from 'vitest';
import type { BridgeEvent } from '../../preload/contract.ts';
import type { CheckedEntry } from '../../main/model/entry.ts';
import type { RoomStatus } from '../../main/model/room-status.ts';
import type { NearbyRoom } from '../../main/model/room.ts';
import type { LocalAction, State } from '../../renderer/state.ts';
import { chunked, slice } from '../../renderer/chunked-list.ts';
import {
  earlierRooms,
  initialState,
  joinable,
  openRooms,
  reduce,
  roomOf,
} from '../../renderer/state.ts';
import { act, member, roomView, said, snapshot } from './rooms.ts';

function after(...events: readonly (BridgeEvent | LocalAction)[]): State {
  return events.reduce(reduce, initialState(null));
}

const inRoom = (more = {}) =>
  after(snapshot({ rooms: [roomView('r', more), roomView('q')] }), { type: 'show', key: 'r' });

const entriesOf = (state: State, key = 'r') => {
  const room = roomOf(state, key);
  return room === undefined ? [] : slice(room.entries, 0, Infinity).map((entry) => entry.seq);
};

const warned = {
  version: '0.1.0',
  locale: 'en',
  suggestedName: '',
  you: 'a',
  limits: {
    name: 32,
    roomName: 200,
    text: 4_000,
    idleMinutes: [1, 1_440] as const,
    remembersDays: 3_650,
    slowSeconds: 3_600,
    passphrase: 128,
  },
};

const presence = (...changes: Extract<BridgeEvent, { type: 'room-presence' }>['changes']) =>
  ({ type: 'room-presence', key: 'r', changes }) as const;

const withStatus = (status: RoomStatus) =>
  reduce(inRoom(), { type: 'room-status', key: 'r', status });

const keysOf = (rooms: State['rooms']) => rooms.map(({ key }) => key);

const names = (state: State) => roomOf(state, 'r')?.roster.map(({ name }) => name);

const go = (state: State, step: 'next-room' | 'previous-room') =>
  reduce(state, { type: 'command', command: { do: step } });

const talk = (from: number, to: number, key = 'r') => {
  const entries = Array.from({ length: to - from + 1 }, (_, index) => said(from + index));
  return { type: 'room-entries', key, entries } as const;
};

const unread = (count: number) =>
  ({ type: 'room-unread', key: 'r', unread: { count, mentions: 0 } }) as const;

const counted = (state: State) => roomOf(state, 'r')?.unread.count;

describe('a snapshot', () => {
  test('shows the room an earlier load of the page showed, if it is still there', () => {
    const before = initialState('r');
    expect(reduce(before, snapshot({ rooms: [roomView('r')] })).shown).toBe('r');
    expect(reduce(before, snapshot({ rooms: [roomView('q')] })).shown).toBeNull();
  });

  test('that comes after a loss keeps the room, the dialog and the pane', () => {
    const lost = reduce(inRoom(), { type: 'shell', shell: 'reconnecting' });
    const open = reduce(lost, { type: 'open', dialog: { kind: 'rename', key: 'r' } });
    const again = reduce(open, snapshot({ rooms: [roomView('r', { entries: [said(1)] })] }));
    expect(again).toMatchObject({ shown: 'r', pane: 'chat', shell: 'connected' });
    expect(again.dialog).toBe(open.dialog);
    expect(entriesOf(again)).toEqual([1]);
  });

  test('tells its warnings once', () => {
    const warnings = [{ code: 'settings-unreadable', details: { file: 'x' } } as const];
    const app = { ...warned, warnings };
    const told = after(snapshot({ app }));
    expect(told.troubles).toEqual(warnings);
    const read = reduce(told, { type: 'trouble-read', code: 'settings-unreadable' });
    expect(reduce(read, snapshot({ app })).troubles).toEqual([]);
  });

  test('tells a problem until it is read, and only once', () => {
    const problem = { type: 'problem', code: 'storage-full' } as const;
    const told = after(snapshot(), problem, problem);
    expect(told.troubles).toEqual([{ code: 'storage-full' }]);
    expect(reduce(told, problem), 'not even drawn again').toBe(told);
    const read = reduce(told, { type: 'trouble-read', code: 'storage-full' });
    expect(read.troubles).toEqual([]);
    expect(reduce(read, problem).troubles, 'nor after it was read').toEqual([]);
    const trouble = { code: 'storage-full' } as const;
    const own = reduce(read, { type: 'trouble', trouble });
    expect(own.troubles, 'but what the person tried themselves is answered').toEqual([trouble]);
  });
});

describe('entries', () => {
  test('are added at the end, and one that is repeated is not shown twice', () => {
    const state = inRoom({ entries: [said(1), said(2)] });
    const next = reduce(state, { type: 'room-entries', key: 'r', entries: [said(2), said(3)] });
    expect(entriesOf(next)).toEqual([1, 2, 3]);
  });

  test('go between others where they belong, and what is older than all waits to be asked for', () => {
    const state = inRoom({ entries: [said(2), said(3), said(9)], hasOlder: true });
    const late = [act(1.5, 'lock', ''), act(3.25, 'mute', 'c'), act(9.5, 'unlock', '')];
    const next = reduce(state, { type: 'room-entries', key: 'r', entries: late });
    expect(entriesOf(next)).toEqual([2, 3, 3.25, 9, 9.5]);
    expect(entriesOf(reduce(next, { type: 'room-entries', key: 'r', entries: late }))).toEqual([
      2, 3, 3.25, 9, 9.5,
    ]);
  });

  test('go before all where nothing is older, and one that stands elsewhere by now goes there', () => {
    const state = inRoom({ entries: [said(2), act(2.5, 'lock', '')] });
    const late = [act(1.5, 'unlock', '')];
    const next = reduce(state, { type: 'room-entries', key: 'r', entries: [...late, said(3)] });
    expect(entriesOf(next)).toEqual([1.5, 2, 2.5, 3]);
    const moved = { ...act(2.5, 'lock', ''), seq: 3.5 };
    const then = reduce(next, { type: 'room-entries-changed', key: 'r', entries: [moved] });
    expect(entriesOf(then)).toEqual([1.5, 2, 3, 3.5]);
  });

  test('older ones come in front', () => {
    const state = inRoom({ entries: [said(5), said(6)], hasOlder: true });
    const older = [said(3), said(4), said(5)];
    const next = reduce(state, {
      type: 'older-entries',
      key: 'r',
      entries: older,
      hasOlder: false,
    });
    expect(entriesOf(next)).toEqual([3, 4, 5, 6]);
    expect(roomOf(next, 'r')?.hasOlder).toBe(false);
  });

  test('of another log take the place of those shown, notices and all', () => {
    const notice = { id: 1, at: 0, after: 9, what: { kind: 'connected', count: 2 } } as const;
    const state = inRoom({ entries: [said(8), said(9)], notices: [notice] });
    const entries = [said(1)];
    const next = reduce(state, { type: 'room-log-reset', key: 'r', entries, hasOlder: false });
    expect(entriesOf(next)).toEqual([1]);
    expect(roomOf(next, 'r')?.notices.length).toBe(0);
  });

  test('reach as far back as the room does once one is in it again', () => {
    const ended = { state: 'ended', reason: 'left' } as const;
    const state = inRoom({ entries: [said(5)], hasOlder: false, status: ended });
    const here = { type: 'room-status', key: 'r', status: { state: 'here' } } as const;
    expect(roomOf(reduce(state, here), 'r')?.hasOlder).toBe(true);
    const whole = inRoom({ entries: [said(1)], hasOlder: false, status: ended });
    expect(roomOf(reduce(whole, here), 'r')?.hasOlder).toBe(false);
  });

  test('in one room leave the other rooms as they are, to the very object', () => {
    const state = inRoom();
    const next = reduce(state, { type: 'room-entries', key: 'r', entries: [said(1)] });
    expect(roomOf(next, 'q')).toBe(roomOf(state, 'q'));
    expect(roomOf(next, 'r')?.roster).toBe(roomOf(state, 'r')?.roster);
  });

  test('of ten thousand, all but the last chunk are shared with the version before', () => {
    const state = inRoom({
      entries: Array.from({ length: 10_000 }, (_, index) => said(index + 1)),
    });
    const next = reduce(state, { type: 'room-entries', key: 'r', entries: [said(10_001)] });
    const before = new Set(roomOf(state, 'r')?.entries.chunks);
    const fresh = roomOf(next, 'r')?.entries.chunks.filter((chunk) => !before.has(chunk));
    expect(fresh?.flat().length).toBeLessThanOrEqual(128);
  });
});

const add = (state: State, ...entries: CheckedEntry[]) =>
  reduce(state, { type: 'room-entries', key: 'r', entries });

const shown = (state: State) =>
  slice(roomOf(state, 'r')?.entries ?? chunked<CheckedEntry>([]), 0, Infinity).map((entry) =>
    entry.kind === 'said' ? (entry.redacted ?? entry.text) : entry.act,
  );

describe('a room that is open for long', () => {
  test('keeps its newest entries while nobody is in it', () => {
    const state = reduce(inRoom(), talk(1, 5_000, 'q'));
    const kept = entriesOf(state, 'q');
    expect(kept.at(-1)).toBe(5_000);
    expect(kept.length).toBeGreaterThanOrEqual(1_000);
    expect(kept.length).toBeLessThan(1_200);
    expect(roomOf(state, 'q')?.hasOlder).toBe(true);
  });

  test('keeps all that may be scrolled to, until its log follows the end', () => {
    const reading = reduce(inRoom(), talk(1, 5_000));
    expect(entriesOf(reading)).toHaveLength(5_000);
    const state = reduce(reading, { type: 'follow', key: 'r' });
    expect(entriesOf(state).length).toBeLessThan(1_200);
    expect(reduce(state, { type: 'follow', key: 'r' })).toBe(state);
  });

  test('keeps its newest quiet lines', () => {
    let state = inRoom();
    for (let id = 1; id <= 2_000; id += 1) {
      const what = { kind: 'joined', name: 'Bo', count: 2 } as const;
      const notice = { id, at: 0, after: 0, what };
      state = reduce(state, { type: 'room-notice', key: 'r', notice });
    }
    const notices = roomOf(state, 'r')?.notices;
    expect(notices?.length).toBeLessThan(700);
    expect(notices?.chunks.at(-1)?.at(-1)?.id).toBe(2_000);
  });
});

describe('a room before one’s eyes', () => {
  test('has nothing unread, whatever the app has yet to hear', () => {
    const state = reduce(reduce(inRoom(), unread(3)), { type: 'watch', key: 'r' });
    expect(counted(state)).toBe(0);
    expect(reduce(state, unread(7))).toBe(state);
  });

  test('counts again once one looks away', () => {
    const watched = reduce(inRoom(), { type: 'watch', key: 'r' });
    const away = reduce(watched, { type: 'watch', key: null });
    expect(counted(reduce(away, unread(2)))).toBe(2);
  });

  test('has to be looked at again after the app came back', () => {
    const watched = reduce(inRoom(), { type: 'watch', key: 'r' });
    const back = reduce(
      watched,
      snapshot({ rooms: [roomView('r', { unread: { count: 4, mentions: 0 } })] }),
    );
    expect(counted(back)).toBe(4);
    expect(counted(reduce(back, { type: 'watch', key: 'r' }))).toBe(0);
  });
});

const change = (state: State, ...entries: CheckedEntry[]) =>
  reduce(state, { type: 'room-entries-changed', key: 'r', entries });

const removed = (seq: number) => said(seq, 'b', { text: '', redacted: true });

describe('T1: what is done to a message', () => {
  test('M4: takes it away in its place in the log', () => {
    const state = inRoom({ entries: [said(1), said(2)] });
    const next = change(add(state, act(3, 'redact', 'm1')), removed(1));
    expect(shown(next)).toEqual([true, 'message 2', 'redact']);
  });

  test('changes several at once, and an act stays what it is', () => {
    const entries = [said(1), act(1.5, 'mute', 'a', 'Ann'), said(2)];
    const edited = said(2, 'b', { text: 'better', editedAt: 5 });
    expect(shown(change(inRoom({ entries }), removed(1), edited))).toEqual([
      true,
      'mute',
      'better',
    ]);
  });

  test('M4: leaves the state before as it was, and the text nowhere in the one after', () => {
    const state = inRoom({ entries: [said(1)] });
    const next = change(state, removed(1));
    expect(JSON.stringify(roomOf(next, 'r')?.entries)).not.toContain('message 1');
    expect(shown(state)).toEqual(['message 1']);
  });

  test('adds nothing that this window does not show', () => {
    const state = inRoom({ entries: [said(3)], hasOlder: true });
    expect(shown(change(state, removed(1)))).toEqual(['message 3']);
  });

  test('E1: an act that does not hold takes nothing away', () => {
    const forged = { ...act(3, 'redact', 'm1'), doubt: 'signature' } as const;
    expect(shown(add(inRoom(), said(1), said(2), forged))).toEqual([
      'message 1',
      'message 2',
      'redact',
    ]);
  });
});

test('the key of a room’s host is kept with the room', () => {
  const next = reduce(inRoom(), {
    type: 'room-host-key',
    key: 'r',
    hostKey: 'b',
    otherHostKey: 'x',
  });
  expect(roomOf(next, 'r')).toMatchObject({ hostKey: 'b', otherHostKey: 'x' });
});

describe('people', () => {
  test('M2: what somebody may do from now on shows in the roster', () => {
    const standing = {
      change: 'standing',
      id: 'a',
      role: 'moderator',
      muted: true,
      count: 2,
    } as const;
    expect(roomOf(reduce(inRoom(), presence(standing)), 'r')?.roster).toMatchObject([
      { id: 'a', name: 'Ann', role: 'moderator', muted: true },
      { id: 'b', role: 'host', muted: false },
    ]);
  });

  test('O20: somebody who comes in again stands in the roster once', () => {
    const joined = { change: 'joined', member: member('c', 'Cleo'), count: 3 } as const;
    expect(names(reduce(inRoom(), presence(joined, joined)))).toEqual(['Ann', 'Bo', 'Cleo']);
  });

  test('O13: a rename shows at once, also when somebody leaves in the same breath', () => {
    const next = reduce(
      inRoom(),
      presence(
        { change: 'renamed', id: 'b', before: 'Bo', name: 'Boris', count: 2 },
        { change: 'left', id: 'a', name: 'Ann', reason: 'left', count: 1 },
      ),
    );
    expect(names(next)).toEqual(['Boris']);
  });

  test('who is away is still here', () => {
    const away = { change: 'away', id: 'b', away: true, count: 2 } as const;
    expect(roomOf(reduce(inRoom(), presence(away)), 'r')?.roster[1]).toMatchObject({ away: true });
  });

  test('O3: what one said before joining again is still one’s own', () => {
    const roster = [member('z', 'Ann')];
    const again = reduce(inRoom(), { type: 'room-roster', key: 'r', you: 'z', roster });
    expect([...(roomOf(again, 'r')?.mine ?? [])]).toEqual(['a', 'z']);
  });
});

describe('rooms', () => {
  test('a room that goes takes its dialog along and leaves the overview', () => {
    const open = reduce(inRoom(), { type: 'open', dialog: { kind: 'leave', key: 'r' } });
    const gone = reduce(open, { type: 'room-removed', key: 'r' });
    expect(gone).toMatchObject({ shown: null, pane: 'rooms', dialog: null });
    expect(gone.rooms.map(({ key }) => key)).toEqual(['q']);
  });

  test('a room that goes while another is shown changes nothing else', () => {
    const open = reduce(inRoom(), { type: 'open', dialog: { kind: 'settings' } });
    const gone = reduce(open, { type: 'room-removed', key: 'q' });
    expect(gone).toMatchObject({ shown: 'r', pane: 'chat', dialog: { kind: 'settings' } });
  });

  test('rooms one is in are not offered as nearby, until they have ended', () => {
    const nearby: readonly NearbyRoom[] = [
      {
        id: 'id-r',
        name: 'Room r',
        members: 2,
        access: 'open',
        locked: false,
        version: 'same',
        addresses: [],
      },
    ];
    const state = reduce(inRoom(), { type: 'nearby', rooms: nearby });
    expect(joinable(state)).toEqual([]);
    const status = { state: 'ended', reason: 'room-closed' } as const;
    const ended = reduce(state, { type: 'room-status', key: 'r', status });
    expect(joinable(ended)).toEqual(nearby);
  });

  test('the keys for the next and the previous room go round', () => {
    expect(go(inRoom(), 'next-room').shown).toBe('q');
    expect(go(go(inRoom(), 'next-room'), 'next-room').shown).toBe('r');
    expect(go(inRoom(), 'previous-room').shown).toBe('q');
    const nowhere = reduce(inRoom(), { type: 'show', key: null });
    expect(go(nowhere, 'next-room').shown).toBe('r');
    expect(go(nowhere, 'previous-room').shown).toBe('q');
    expect(go(after(snapshot()), 'next-room').shown).toBeNull();
  });

  test('a room that has ended is one of earlier, and one that waits is not', () => {
    const waiting = withStatus({ state: 'waiting', until: 0, reason: 'connection-lost' });
    expect([keysOf(openRooms(waiting)), keysOf(earlierRooms(waiting))]).toEqual([['r', 'q'], []]);
    const ended = withStatus({ state: 'ended', reason: 'left' });
    expect([keysOf(openRooms(ended)), keysOf(earlierRooms(ended))]).toEqual([['q'], ['r']]);
    expect(ended.shown, 'it can still be read').toBe('r');
    expect(go(ended, 'next-room').shown, 'the keys go to rooms one is in').toBe('q');
  });

  test('a link from outside is asked about, not followed', () => {
    const command = { do: 'open-link', link: 'lanyard://10.0.0.9:47100' } as const;
    const state = reduce(inRoom(), { type: 'command', command });
    expect(state.dialog).toEqual({ kind: 'join', address: 'lanyard://10.0.0.9:47100' });
    expect(state.shown).toBe('r');
  });

  test('a command to show a room that has gone shows the overview', () => {
    const state = reduce(inRoom(), { type: 'command', command: { do: 'show-room', key: 'gone' } });
    expect(state.shown).toBeNull();
  });
});

describe('a search', () => {
  test('opens beside the room and stays open while one goes to what it found', () => {
    const open = reduce(inRoom(), { type: 'search', everywhere: true });
    expect(open).toMatchObject({ pane: 'search', everywhere: true });
    const sought = { key: 'q', seq: 7 };
    const gone = reduce(open, { type: 'seek', sought });
    expect(gone).toMatchObject({ shown: 'q', pane: 'search', sought });
    expect(reduce(gone, { type: 'found' }).sought).toBeNull();
  });

  test('leads nowhere when the room has been forgotten meanwhile', () => {
    const open = reduce(inRoom(), { type: 'search', everywhere: true });
    expect(reduce(open, { type: 'seek', sought: { key: 'gone', seq: 1 } })).toBe(open);
  });

  test('is given up when another room is shown', () => {
    const open = reduce(inRoom(), { type: 'search', everywhere: false });
    const seeking = reduce(open, { type: 'seek', sought: { key: 'r', seq: 1 } });
    const elsewhere = reduce(seeking, { type: 'show', key: 'q' });
    expect(elsewhere).toMatchObject({ shown: 'q', pane: 'chat', sought: null });
  });

  test('that closes where no room is shown leaves the list of rooms', () => {
    const open = reduce(after(snapshot()), { type: 'search', everywhere: true });
    expect(reduce(open, { type: 'pane', pane: 'chat' }).pane).toBe('rooms');
  });
});

test('the same trouble twice is one line', () => {
  const trouble = { code: 'room-gone' } as const;
  const state = after({ type: 'trouble', trouble }, { type: 'trouble', trouble });
  expect(state.troubles).toEqual([trouble]);
});
