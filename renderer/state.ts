/** Everything the window shows, and the pure step from one event to the next state. */
import type { AppInfo, BridgeEvent, WindowCommand } from '../preload/contract.ts';
import type { ErrorCode, Problem } from '../main/model/error-codes.ts';
import type { MemberId } from '../main/model/member.ts';
import type { NearbyRoom, RoomKey } from '../main/model/room.ts';
import type { Settings } from '../main/model/settings.ts';
import type { WayIn } from './way-in.ts';
import type { Room, RoomChange, OlderEntries } from './room-state.ts';
import { changeRoom, openRoom, withoutOldest } from './room-state.ts';

/** How the window stands with the process that does the work. */
export type ShellState = 'connected' | 'reconnecting' | 'stopped';

/** The one dialog that is open. */
export type Dialog =
  | { readonly kind: 'host' | 'settings' }
  /** `address` is what came with a link; `room` is the name of one that lets in the invited only. */
  | { readonly kind: 'join'; readonly address: string; readonly room?: string }
  | { readonly kind: 'passphrase'; readonly wayIn: WayIn }
  | {
      readonly kind: 'rename' | 'room' | 'access' | 'invite' | 'leave' | 'forget' | 'clear';
      readonly key: RoomKey;
    }
  /** About somebody who is or was in the room; `name` is what they were called where one found them. */
  | {
      readonly kind: 'member' | 'ban';
      readonly key: RoomKey;
      readonly id: MemberId;
      readonly name: string;
    }
  /** `id` is the entry's. */
  | { readonly kind: 'redact'; readonly key: RoomKey; readonly id: string }
  | { readonly kind: 'bans'; readonly key: RoomKey };

/** What a narrow window shows; a wide one shows all of it, but searches in the place of the people. */
export type Pane = 'rooms' | 'chat' | 'people' | 'search';

/** A message to be shown in its place in the log. */
export interface Sought {
  readonly key: RoomKey;
  readonly seq: number;
}

export interface State {
  /** Null until the first snapshot. */
  readonly app: AppInfo | null;
  readonly settings: Settings;
  readonly rooms: readonly Room[];
  readonly nearby: readonly NearbyRoom[];
  readonly shell: ShellState;
  /** The room in the middle; null shows what is nearby. */
  readonly shown: RoomKey | null;
  readonly pane: Pane;
  readonly dialog: Dialog | null;
  /** Whether a search goes through every room. */
  readonly everywhere: boolean;
  /** The room whose newest messages the person has before their eyes: nothing in it is unread. */
  readonly watched: RoomKey | null;
  /** Set until its room's log shows it. */
  readonly sought: Sought | null;
  readonly troubles: readonly Problem[];
  /** Codes of problems the person has read: the next of the same kind says nothing new. */
  readonly known: ReadonlySet<ErrorCode>;
}

/** What happens in the window itself. */
export type LocalAction =
  | { readonly type: 'shell'; readonly shell: ShellState }
  | { readonly type: 'show'; readonly key: RoomKey | null }
  | { readonly type: 'pane'; readonly pane: Pane }
  | { readonly type: 'open'; readonly dialog: Dialog }
  | { readonly type: 'close-dialog' }
  /** Opens the search, in every room or in the one shown. */
  | { readonly type: 'search'; readonly everywhere: boolean }
  | { readonly type: 'seek'; readonly sought: Sought }
  | { readonly type: 'found' }
  | { readonly type: 'watch'; readonly key: RoomKey | null }
  /** The log shows the end of the room and moves on with it. */
  | { readonly type: 'follow'; readonly key: RoomKey }
  | { readonly type: 'trouble'; readonly trouble: Problem }
  | { readonly type: 'trouble-read'; readonly code: ErrorCode }
  | OlderEntries;

const NOTHING_UNREAD = { count: 0, mentions: 0 };

/** The state before anything is known. `shown` is what an earlier load of the page showed. */
export function initialState(shown: RoomKey | null): State {
  return {
    app: null,
    settings: { name: null, language: 'system', theme: 'system', notifications: 'off' },
    rooms: [],
    nearby: [],
    shell: 'connected',
    shown,
    pane: shown === null ? 'rooms' : 'chat',
    dialog: null,
    everywhere: false,
    watched: null,
    sought: null,
    troubles: [],
    known: new Set(),
  };
}

/** The state after one event or action. What did not change keeps its identity. */
export function reduce(state: State, event: BridgeEvent | LocalAction): State {
  switch (event.type) {
    case 'snapshot': {
      const { app, settings, rooms, nearby } = event.snapshot;
      const opened = rooms.map((room) => openRoom(room, roomOf(state, room.key)));
      const shell = 'connected' as const;
      // What was read before has to be told again.
      const next = { ...state, app, settings, rooms: opened, nearby, shell, watched: null };
      const troubles = state.app === null ? app.warnings : state.troubles;
      return showing({ ...next, troubles }, state.shown);
    }
    case 'settings':
      return { ...state, settings: event.settings };
    case 'nearby':
      return { ...state, nearby: event.rooms };
    case 'room-added':
      return { ...state, rooms: [...without(state.rooms, event.room.key), openRoom(event.room)] };
    case 'room-removed':
      return removed(state, event.key);
    case 'notification':
      return state;
    case 'command':
      return commanded(state, event.command);
    case 'shell':
      return { ...state, shell: event.shell };
    case 'show':
      return {
        ...showing(state, event.key),
        pane: event.key === null ? 'rooms' : 'chat',
        dialog: null,
        sought: null,
      };
    case 'pane':
      return { ...state, pane: paneFor(state, event.pane) };
    case 'search':
      return { ...state, pane: 'search', everywhere: event.everywhere };
    case 'seek':
      return roomOf(state, event.sought.key) === undefined
        ? state
        : { ...showing(state, event.sought.key), sought: event.sought };
    case 'found':
      return state.sought === null ? state : { ...state, sought: null };
    case 'watch':
      return watching(state, event.key);
    case 'follow':
      return following(state, event.key);
    case 'open':
      return { ...state, dialog: event.dialog };
    case 'close-dialog':
      return state.dialog === null ? state : { ...state, dialog: null };
    case 'problem': {
      const { type: _, ...problem } = event;
      return isKnown(state, problem.code) ? state : troubled(state, problem);
    }
    case 'trouble':
      return troubled(state, event.trouble);
    case 'trouble-read':
      return {
        ...state,
        troubles: unread(state.troubles, event.code),
        known: new Set([...state.known, event.code]),
      };
    default:
      return changed(state, event);
  }
}

/** The room with this key, if it is still in the list. */
export function roomOf(state: State, key: RoomKey | null): Room | undefined {
  return key === null ? undefined : state.rooms.find((room) => room.key === key);
}

/** Rooms one is in, or that are being tried. */
export function openRooms(state: State): readonly Room[] {
  return state.rooms.filter((room) => room.status.state !== 'ended');
}

/** Rooms one was in, which can still be read. */
export function earlierRooms(state: State): readonly Room[] {
  return state.rooms.filter((room) => room.status.state === 'ended');
}

/** Rooms nearby that this person is not already in. */
export function joinable(state: State): readonly NearbyRoom[] {
  const present = new Set(openRooms(state).map((room) => room.info.id));
  return state.nearby.filter((room) => !present.has(room.id));
}

function watching(state: State, watched: RoomKey | null): State {
  if (watched === state.watched) return state;
  const rooms = state.rooms.map((room) =>
    room.key === watched ? { ...room, unread: NOTHING_UNREAD } : room,
  );
  return { ...state, rooms, watched };
}

function following(state: State, key: RoomKey): State {
  const room = roomOf(state, key);
  if (room === undefined || withoutOldest(room) === room) return state;
  return { ...state, rooms: state.rooms.map((one) => (one === room ? withoutOldest(room) : one)) };
}

function changed(state: State, event: RoomChange): State {
  // Until the app has heard that this was read as well, it counts it.
  if (event.type === 'room-unread' && event.key === state.watched) return state;
  const rooms = state.rooms.map((room) => {
    if (room.key !== event.key) return room;
    const next = changeRoom(room, event);
    // In the room that is shown one may be far up; its log tells when it follows the end.
    return room.key === state.shown ? next : withoutOldest(next);
  });
  return { ...state, rooms };
}

function removed(state: State, key: RoomKey): State {
  const dialog = state.dialog !== null && 'key' in state.dialog && state.dialog.key === key;
  const next = {
    ...state,
    rooms: without(state.rooms, key),
    dialog: dialog ? null : state.dialog,
  };
  return state.shown === key ? { ...next, shown: null, pane: 'rooms' } : next;
}

function showing(state: State, key: RoomKey | null): State {
  const there = roomOf(state, key) !== undefined;
  return { ...state, shown: there ? key : null, pane: there ? state.pane : 'rooms' };
}

/** Where no room is shown there is no conversation to go back to. */
function paneFor({ shown }: State, pane: Pane): Pane {
  return pane === 'chat' && shown === null ? 'rooms' : pane;
}

function commanded(state: State, command: WindowCommand): State {
  switch (command.do) {
    case 'show-room':
      return { ...showing(state, command.key), pane: 'chat', dialog: null };
    case 'host':
    case 'settings':
      return { ...state, dialog: { kind: command.do } };
    case 'join':
      return { ...state, dialog: { kind: 'join', address: '' } };
    case 'open-link':
      return { ...state, dialog: { kind: 'join', address: command.link } };
    case 'rename':
      return state.shown === null
        ? { ...state, dialog: { kind: 'settings' } }
        : { ...state, dialog: { kind: 'rename', key: state.shown } };
    case 'next-room':
      return neighbour(state, 1);
    case 'previous-room':
      return neighbour(state, -1);
  }
}

function neighbour(state: State, step: 1 | -1): State {
  const rooms = openRooms(state);
  if (rooms.length === 0) return state;
  const now = rooms.findIndex((room) => room.key === state.shown);
  const start = now === -1 && step === -1 ? 0 : now;
  const next = rooms.at((start + step) % rooms.length);
  return next === undefined ? state : { ...showing(state, next.key), pane: 'chat' };
}

function without(rooms: readonly Room[], key: RoomKey): readonly Room[] {
  return rooms.filter((room) => room.key !== key);
}

function troubled(state: State, trouble: Problem): State {
  return { ...state, troubles: [...unread(state.troubles, trouble.code), trouble] };
}

function isKnown({ known, troubles }: State, code: ErrorCode): boolean {
  return known.has(code) || troubles.some((trouble) => trouble.code === code);
}

function unread(troubles: readonly Problem[], code: ErrorCode): readonly Problem[] {
  return troubles.filter((trouble) => trouble.code !== code);
}
