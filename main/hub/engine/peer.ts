/** The hub's end of one connection, whatever carries it. */
import type { Greeting } from '../hub-types.ts';
import type { CloseName } from '../../model/error-codes.ts';
import type { HubMessage } from '../../wire/messages.ts';
import type { Batch } from './batch.ts';
import type { SharedRoster } from './shared-roster.ts';

export interface Peer {
  /** Sends the welcome. */
  welcome(greeting: Greeting, roster: SharedRoster): void;
  /** Sends one message to this member alone. */
  send(message: HubMessage): void;
  /** Sends what everybody gets, at once. */
  sendBatch(batch: Batch): void;
  /** True when more waits to be sent than one member may hold up (B4). */
  isTooSlow(): boolean;
  /** Ends it once what was queued has left, or after a while. */
  close(reason: CloseName): void;
}

/** What a connection tells the hub. */
export interface PeerListener {
  /** One text frame, unread. */
  frame(frame: string): void;
  /** A ping came, or a pong that answers none (B6); true when it may be answered. */
  ping(): boolean;
  /** Exactly once, however it ended; `wentAway` when the other side closed it on purpose. */
  closed(wentAway: boolean): void;
}
