import type { FloodLimits } from './flood-gate.ts';

/** What a hub's server allows itself and others. Times in ms, sizes in bytes. */
export interface ServerLimits {
  /** Open connections in all. */
  readonly connections: number;
  /** Open connections from one address. */
  readonly connectionsPerAddress: number;
  /** How long a connection may stay without a hello (H1). */
  readonly helloMs: number;
  /** How often members are pinged (B1). */
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
  readonly flood: FloodLimits;
  /** How often the hub looks at its clock. */
  readonly tickMs: number;
}

export const SERVER_LIMITS: ServerLimits = {
  connections: 6_000,
  connectionsPerAddress: 100,
  helloMs: 5_000,
  heartbeatMs: 5_000,
  quietMs: 14_000,
  queueBytes: 1024 * 1024,
  closeMs: 3_000,
  flood: { burst: 200, perSecond: 40, pauseMs: 2_000, patience: 500 },
  tickMs: 1_000,
};
