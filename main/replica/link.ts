import type { DisconnectReason } from '../model/error-codes.ts';
import type { MemberId } from '../model/member.ts';
import type { ClientMessage, HubMessage } from '../wire/messages.ts';

/** A member's end of a connection to a hub, whatever carries it. */
export interface Connection {
  send(message: ClientMessage): void;
  /** Ends it after what was sent before; the listener hears nothing any more. */
  close(): void;
}

/** Hears `opened` at most once, then messages, then `closed` exactly once; or `closed` alone. */
export interface ConnectionListener {
  opened(): void;
  message(message: HubMessage): void;
  closed(reason: DisconnectReason): void;
}

/** Opens a connection; never calls the listener before it has returned. */
export type Connect = (listener: ConnectionListener) => Connection;

/**
 * Judges the key of the device at the other end before anything is said to it: null when it may be
 * the room's, otherwise why not (I3). The key is null where there is no TLS that would prove one.
 */
export type JudgeHost = (hostKey: MemberId | null) => DisconnectReason | null;
