/**
 * Everything a user interface may ask of Lanyard and everything it may be told. Electron carries
 * this over IPC, the browser shell over a loopback WebSocket, the terminal calls it directly.
 * Types and names only: what arrives over a bridge is parsed in `main/bridge/`.
 */
import type {
  Access,
  ActEntry,
  ActName,
  Ban,
  LeaveReason,
  Member,
  MemberId,
  PresenceChange,
  Role,
  RoomInfo,
  SaidEntry,
} from '../main/protocol/messages.ts';

export type { Access, ActEntry, ActName, Ban, Member, MemberId, PresenceChange, Role, RoomInfo };
export type { SaidEntry };

/**
 * Why an entry is not to be taken for its author's: `signature` when it does not hold, `replayed`
 * when the same message stands earlier in the log.
 */
export type Doubt = 'signature' | 'replayed';

/** A line of a room's log and what this device thinks of it. */
export type Entry = (SaidEntry | ActEntry) & { readonly doubt?: Doubt };

/** This device's name for a room it hosts or has joined; made here, never sent to a hub. */
export type RoomKey = string;

/** How the connection to a room stands. */
export type RoomStatus =
  | { readonly state: 'connecting' }
  | { readonly state: 'here' }
  /** `until`: ms since 1970 when it will be tried again; `reason` is a stable code. */
  | { readonly state: 'waiting'; readonly until: number; readonly reason: ErrorCode }
  /** Nothing will be tried by itself. `sentence` is for a person, in English. */
  | { readonly state: 'ended'; readonly reason: ErrorCode; readonly sentence: string };

/** Something typed here that the room has not confirmed yet. */
export interface Pending {
  readonly id: string;
  readonly text: string;
  /** When it was typed: ms since 1970 on this device. */
  readonly at: number;
  /** Set when the room refused it; it can be retried or dropped. */
  readonly refused: { readonly code: ErrorCode; readonly sentence: string } | null;
}

/** A quiet line of the chat log: who came, went or changed name. Not part of the room's log. */
export interface Notice {
  /** Grows with every notice of this room on this device. */
  readonly id: number;
  /** ms since 1970 on this device. */
  readonly at: number;
  /** It happened after the entry with this seq. */
  readonly after: number;
  readonly what: NoticeText;
}

export type NoticeText =
  | { readonly kind: 'joined'; readonly name: string; readonly count: number }
  | {
      readonly kind: 'left';
      readonly name: string;
      readonly reason: LeaveReason;
      readonly count: number;
    }
  | {
      readonly kind: 'renamed';
      readonly before: string;
      readonly name: string;
      readonly count: number;
    }
  /** This device's own connection (O9, O17). */
  | { readonly kind: 'connected'; readonly count: number }
  | { readonly kind: 'disconnected'; readonly reason: ErrorCode };

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
  readonly entries: readonly Entry[];
  /** True when there are entries older than the first of `entries`. */
  readonly hasOlder: boolean;
  readonly notices: readonly Notice[];
  readonly pending: readonly Pending[];
  readonly unread: Unread;
}

/** Counts of others' entries past the last one read. */
export interface Unread {
  readonly count: number;
  readonly mentions: number;
}

/** What the host of a room passes on so that others can join without discovery. */
export interface HostedInfo {
  readonly port: number;
  /** `host:port`, one per address of this device, IPv6 in brackets. */
  readonly addresses: readonly string[];
  /** Leads here and says whose key to expect; lets nobody into a closed room. */
  readonly link: string;
  /** False when it was told to do without: `--transport=plain`. */
  readonly encrypted: boolean;
}

/** An invitation as its host sees it; its link is shown once, when it is made. */
export interface Invite {
  readonly id: string;
  /** ms since 1970. */
  readonly createdAt: number;
  /** ms since 1970; null for one that lasts until it is revoked. */
  readonly expiresAt: number | null;
  readonly uses: number;
  /** How often it may be used; null for as often as one likes. */
  readonly maxUses: number | null;
  readonly state: 'valid' | 'expired' | 'used-up' | 'revoked';
}

export type InviteLifetime = 'five-minutes' | 'day' | 'until-revoked';

/** What a person can compare with another: of a member's key, or of one's own. */
export interface Fingerprint {
  /** Six English words. */
  readonly words: readonly string[];
}

/** A room somebody else advertises on this network. */
export interface NearbyRoom {
  /** The room's id, as its welcome will say it. */
  readonly id: string;
  readonly name: string;
  /** Null for a closed room: it does not tell. */
  readonly members: number | null;
  /** A hint: the room itself decides. */
  readonly access: Access;
  readonly locked: boolean;
  /** False when its protocol version is newer than ours. */
  readonly compatible: boolean;
  /** `host:port`, the likeliest first. */
  readonly addresses: readonly string[];
}

/** An entry found, and the room it is in. */
export interface SearchHit {
  readonly key: RoomKey;
  readonly entry: Entry;
}

/** Plain text, JSON Lines, or one HTML page that needs nothing else. */
export type ExportFormat = 'text' | 'jsonl' | 'html';

export interface ExportedLog {
  readonly fileName: string;
  readonly mediaType: string;
  readonly content: string;
}

export type Language = 'system' | 'en' | 'zh-CN';
export type Theme = 'system' | 'light' | 'dark';
export type NotificationLevel = 'off' | 'mentions' | 'all';

/** What this device remembers about its person. */
export interface Settings {
  /** Null until the person has told it: the window asks for it first. */
  readonly name: string | null;
  readonly language: Language;
  readonly theme: Theme;
  readonly notifications: NotificationLevel;
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
  readonly warnings: readonly { readonly code: ErrorCode; readonly sentence: string }[];
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
    result: { entries: readonly Entry[]; hasOlder: boolean };
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
    result: { hits: readonly SearchHit[]; more: boolean };
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
  | { readonly type: 'room-entries'; readonly key: RoomKey; readonly entries: readonly Entry[] }
  /** The log is another one now: forget the entries shown, show these. */
  | {
      readonly type: 'room-log-reset';
      readonly key: RoomKey;
      readonly entries: readonly Entry[];
      readonly hasOlder: boolean;
    }
  | { readonly type: 'room-notice'; readonly key: RoomKey; readonly notice: Notice }
  | { readonly type: 'room-pending'; readonly key: RoomKey; readonly pending: readonly Pending[] }
  | { readonly type: 'room-unread'; readonly key: RoomKey; readonly unread: Unread }
  /** Something went wrong that the person should know of; the app goes on. */
  | { readonly type: 'problem'; readonly code: ErrorCode; readonly sentence: string }
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

/** A stable name of what went wrong; `strings/` has words for each. */
export type ErrorCode = string;

/** What a bridge answers to a call. */
export type CallReply<Name extends CallName = CallName> =
  | { readonly ok: true; readonly value: Calls[Name]['result'] }
  | { readonly ok: false; readonly code: ErrorCode; readonly sentence: string };

/** What a shell puts at `window.lanyard`, and what the WebSocket bridge offers likewise. */
export interface Bridge {
  call<Name extends CallName>(name: Name, args: Calls[Name]['args']): Promise<CallReply<Name>>;
  /**
   * Hands over a snapshot, then every event after it with no gap. A bridge that lost its shell and
   * found it again sends a new snapshot. The returned function ends the subscription.
   */
  subscribe(listener: (event: BridgeEvent) => void): () => void;
}
