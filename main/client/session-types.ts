/** What goes into a member session and what comes out of it. */
import type { DisconnectReason, Problem } from '../model/error-codes.ts';
import type {
  Ban,
  ClientMessage,
  Entry,
  HubMessage,
  LogPosition,
  Member,
  MemberId,
  PresenceChange,
  RoomInfo,
} from '../protocol/messages.ts';
import type { OutboxMessage } from './outbox.ts';

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
  /** `id` is fresh and unguessable. */
  | { readonly type: 'say'; readonly now: number; readonly id: string; readonly text: string }
  | { readonly type: 'retry'; readonly now: number; readonly id: string }
  | { readonly type: 'cancel'; readonly now: number; readonly id: string }
  | { readonly type: 'typing'; readonly now: number; readonly on: boolean }
  | { readonly type: 'ask'; readonly now: number; readonly request: Request };

/** Something the hub answers once; `id` is the asker's own. */
export type Request =
  | Extract<ClientMessage, { type: 'rename' | 'who' | 'history' | 'bans' }>
  | (Unsigned & { readonly type: 'act' });

/** What its author has yet to sign (E1). */
export type Unsigned =
  Extract<ClientMessage, { type: 'say' | 'act' }> extends infer Message
    ? Message extends { signature: string }
      ? Omit<Message, 'signature'>
      : never
    : never;

/** What became of a request. */
export type Answer =
  | { readonly ok: true; readonly type: 'rename' | 'act' }
  | { readonly ok: true; readonly type: 'bans'; readonly bans: readonly Ban[] }
  | { readonly ok: true; readonly type: 'who'; readonly roster: readonly Member[] }
  | {
      readonly ok: true;
      readonly type: 'history';
      readonly entries: readonly Entry[];
      readonly more: boolean;
    }
  | { readonly ok: false; readonly problem: Problem };

/** What is to be done, in this order. */
export type SessionEffect =
  /** Open a connection; answered by `opened` or `closed`. */
  | { readonly type: 'connect' }
  | { readonly type: 'send'; readonly message: Exclude<ClientMessage, { signature: string }> }
  /** Sign the content, then send the message with that (E1). */
  | { readonly type: 'sign-and-send'; readonly message: Unsigned; readonly content: string }
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
  | {
      readonly type: 'welcomed';
      readonly you: MemberId;
      /** Entries before this one the room has forgotten. */
      readonly logFirst: number;
      readonly roster: readonly Member[];
    }
  | { readonly type: 'presence'; readonly changes: readonly PresenceChange[] }
  | { readonly type: 'typing'; readonly id: MemberId; readonly on: boolean }
  /** The log is a new one, or too far ahead to join up: forget the old copy. */
  | { readonly type: 'reset'; readonly position: LogPosition; readonly entries: readonly Entry[] }
  /** The entries that follow the copy, without a gap. */
  | { readonly type: 'entries'; readonly entries: readonly Entry[] }
  | { readonly type: 'pending'; readonly pending: readonly OutboxMessage[] }
  | { readonly type: 'answer'; readonly id: string; readonly answer: Answer };
