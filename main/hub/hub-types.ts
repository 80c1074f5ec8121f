/** What goes into a hub and what comes out of it. */
import type { CloseName } from '../model/error-codes.ts';
import type {
  ClientMessage,
  Entry,
  HubMessage,
  LeaveReason,
  MemberId,
  Welcome,
} from '../protocol/messages.ts';
import type { ConnectionId } from './roster.ts';
import type { KeptInvite, KnownMember, Rules } from './rules.ts';

/** Whose connection it is, and what it has to show for itself. */
export interface Identity {
  /** Proven: by the connection's certificate, or by a signature (I2, I4). */
  readonly member: MemberId;
  /** Base64url of the SHA-256 of the hello's invitation, null without one (K2). */
  readonly inviteHash: string | null;
  /** Whether a proof of the passphrase was begun, or brought to a good end (K3). */
  readonly passphrase: 'offered' | 'proven' | null;
}

/** The first message of a connection (H1). */
export type Hello = Extract<ClientMessage, { type: 'hello' }>;

/** A welcome but for who is here: that is told as it stands when the welcome leaves (W2). */
export type Greeting = Omit<Welcome, 'roster'>;

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
  /** The oldest so many entries of those told to be stored are safe (S7). */
  | { readonly type: 'stored'; readonly entries: number }
  /** The newest so many could not be kept (S7). */
  | { readonly type: 'not-stored'; readonly entries: number }
  | { readonly type: 'tick'; readonly now: number }
  | { readonly type: 'set-idle'; readonly minutes: number | null }
  | { readonly type: 'set-remembers'; readonly days: number | null }
  /** Another invitation, or one that changed (K2). */
  | { readonly type: 'set-invite'; readonly invite: KeptInvite }
  /** The log has begun anew (L6). */
  | { readonly type: 'cleared' };

/** What is to be done about it, in this order. */
export type HubEffect =
  | { readonly type: 'send'; readonly to: ConnectionId; readonly message: HubMessage }
  /** Keep this entry; answered by `stored` or `not-stored`. */
  | { readonly type: 'store'; readonly entry: Entry }
  /** Take what it said from the entry with this id, together with the entries to be stored. */
  | { readonly type: 'strike'; readonly id: string }
  /** Keep what is known of somebody now, likewise. */
  | { readonly type: 'keep-known'; readonly member: KnownMember }
  /** Keep these rules, likewise. */
  | { readonly type: 'keep-rules'; readonly rules: Rules }
  /** Let this connection prove that it knows the passphrase, then say its hello again (K3). */
  | { readonly type: 'challenge'; readonly connection: ConnectionId; readonly hello: Hello }
  /** Welcome this connection; from now on it gets broadcasts. */
  | { readonly type: 'admit'; readonly connection: ConnectionId; readonly greeting: Greeting }
  | {
      readonly type: 'broadcast';
      readonly message: HubMessage;
      readonly except: ConnectionId | null;
    }
  /** No more broadcasts; close once what was sent before has left. */
  | { readonly type: 'close'; readonly connection: ConnectionId; readonly reason: CloseName };
