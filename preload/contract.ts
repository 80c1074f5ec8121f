/**
 * Everything a user interface may ask of Lanyard and everything it may be told. Electron carries
 * this over IPC, the browser shell over a loopback WebSocket, the terminal calls it directly.
 * Types and names only: what arrives over a bridge is parsed in `main/bridge/`.
 */
import type { Access } from '../main/model/accesses.ts';
import type { ActName } from '../main/model/act-names.ts';
import type { CheckedEntry } from '../main/model/entry.ts';
import type { Problem } from '../main/model/error-codes.ts';
import type { ExportedLog, ExportFormat } from '../main/model/exported-log.ts';
import type { HostedInfo, Invite, InviteLifetime } from '../main/model/hosting.ts';
import type { Ban, Member, MemberId, PresenceChange } from '../main/model/member.ts';
import type { Notice } from '../main/model/notice.ts';
import type { Pending } from '../main/model/pending.ts';
import type { RoomStatus } from '../main/model/room-status.ts';
import type { NearbyRoom, RoomInfo, RoomKey, Unread } from '../main/model/room.ts';
import type { SearchResult } from '../main/model/search-result.ts';
import type { Language, NotificationLevel, Settings, Theme } from '../main/model/settings.ts';

/** One room as a window shows it. */
export interface RoomView {
  readonly key: RoomKey;
  /** What the hub told; until the first welcome what is known from the invitation or address. */
  readonly info: RoomInfo;
  /** True for a room of this device, hosted now or not. */
  readonly own: boolean;
  /** Set while this device hosts the room. */
  readonly hosting: HostedInfo | null;
  readonly status: RoomStatus;
  /** The key of the device that runs it, as remembered; null until the first welcome. */
  readonly hostKey: MemberId | null;
  /** Another key that answered in its stead: set while `status` ended with `host-key-changed`. */
  readonly otherHostKey: MemberId | null;
  /** Null until the first welcome. */
  readonly you: MemberId | null;
  readonly roster: readonly Member[];
  /** Members who are typing now, without oneself. */
  readonly typing: readonly MemberId[];
  /** The newest entries, oldest first, without gaps; older ones by `entriesBefore`. */
  readonly entries: readonly CheckedEntry[];
  /** True when there are entries older than the first of `entries`. */
  readonly hasOlder: boolean;
  readonly notices: readonly Notice[];
  readonly pending: readonly Pending[];
  readonly unread: Unread;
}

/** What a person can compare with another: of a member's key, or of one's own. */
export interface Fingerprint {
  /** Six English words. */
  readonly words: readonly string[];
}

/** Facts about this start of the app. */
export interface AppInfo {
  readonly version: string;
  /** The system's locale, BCP 47. */
  readonly locale: string;
  /** The name of the person's account on this device, offered at first start. */
  readonly suggestedName: string;
  /** This device's own key. */
  readonly you: MemberId;
  readonly limits: {
    readonly name: number;
    readonly roomName: number;
    readonly text: number;
    readonly idleMinutes: readonly [min: number, max: number];
    readonly remembersDays: number;
    readonly slowSeconds: number;
    readonly passphrase: number;
  };
  /** Things the person should know about this start, e.g. settings that could not be read. */
  readonly warnings: readonly Problem[];
}

/** Everything a window needs to draw itself once. */
export interface Snapshot {
  readonly app: AppInfo;
  readonly settings: Settings;
  readonly rooms: readonly RoomView[];
  readonly nearby: readonly NearbyRoom[];
}

/** The calls, each with its argument and what it resolves to. */
export interface Calls {
  /** Rejects with name-*. Rooms one is in are not renamed by this. */
  setName: { args: { name: string }; result: null };
  changeSettings: {
    args: { language?: Language; theme?: Theme; notifications?: NotificationLevel };
    result: null;
  };
  /**
   * A room with a passphrase needs one: 1 to 128 characters. Rejects with room-name-*, passphrase-*,
   * port-in-use, port-not-allowed, no-name.
   */
  host: {
    args: { room: string; port?: number; access?: Access; passphrase?: string };
    result: { key: RoomKey };
  };
  /**
   * Joins a room of the nearby list. Rejects with room-gone, no-name, why one is not let in
   * (passphrase-needed, passphrase-wrong, invite-needed, room-locked, banned…), or host-key-changed.
   */
  joinNearby: { args: { id: string; passphrase?: string }; result: { key: RoomKey } };
  /**
   * Joins `host`, `host:port`, an IPv6 literal, `ws(s)://…`, a `lanyard://…` link or invitation.
   * Rejects with address-invalid, no-name, wrong-host, and as `joinNearby` does.
   */
  joinAddress: { args: { address: string; passphrase?: string }; result: { key: RoomKey } };
  /** Leaves a joined room; closes a hosted one for everybody. Its copy stays and can be read. */
  leave: { args: { key: RoomKey }; result: null };
  /** Leaves a room, if need be, and deletes this device's copy of it. */
  forget: { args: { key: RoomKey }; result: null };
  /** After `ended`: joins the same room again, or opens this device's own again. */
  rejoin: { args: { key: RoomKey; passphrase?: string }; result: null };
  /** After `ended` with host-key-changed: takes the other key for the host's, and joins. */
  trustHost: { args: { key: RoomKey; hostKey: MemberId }; result: null };
  /** While `waiting`: tries now. */
  retryNow: { args: { key: RoomKey }; result: null };
  /** Rejects with text-*; what the hub refuses later shows in `pending`. */
  say: { args: { key: RoomKey; text: string }; result: { id: string } };
  /** Sends a refused message again. */
  retry: { args: { key: RoomKey; id: string }; result: null };
  /** Drops a pending or refused message that has not been confirmed. */
  cancel: { args: { key: RoomKey; id: string }; result: null };
  /** Resolves when the hub has accepted; rejects with name-* or not-here. */
  rename: { args: { key: RoomKey; name: string }; result: null };
  typing: { args: { key: RoomKey; on: boolean }; result: null };
  /** Everything up to `seq` has been seen. */
  markRead: { args: { key: RoomKey; seq: number }; result: null };
  entriesBefore: {
    args: { key: RoomKey; seq: number; limit: number };
    result: { entries: readonly CheckedEntry[]; hasOlder: boolean };
  };
  /**
   * Does something only the host and moderators may; it shows in the log for everybody. `on` is
   * the member's id for remove, ban, lift, mute, unmute, appoint and dismiss; the entry's for strike;
   * seconds for slow; empty for lock and unlock. Access is changed by `setAccess`. Rejects with
   * not-allowed, no-such-member, no-such-entry, not-here.
   */
  act: {
    args: { key: RoomKey; act: Exclude<ActName, 'access'>; on: string };
    result: null;
  };
  /** Who is banned. For the host and moderators. */
  bans: { args: { key: RoomKey }; result: { bans: readonly Ban[] } };
  /** Host only: who gets in from now on; whoever was let in before stays in. */
  setAccess: { args: { key: RoomKey; access: Access; passphrase?: string }; result: null };
  /** Host only: the link is told once and not kept. */
  createInvite: {
    args: { key: RoomKey; lifetime: InviteLifetime; maxUses: number | null };
    result: { invite: Invite; link: string };
  };
  /** Host only: the latest first. */
  invites: { args: { key: RoomKey }; result: { invites: readonly Invite[] } };
  /** Host only. */
  revokeInvite: { args: { key: RoomKey; id: string }; result: null };
  /** The words of a member's key. */
  fingerprint: { args: { id: MemberId }; result: Fingerprint };
  /** A QR code of a link: rows of `0` (light) and `1` (dark), without a margin. */
  qrCode: { args: { text: string }; result: { rows: readonly string[] } };
  /** Host only: after how many minutes of silence people are removed; null for never. */
  setIdleMinutes: { args: { key: RoomKey; minutes: number | null }; result: null };
  /** Host only: after how many days entries are forgotten; null for never, 0 for at once. */
  setRemembers: { args: { key: RoomKey; days: number | null }; result: null };
  /** Host only: forgets everything that was said, in every copy that connects. */
  clearHistory: { args: { key: RoomKey }; result: null };
  /**
   * Finds entries by words, newest first: in one room, or with a null key in every room. In one
   * room `below` continues after the last hit's seq.
   */
  search: {
    args: { key: RoomKey | null; query: string; below?: number };
    result: SearchResult;
  };
  /** A room's log as a file, from this device's copy. */
  exportLog: { args: { key: RoomKey; format: ExportFormat }; result: ExportedLog };
  /** Whether the window can be seen, and which room it shows: decides about notifications. */
  attend: { args: { visible: boolean; key: RoomKey | null }; result: null };
}

export type CallName = keyof Calls;

/** One thing that happened. They arrive in order; the first one after subscribing is `snapshot`. */
export type BridgeEvent =
  | { readonly type: 'snapshot'; readonly snapshot: Snapshot }
  | { readonly type: 'settings'; readonly settings: Settings }
  | { readonly type: 'nearby'; readonly rooms: readonly NearbyRoom[] }
  | { readonly type: 'room-added'; readonly room: RoomView }
  | { readonly type: 'room-removed'; readonly key: RoomKey }
  | { readonly type: 'room-info'; readonly key: RoomKey; readonly info: RoomInfo }
  | { readonly type: 'room-hosting'; readonly key: RoomKey; readonly hosting: HostedInfo | null }
  | { readonly type: 'room-status'; readonly key: RoomKey; readonly status: RoomStatus }
  /** The key the room's host has, and another that answered instead. */
  | {
      readonly type: 'room-host-key';
      readonly key: RoomKey;
      readonly hostKey: MemberId | null;
      readonly otherHostKey: MemberId | null;
    }
  /** A welcome: who one is and who is here, whole. */
  | {
      readonly type: 'room-roster';
      readonly key: RoomKey;
      readonly you: MemberId;
      readonly roster: readonly Member[];
    }
  | {
      readonly type: 'room-presence';
      readonly key: RoomKey;
      readonly changes: readonly PresenceChange[];
    }
  | { readonly type: 'room-typing'; readonly key: RoomKey; readonly typing: readonly MemberId[] }
  /**
   * Entries that follow the last one without a gap. An act `strike` among them also takes what its
   * entry said from every copy: the window does likewise.
   */
  | {
      readonly type: 'room-entries';
      readonly key: RoomKey;
      readonly entries: readonly CheckedEntry[];
    }
  /** The log is another one now: forget the entries shown, show these. */
  | {
      readonly type: 'room-log-reset';
      readonly key: RoomKey;
      readonly entries: readonly CheckedEntry[];
      readonly hasOlder: boolean;
    }
  | { readonly type: 'room-notice'; readonly key: RoomKey; readonly notice: Notice }
  | { readonly type: 'room-pending'; readonly key: RoomKey; readonly pending: readonly Pending[] }
  | { readonly type: 'room-unread'; readonly key: RoomKey; readonly unread: Unread }
  /** Something went wrong that the person should know of; the app goes on. */
  | ({ readonly type: 'problem' } & Problem)
  /** Show this outside the window. A shell with notifications of its own keeps it to itself. */
  | {
      readonly type: 'notification';
      readonly key: RoomKey;
      readonly title: string;
      readonly body: string;
    }
  /** The person chose this from outside the window: a notification, a menu, a link. */
  | { readonly type: 'command'; readonly command: WindowCommand };

export type WindowCommand =
  | { readonly do: 'show-room'; readonly key: RoomKey }
  | { readonly do: 'host' | 'join' | 'rename' | 'settings' | 'next-room' | 'previous-room' }
  /** A `lanyard://` link was opened: ask before joining. */
  | { readonly do: 'open-link'; readonly link: string };

/** What a bridge answers to a call. */
export type CallReply<Name extends CallName = CallName> =
  { readonly ok: true; readonly value: Calls[Name]['result'] } | ({ readonly ok: false } & Problem);

/** What a shell puts at `window.lanyard`, and what the WebSocket bridge offers likewise. */
export interface Bridge {
  call<Name extends CallName>(name: Name, args: Calls[Name]['args']): Promise<CallReply<Name>>;
  /**
   * Hands over a snapshot, then every event after it with no gap. A bridge that lost its shell and
   * found it again sends a new snapshot. The returned function ends the subscription.
   */
  subscribe(listener: (event: BridgeEvent) => void): () => void;
}
