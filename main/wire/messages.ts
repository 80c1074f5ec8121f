/**
 * Every frame of the protocol, as types; what they speak about is in `../model/` and `../timeline/`.
 * PROTOCOL.md says what each means; the rule ids in brackets are its. `parse.ts` turns bytes from the
 * network into these and nothing else does.
 */
import type { SignedEvent } from '../events/event.ts';
import type { RefusalReason } from '../model/error-codes.ts';
import type { Ban, Member, MemberId, PresenceChange } from '../model/member.ts';
import type { RoomInfo } from '../model/room.ts';
import type { ChainEnd, EpochContent } from '../timeline/chain.ts';
import type { Position, ReceivedEntry } from '../timeline/entry.ts';

/** An event as its author hands it in: the room is the connection's. */
export type PostedEvent = Omit<SignedEvent, 'room'>;

/** Where a copy of a conversation's log ends, and the epochs it came through, the newest first (H5). */
export interface Resume {
  readonly conversation: string;
  /** Each with the last seq the copy has of it; at most ANCESTRY_MAX. */
  readonly ancestry: readonly Position[];
}

/** What a client may send (C→H). */
export type ClientMessage =
  | {
      readonly type: 'hello';
      readonly version: number;
      readonly name: string;
      readonly resume: readonly Resume[];
      /** The token of an invitation (K2). */
      readonly invite?: string;
      /** The beginning of a proof that the member knows the passphrase (K3). */
      readonly passphrase?: string;
      /** Without TLS: the member's key, and its signature over the challenge (I4). */
      readonly key?: MemberId;
      readonly proof?: string;
    }
  /** The rest of the proof, once the hub has answered its beginning (K3). */
  | { readonly type: 'passphrase'; readonly finish: string; readonly proof: string }
  | {
      readonly type: 'post';
      /** The event's (E3). */
      readonly id: string;
      /** The first one posted since `slow-down` and after everything posted before was answered (B6). */
      readonly again?: true;
      readonly event: PostedEvent;
    }
  /** Asks who is banned (M3). */
  | { readonly type: 'bans'; readonly id: string }
  | { readonly type: 'rename'; readonly id: string; readonly name: string }
  | { readonly type: 'typing'; readonly conversation: string; readonly on: boolean }
  | { readonly type: 'who'; readonly id: string }
  | {
      readonly type: 'history';
      readonly id: string;
      readonly conversation: string;
      /** Items with a smaller seq, nearest first counted, delivered oldest first (L3). */
      readonly before?: number;
      /** Items with a larger seq (L3). Exactly one of the two is given. */
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
  | NewEntries
  /** What was posted with this id is in the log already (S5). */
  | { readonly type: 'confirmed'; readonly id: string }
  | SignedHead
  /** What was before is forgotten (L9). */
  | { readonly type: 'floor'; readonly conversation: string; readonly floor: ChainEnd }
  | { readonly type: 'presence'; readonly changes: readonly PresenceChange[] }
  | {
      readonly type: 'typing';
      readonly conversation: string;
      readonly id: MemberId;
      readonly on: boolean;
    }
  | { readonly type: 'room'; readonly room: RoomInfo }
  | { readonly type: 'roster'; readonly id: string; readonly roster: readonly Member[] }
  | Page
  | Refusal;

/** Items that follow one with the seq `after`: between them there is nothing (L4). */
export interface NewEntries {
  readonly type: 'entries';
  readonly conversation: string;
  readonly after: number;
  readonly entries: readonly ReceivedEntry[];
}

/** A part of a log, complete from `after` to its last item (L3). */
export interface Page {
  readonly type: 'page';
  readonly id: string;
  readonly conversation: string;
  readonly after: ChainEnd;
  readonly entries: readonly ReceivedEntry[];
  /** True when the log has further items in the direction asked for. */
  readonly more: boolean;
}

/** The writer of an epoch vouches for a conversation's log up to here (L8). */
export interface SignedHead {
  readonly type: 'head';
  readonly conversation: string;
  readonly epoch: string;
  readonly seq: number;
  readonly link: string;
  readonly signature: string;
}

/** A hub's "no". Its sentence is added where it is encoded; of a code that is not known it is what remains (R1). */
export type Refusal = RefusalReason & {
  readonly type: 'refused';
  /** The id of the request this answers; absent when it cannot be told. */
  readonly id?: string;
  /** When to go on, in seconds: with `slow-down` (B6), `slow-mode` (M2), `too-many-guesses` (K4). */
  readonly seconds?: number;
};

/** The beginning of an epoch, signed by its writer (L2). */
export type EpochRecord = EpochContent & { readonly signature: string };

/** How a conversation's log stands when a member comes in (W4). */
export interface LogState {
  readonly conversation: string;
  /** Where the member's copy and this log are the same; null when they have nothing in common. */
  readonly common: Position | null;
  /** The last item that is forgotten (L9). */
  readonly floor: ChainEnd;
  /** The last item there is. */
  readonly last: ChainEnd;
  /** What `entries` follow: `common`, or as far back as the newest reach. */
  readonly after: ChainEnd;
  readonly entries: readonly ReceivedEntry[];
  /** What the host vouched for last in this epoch (L8). */
  readonly head: SignedHead | null;
}

/** The answer to an accepted hello (W1). */
export interface Welcome {
  readonly type: 'welcome';
  readonly version: number;
  readonly you: MemberId;
  /** After a proof of the passphrase: that the hub knows it too (K3). */
  readonly proof?: string;
  readonly room: RoomInfo;
  readonly epoch: EpochRecord;
  /** The policy log first. */
  readonly logs: readonly LogState[];
  readonly roster: readonly Member[];
}
