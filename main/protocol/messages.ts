/**
 * Every frame of the protocol, as types; what they speak about is in `../model/`. PROTOCOL.md says
 * what each means; the rule ids in brackets are its. `parse.ts` turns bytes from the network into these and nothing else does.
 */

import type { Access } from '../model/accesses.ts';
import type { ActName } from '../model/act-names.ts';
import type { AdmissionRefusal, RefusalReason, RefusalCode } from '../model/error-codes.ts';
import type { ActEntry, Entry, LogPosition, SaidEntry } from '../model/entry.ts';
import type { Ban, LeaveReason, Member, MemberId, PresenceChange, Role } from '../model/member.ts';
import type { RoomInfo } from '../model/room.ts';

export type { Access, ActEntry, ActName, Ban, Entry, LeaveReason, LogPosition, Member, MemberId };
export type { AdmissionRefusal, PresenceChange, RefusalCode, Role, RoomInfo, SaidEntry };

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
  | Refusal;

/** A hub's "no". Its sentence is added where it is encoded; of a code that is not known it is what remains (R1). */
export type Refusal = RefusalReason & {
  readonly type: 'refused';
  /** The id of the request this answers; absent when it cannot be told. */
  readonly id?: string;
  /** When to go on, in seconds: with `slow-down` (B6), `slow-mode` (M2), `too-many-guesses` (K4). */
  readonly seconds?: number;
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
