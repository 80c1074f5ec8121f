/**
 * Every frame of the protocol, as types. PROTOCOL.md says what each means; the rule ids in
 * brackets are its. `parse.ts` turns bytes from the network into these and nothing else does.
 */

/** Identifies a person's place in one room; made by the hub (W2). */
export type MemberId = string;

/** Somebody who is in the room now (W3). */
export interface Member {
  readonly id: MemberId;
  readonly name: string;
  /** True for the person whose device runs the room. */
  readonly host: boolean;
  /** True once they said nothing for AWAY_AFTER_MS (P5). */
  readonly away: boolean;
  /** When they came in: ms since 1970 on the hub's clock. */
  readonly since: number;
}

/** What was said: one numbered line of the room's log (L1). */
export interface SaidEntry {
  readonly kind: 'said';
  /** 1 for the first entry of the epoch, then without gaps. */
  readonly seq: number;
  /** ms since 1970 on the hub's clock. */
  readonly at: number;
  /** The message id its author chose (S2). */
  readonly id: string;
  readonly from: MemberId;
  /** The author's name when it was said; a later rename does not change it (N5). */
  readonly name: string;
  readonly text: string;
}

/** A durable line of the log. New kinds come with new minor features; unknown ones are kept. */
export type Entry = SaidEntry;

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
  /** True when newcomers are not let in. */
  readonly locked: boolean;
  /** Minutes of silence after which people are removed, or null for never (P7). */
  readonly idleMinutes: number | null;
  /** Days after which entries are forgotten; null for never, 0 for at once (L5). */
  readonly remembersDays: number | null;
}

/** Why somebody is no longer in the room (P3). */
export type LeaveReason = 'left' | 'lost' | 'idle' | 'removed' | 'too-slow' | 'flooding';

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
    };

/** What a client may send (C→H). */
export type ClientMessage =
  | {
      readonly type: 'hello';
      readonly version: number;
      readonly name: string;
      /** Proof of having been here, and where the own copy of the log ends (H5). */
      readonly resume?: Resume;
    }
  | {
      readonly type: 'say';
      readonly id: string;
      /** The first one said since `slow-down` and after everything said before was answered (B6). */
      readonly again?: true;
      readonly text: string;
    }
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

/** What a returning member shows (H5). */
export interface Resume extends LogPosition {
  /** The secret of its last welcome. */
  readonly token: string;
}

/** What a hub may send (H→C). */
export type HubMessage =
  | Welcome
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
      /** With `slow-down`: when to go on, in seconds (B6). */
      readonly seconds?: number;
      /** For a person, in English; clients may say it in their own words by the code. */
      readonly sentence: string;
    };

/** The answer to an accepted hello (W1). */
export interface Welcome {
  readonly type: 'welcome';
  readonly version: number;
  readonly you: MemberId;
  /** The secret that lets this member resume (H5). */
  readonly token: string;
  readonly room: RoomInfo;
  readonly roster: readonly Member[];
  /** Where the log stands now; `first` is the oldest entry's seq, `seq + 1` when there is none. */
  readonly log: LogPosition & { readonly first: number };
  /** With a valid resume point what follows it, otherwise the newest; oldest first (W4). */
  readonly entries: readonly Entry[];
  /** True when `entries` follow the resume point of the hello without a gap (W4). */
  readonly resumed: boolean;
}

/** Why a request was not carried out; stable (R1). */
export type RefusalCode =
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
  | 'not-kept'
  | 'slow-down'
  | 'room-full';
