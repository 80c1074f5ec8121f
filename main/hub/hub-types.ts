/** What goes into a hub and what comes out of it. */
import type { CloseName } from '../model/error-codes.ts';
import type { LeaveReason, MemberId } from '../model/member.ts';
import type { Entry } from '../timeline/entry.ts';
import type { ClientMessage, HubMessage, PostedEvent, Welcome } from '../wire/messages.ts';
import type { ConnectionId } from './roster.ts';
import type { InviteUse, KnownMember } from './rules.ts';

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

/** A welcome but for who is here: that is told as it stands when the welcome leaves (W3). */
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
  /** The founder made this before anybody could come in: it begins the policy log. */
  | {
      readonly type: 'found';
      readonly now: number;
      readonly name: string;
      readonly id: string;
      readonly event: PostedEvent;
    }
  | { readonly type: 'tick'; readonly now: number }
  /** It is time to vouch for what was told since the last time (L8). */
  | { readonly type: 'vouch' }
  /** The store has forgotten what was before its floor (L9). */
  | {
      readonly type: 'forgotten';
      readonly conversation: string;
      /** False when those who are here keep what they heard. */
      readonly everywhere: boolean;
    };

/** What is to be done about it, in this order. */
export type HubEffect =
  | { readonly type: 'send'; readonly to: ConnectionId; readonly message: HubMessage }
  /** Keep this entry; answered by `stored` or `not-stored`. */
  | { readonly type: 'store'; readonly entry: Entry }
  /** Take their bodies from the items with these ids, together with the entries to be stored (M4). */
  | { readonly type: 'redact'; readonly ids: readonly string[] }
  /** Keep what is known of a person now, likewise. */
  | { readonly type: 'keep-known'; readonly member: KnownMember }
  | { readonly type: 'keep-invite-use'; readonly use: InviteUse }
  /** Let this connection prove that it knows the passphrase, then say its hello again (K3). */
  | { readonly type: 'challenge'; readonly connection: ConnectionId; readonly hello: Hello }
  /** Welcome this connection; from now on it gets broadcasts. */
  | { readonly type: 'admit'; readonly connection: ConnectionId; readonly greeting: Greeting }
  | {
      readonly type: 'broadcast';
      readonly message: HubMessage;
      readonly except: ConnectionId | null;
    }
  /** What the room tells of itself, or its invitations, are others now; perhaps it is to remember less. */
  | { readonly type: 'room-changed' }
  /** Forget everything that was said before this (L9). */
  | { readonly type: 'clear' }
  /** No more broadcasts; close once what was sent before has left. */
  | { readonly type: 'close'; readonly connection: ConnectionId; readonly reason: CloseName };
