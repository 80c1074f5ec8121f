import type { RateLimits } from '../hub/engine/rate-limiter.ts';

/** What a hub's server allows itself and others. Times in ms, sizes in bytes. */
export interface ServerLimits {
  /** WebSockets in all, of those that have said something. */
  readonly connections: number;
  /** WebSockets from one address. */
  readonly connectionsPerAddress: number;
  /** Connections that have yet to become a WebSocket, and WebSockets that have yet to say something. */
  readonly halfOpen: number;
  /** Connections from one source that have yet to become a WebSocket. */
  readonly halfOpenPerSource: number;
  /** How long a connection may take to become a WebSocket, and then to say hello (H1). */
  readonly helloMs: number;
  /** How often members are pinged (B1), and the hub looks at its clock; less than typing lasts (P6). */
  readonly heartbeatMs: number;
  /**
   * A member not heard of for this long is gone (B2). It is looked for once a heartbeat, so
   * quietMs + heartbeatMs is the longest a dead member stays: keep that within 20 s, and quietMs
   * well above heartbeatMs.
   */
  readonly quietMs: number;
  /** What may wait to be sent to one member before it is let go as too slow (B4). */
  readonly queueBytes: number;
  /** How long a closing connection may take to say goodbye. */
  readonly closeMs: number;
  /** How much one member may send (B6). */
  readonly flood: RateLimits;
  /** How often the hub looks at its clock while a member types. */
  readonly typingTickMs: number;
}

export const SERVER_LIMITS: ServerLimits = {
  connections: 6_000,
  connectionsPerAddress: 100,
  halfOpen: 2_000,
  halfOpenPerSource: 200,
  helloMs: 5_000,
  heartbeatMs: 5_000,
  quietMs: 14_000,
  queueBytes: 1024 * 1024,
  closeMs: 3_000,
  flood: { burst: 200, perSecond: 40, pauseMs: 2_000, patience: 500 },
  typingTickMs: 1_000,
};

/** Open files of a process besides the connections to its hub. */
const OTHER_FILES = 100;

/**
 * The limits as far as they go where a process may have so many files open, connections among them: to
 * run out of them would keep newcomers out.
 */
export function within(openFiles: number, limits: ServerLimits): ServerLimits {
  if (limits.connections + 2 * limits.halfOpen + OTHER_FILES <= openFiles) return limits;
  const halfOpen = Math.min(limits.halfOpen, Math.floor(openFiles / 8));
  const left = Math.max(1, openFiles - 2 * halfOpen - OTHER_FILES);
  return {
    ...limits,
    connections: Math.min(limits.connections, left),
    halfOpen,
    halfOpenPerSource: Math.min(limits.halfOpenPerSource, Math.ceil(halfOpen / 2)),
  };
}
