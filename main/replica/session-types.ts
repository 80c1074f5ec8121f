/** What goes into a member session and what comes out of it. */
import type { DisconnectReason, Problem } from '../model/error-codes.ts';
import type { Ban, Member, MemberId, PresenceChange } from '../model/member.ts';
import type { RoomInfo } from '../model/room.ts';
import type { ChainEnd } from '../timeline/chain.ts';
import type { Entry } from '../timeline/entry.ts';
import type { ClientMessage, HubMessage } from '../wire/messages.ts';
import type { OutboxItem } from './outbox.ts';

/** How the session stands. */
export type SessionStatus =
  | { readonly state: 'connecting' }
  | { readonly state: 'here' }
  | { readonly state: 'waiting'; readonly until: number; readonly reason: DisconnectReason }
  | { readonly state: 'ended'; readonly reason: DisconnectReason };

/** What happened. `now` is ms since 1970 on this device. */
export type SessionInput =
  /** Begin, or begin again after having ended. */
  | { readonly type: 'start'; readonly now: number }
  | { readonly type: 'opened'; readonly now: number }
  | { readonly type: 'message'; readonly now: number; readonly message: HubMessage }
  /** `random` in [0, 1) spreads the next attempt. */
  | {
      readonly type: 'closed';
      readonly now: number;
      readonly reason: DisconnectReason;
      readonly random: number;
    }
  /** The time of the last `wake` has come. */
  | { readonly type: 'timer'; readonly now: number }
  /** There is reason to believe that it would work now. */
  | { readonly type: 'retry-now'; readonly now: number }
  | { readonly type: 'leave'; readonly now: number }
  /** This was made, signed and kept. */
  | { readonly type: 'post'; readonly now: number; readonly item: OutboxItem }
  | { readonly type: 'retry'; readonly now: number; readonly id: string }
  | { readonly type: 'cancel'; readonly now: number; readonly id: string }
  | {
      readonly type: 'typing';
      readonly now: number;
      readonly conversation: string;
      readonly on: boolean;
    }
  | { readonly type: 'ask'; readonly now: number; readonly request: Request };

/** Something the hub answers once; `id` is the asker's own, or the event's that is posted. */
export type Request = Extract<
  ClientMessage,
  { type: 'rename' | 'who' | 'history' | 'bans' | 'post' }
>;

/** What became of a request. */
export type Answer =
  | { readonly ok: true; readonly type: 'rename' | 'post' }
  | { readonly ok: true; readonly type: 'bans'; readonly bans: readonly Ban[] }
  | { readonly ok: true; readonly type: 'who'; readonly roster: readonly Member[] }
  | {
      readonly ok: true;
      readonly type: 'history';
      readonly conversation: string;
      /** What the entries follow. */
      readonly after: ChainEnd;
      readonly entries: readonly Entry[];
      readonly more: boolean;
    }
  | { readonly ok: false; readonly problem: Problem };

/** What is to be done, in this order. */
export type SessionEffect =
  /** Open a connection; answered by `opened` or `closed`. */
  | { readonly type: 'connect' }
  | { readonly type: 'send'; readonly message: ClientMessage }
  /** Close the connection after what was sent; nothing of it is to be reported any more. */
  | { readonly type: 'disconnect' }
  /** Report `timer` at this time; replaces the wake before it. */
  | { readonly type: 'wake'; readonly at: number }
  | { readonly type: 'tell'; readonly event: SessionEvent };

/** What the application learns. */
export type SessionEvent =
  | { readonly type: 'status'; readonly status: SessionStatus }
  | { readonly type: 'room'; readonly room: RoomInfo }
  /** In, as this member. */
  | { readonly type: 'welcomed'; readonly you: MemberId; readonly roster: readonly Member[] }
  | { readonly type: 'presence'; readonly changes: readonly PresenceChange[] }
  | {
      readonly type: 'typing';
      readonly conversation: string;
      readonly id: MemberId;
      readonly on: boolean;
    }
  /** The copy begins anew after this place. */
  | { readonly type: 'reset'; readonly conversation: string; readonly after: ChainEnd }
  /** What the copy has after this is not in the room's log. */
  | { readonly type: 'truncated'; readonly conversation: string; readonly last: number }
  /** The room has forgotten what is before this (L9). */
  | { readonly type: 'forgotten'; readonly conversation: string; readonly floor: number }
  /** The entries that follow the copy. */
  | {
      readonly type: 'entries';
      readonly conversation: string;
      readonly entries: readonly Entry[];
    }
  | {
      readonly type: 'outbox';
      readonly items: readonly OutboxItem[];
      readonly waiting: readonly OutboxItem[];
    }
  | { readonly type: 'answer'; readonly id: string; readonly answer: Answer };
