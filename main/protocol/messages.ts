/**
 * Every frame of the protocol, as types. PROTOCOL.md says what each means; the rule ids in
 * brackets are its. `parse.ts` turns bytes from the network into these and nothing else does.
 */

import type { Access } from './accesses.ts';
import type { ActName } from './act-names.ts';

export type { Access, ActName };

/** A person's device in every room: its public key (I1). */
export type MemberId = string;

/** What somebody may do: the host runs the room and appoints moderators (M1). */
export type Role = 'host' | 'moderator' | 'member';

/** Somebody who is in the room now (W3). */
export interface Member {
  readonly id: MemberId;
  readonly name: string;
  readonly role: Role;
  /** True once they said nothing for AWAY_AFTER_MS (P5). */
  readonly away: boolean;
  /** True while nothing they say is entered (M2). */
  readonly muted: boolean;
  /** When they came in: ms since 1970 on the hub's clock. */
  readonly since: number;
}

/** What every entry has. */
interface EntryHead {
  /** 1 for the first entry of the epoch, then without gaps. */
  readonly seq: number;
  /** ms since 1970 on the hub's clock. */
  readonly at: number;
  /** The id its author chose (S2). */
  readonly id: string;
  readonly from: MemberId;
  /** The author's name at the time; a later rename does not change it (N5). */
  readonly name: string;
  /** ms since 1970 on the author's clock; signed (E2). */
  readonly written: number;
  /** The author's, over what `signedContent` gives (E1). */
  readonly signature: string;
}

/** What was said: one numbered line of the room's log (L1). */
export interface SaidEntry extends EntryHead {
  readonly kind: 'said';
  /** Empty once it was struck. */
  readonly text: string;
  /** Set once somebody removed what it said (M4). */
  readonly struck?: true;
}

/** What the host or a moderator did (M1). */
export interface ActEntry extends EntryHead {
  readonly kind: 'act';
  readonly act: ActName;
  /** Whom or what it concerns: a member's or entry's id, seconds, an access, or nothing (M2). */
  readonly on: string;
  /** What the member it concerns, or the author of what was struck, was called then; else empty. */
  readonly onName: string;
}

/** A durable line of the log. */
export type Entry = SaidEntry | ActEntry;

/** Somebody who may not come in (M3). */
export interface Ban {
  readonly id: MemberId;
  /** What they were called last. */
  readonly name: string;
  /** What the one who banned them was called. */
  readonly by: string;
  /** ms since 1970 on the hub's clock. */
  readonly at: number;
}

/** Where a copy of the log ends (L2). */
export interface LogPosition {
  /** Names one life of the log; a different epoch means a different log. */
  readonly epoch: string;
  /** The last entry's number, 0 for an empty log. */
  readonly seq: number;
}

/** What a room tells about itself (W2). */
export interface RoomInfo {
  readonly id: string;
  readonly name: string;
  readonly access: Access;
  /** True when nobody is let in who was not in before (M2). */
  readonly locked: boolean;
  /** How long members wait between two messages, in seconds; 0 for not at all (M2). */
  readonly slowSeconds: number;
  /** Minutes of silence after which people are removed, or null for never (P7). */
  readonly idleMinutes: number | null;
  /** Days after which entries are forgotten; null for never, 0 for at once (L5). */
  readonly remembersDays: number | null;
}

/** Why somebody is no longer in the room (P3). */
export type LeaveReason = 'left' | 'lost' | 'idle' | 'removed' | 'banned' | 'too-slow' | 'flooding';

/** One change of who is here; `count` is the number of people after it (P1). */
export type PresenceChange =
  | { readonly change: 'joined'; readonly member: Member; readonly count: number }
  | {
      readonly change: 'left';
      readonly id: MemberId;
      readonly name: string;
      readonly reason: LeaveReason;
      readonly count: number;
    }
  | {
      readonly change: 'renamed';
      readonly id: MemberId;
      readonly before: string;
      readonly name: string;
      readonly count: number;
    }
  | {
      readonly change: 'away';
      readonly id: MemberId;
      readonly away: boolean;
      readonly count: number;
    }
  | {
      readonly change: 'standing';
      readonly id: MemberId;
      readonly role: Role;
      readonly muted: boolean;
      readonly count: number;
    };

/** What a client may send (C→H). */
export type ClientMessage =
  | {
      readonly type: 'hello';
      readonly version: number;
      readonly name: string;
      /** Where the own copy of the log ends (H5). */
      readonly resume?: LogPosition;
      /** The token of an invitation (K2). */
      readonly invite?: string;
      /** The beginning of a proof that one knows the passphrase (K3). */
      readonly passphrase?: string;
      /** Without TLS: one's key, and its signature over the challenge (I4). */
      readonly key?: MemberId;
      readonly proof?: string;
    }
  /** The rest of the proof, once the hub has answered its beginning (K3). */
  | { readonly type: 'passphrase'; readonly finish: string; readonly proof: string }
  | {
      readonly type: 'say';
      readonly id: string;
      /** The first one said since `slow-down` and after everything said before was answered (B6). */
      readonly again?: true;
      readonly text: string;
      readonly written: number;
      readonly signature: string;
    }
  | {
      readonly type: 'act';
      readonly id: string;
      readonly act: ActName;
      readonly on: string;
      readonly written: number;
      readonly signature: string;
    }
  /** Asks who is banned (M3). */
  | { readonly type: 'bans'; readonly id: string }
  | { readonly type: 'rename'; readonly id: string; readonly name: string }
  | { readonly type: 'typing'; readonly on: boolean }
  | { readonly type: 'who'; readonly id: string }
  | {
      readonly type: 'history';
      readonly id: string;
      /** Entries with a smaller seq, nearest first counted, delivered oldest first (L3). */
      readonly before?: number;
      /** Entries with a larger seq (L3). Exactly one of the two is given. */
      readonly after?: number;
      readonly limit: number;
    }
  | { readonly type: 'leave' };

/** What a hub may send (H→C). */
export type HubMessage =
  | Welcome
  /** Without TLS: what the hello is to sign (I4). */
  | { readonly type: 'challenge'; readonly nonce: string }
  /** Answers the beginning of a proof (K3). */
  | { readonly type: 'passphrase'; readonly room: string; readonly response: string }
  | { readonly type: 'bans'; readonly id: string; readonly bans: readonly Ban[] }
  | { readonly type: 'entry'; readonly entry: Entry }
  | { readonly type: 'presence'; readonly changes: readonly PresenceChange[] }
  | { readonly type: 'typing'; readonly id: MemberId; readonly on: boolean }
  | { readonly type: 'room'; readonly room: RoomInfo }
  /** The history was cleared: another log begins (L6). */
  | { readonly type: 'cleared'; readonly log: LogPosition }
  | { readonly type: 'roster'; readonly id: string; readonly roster: readonly Member[] }
  | {
      readonly type: 'page';
      readonly id: string;
      readonly entries: readonly Entry[];
      /** True when the log has further entries in the direction asked for. */
      readonly more: boolean;
    }
  | {
      readonly type: 'refused';
      /** The id of the request this answers; absent when it cannot be told. */
      readonly id?: string;
      readonly code: RefusalCode;
      /** When to go on, in seconds: with `slow-down` (B6), `slow-mode` (M2), `too-many-guesses` (K4). */
      readonly seconds?: number;
      /** For a person, in English; clients may say it in their own words by the code. */
      readonly sentence: string;
    };

/** The answer to an accepted hello (W1). */
export interface Welcome {
  readonly type: 'welcome';
  readonly version: number;
  readonly you: MemberId;
  /** After a proof of the passphrase: that the hub knows it too (K3). */
  readonly proof?: string;
  readonly room: RoomInfo;
  readonly roster: readonly Member[];
  /** Where the log stands now; `first` is the oldest entry's seq, `seq + 1` when there is none. */
  readonly log: LogPosition & { readonly first: number };
  /** With a valid resume point what follows it, otherwise the newest; oldest first (W4). */
  readonly entries: readonly Entry[];
  /** True when `entries` follow the resume point of the hello without a gap (W4). */
  readonly resumed: boolean;
}

/** Why somebody is not let in; the connection ends (K5). */
export type AdmissionRefusal =
  | 'banned'
  | 'room-locked'
  | 'invite-needed'
  | 'invite-invalid'
  | 'invite-expired'
  | 'invite-used-up'
  | 'invite-revoked'
  | 'passphrase-needed'
  | 'passphrase-wrong'
  | 'too-many-guesses'
  | 'key-not-proven';

/** Why a request was not carried out; stable (R1). */
export type RefusalCode =
  | AdmissionRefusal
  | 'bad-message'
  | 'unknown-type'
  | 'hello-first'
  | 'hello-twice'
  | 'version-unsupported'
  | 'name-empty'
  | 'name-too-long'
  | 'name-not-allowed'
  | 'name-taken'
  | 'text-empty'
  | 'text-too-long'
  | 'text-not-normal'
  | 'not-kept'
  | 'slow-down'
  | 'slow-mode'
  | 'muted'
  | 'not-allowed'
  | 'no-such-member'
  | 'no-such-entry'
  | 'room-full';
