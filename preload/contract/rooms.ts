/** The rooms this device is in or could join: coming in, leaving, who is there and what they may do. */
import type { ActName } from '../../main/model/act-names.ts';
import type { CheckedEntry } from '../../main/model/entry.ts';
import type { HostedInfo } from '../../main/model/hosting.ts';
import type { Ban, Member, MemberId, PresenceChange } from '../../main/model/member.ts';
import type { Notice } from '../../main/model/notice.ts';
import type { Pending } from '../../main/model/pending.ts';
import type { NearbyRoom, RoomInfo, RoomKey, Unread } from '../../main/model/room.ts';
import type { RoomStatus } from '../../main/model/room-status.ts';

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
  /** Members who are typing now, without this person. */
  readonly typing: readonly MemberId[];
  /** The newest entries, oldest first, without gaps; older ones by `entriesBefore`. */
  readonly entries: readonly CheckedEntry[];
  /** True when there are entries older than the first of `entries`. */
  readonly hasOlder: boolean;
  readonly notices: readonly Notice[];
  readonly pending: readonly Pending[];
  readonly unread: Unread;
}

/** What a person can compare with another: of a member's key, or their own. */
export interface Fingerprint {
  /** Six English words. */
  readonly words: readonly string[];
}

/** Each with its argument and what it resolves to. */
export interface RoomCalls {
  /**
   * Joins a room of the nearby list. Rejects with room-gone, no-name, why the room does not let in
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
  /** While `waiting`: tries now. */
  retryNow: { args: { key: RoomKey }; result: null };
  /** Resolves when the hub has accepted; rejects with name-* or not-here. */
  rename: { args: { key: RoomKey; name: string }; result: null };
  /**
   * Does something only the host and moderators may; it shows in the log for everybody. `on` is
   * the member's id for remove, ban, lift, mute, unmute, appoint and dismiss; the message's for redact;
   * seconds for slow; empty for lock and unlock. Access is changed by `setAccess`. Rejects with
   * not-allowed, no-such-member, no-such-entry, not-here.
   */
  act: {
    args: { key: RoomKey; act: Exclude<ActName, 'access'>; on: string };
    result: null;
  };
  /** Who is banned. For the host and moderators. */
  bans: { args: { key: RoomKey }; result: { bans: readonly Ban[] } };
  /** The words of a member's key. */
  fingerprint: { args: { id: MemberId }; result: Fingerprint };
}

export type RoomEvent =
  | { readonly type: 'nearby'; readonly rooms: readonly NearbyRoom[] }
  | { readonly type: 'room-added'; readonly room: RoomView }
  | { readonly type: 'room-removed'; readonly key: RoomKey }
  | { readonly type: 'room-info'; readonly key: RoomKey; readonly info: RoomInfo }
  | { readonly type: 'room-status'; readonly key: RoomKey; readonly status: RoomStatus }
  /** The key the room's host has, and another that answered instead. */
  | {
      readonly type: 'room-host-key';
      readonly key: RoomKey;
      readonly hostKey: MemberId | null;
      readonly otherHostKey: MemberId | null;
    }
  /** A welcome: who this person is and who is here, whole. */
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
  | { readonly type: 'room-notice'; readonly key: RoomKey; readonly notice: Notice };
