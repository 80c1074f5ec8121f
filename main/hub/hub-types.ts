/** What goes into a hub and what comes out of it. */
import type { CloseName } from '../protocol/close-codes.ts';
import type {
  ClientMessage,
  Entry,
  HubMessage,
  LeaveReason,
  MemberId,
} from '../protocol/messages.ts';
import type { ConnectionId } from './roster.ts';

/** Who a hello makes one: the member id follows from the token (H6). */
export interface Identity {
  readonly member: MemberId;
  /** The one the hello resumes with, otherwise a new one nobody can guess. */
  readonly token: string;
}

/** What happened. `now` is ms since 1970 on the hub's clock. */
export type HubInput =
  | {
      readonly type: 'message';
      readonly now: number;
      readonly connection: ConnectionId;
      readonly message: ClientMessage;
      /** Looked at with a hello alone. */
      readonly identity: Identity;
    }
  | {
      readonly type: 'closed';
      readonly now: number;
      readonly connection: ConnectionId;
      readonly reason: LeaveReason;
    }
  /** Everything told to be stored so far is safe (S7). */
  | { readonly type: 'stored' }
  /** Nothing of what was told to be stored since the last `stored` could be kept (S7). */
  | { readonly type: 'not-stored' }
  | { readonly type: 'tick'; readonly now: number }
  | { readonly type: 'set-idle'; readonly minutes: number | null }
  | { readonly type: 'set-remembers'; readonly days: number | null }
  /** The log has begun anew (L6). */
  | { readonly type: 'cleared' };

/** What is to be done about it, in this order. */
export type HubEffect =
  | { readonly type: 'send'; readonly to: ConnectionId; readonly message: HubMessage }
  /** Keep this entry; answered by `stored` or `not-stored`, for all entries of the meantime. */
  | { readonly type: 'store'; readonly entry: Entry }
  /** From now on this connection gets broadcasts. */
  | { readonly type: 'admit'; readonly connection: ConnectionId }
  | {
      readonly type: 'broadcast';
      readonly message: HubMessage;
      readonly except: ConnectionId | null;
    }
  /** No more broadcasts; close once what was sent before has left. */
  | { readonly type: 'close'; readonly connection: ConnectionId; readonly reason: CloseName };
