/** The hub's end of one connection, whatever carries it. */
import type { CloseName } from '../protocol/close-codes.ts';
import type { HubMessage } from '../protocol/messages.ts';

export interface Peer {
  /** Queues a message; `frame` is the same as JSON, made once for everybody who gets it. */
  send(message: HubMessage, frame: string): void;
  /** True when more waits to be sent than one member may hold up (B4). */
  isTooSlow(): boolean;
  /** Ends it once what was queued has left, or after a while. */
  close(reason: CloseName): void;
}

/** What a connection tells the hub. */
export interface PeerListener {
  /** One text frame, unread. */
  frame(frame: string): void;
  /** Exactly once, however it ended; `wentAway` when the other side closed it on purpose. */
  closed(wentAway: boolean): void;
}
