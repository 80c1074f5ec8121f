/** What the app and the thread of a hub tell each other. */
import type { MessagePort } from 'node:worker_threads';
import type { InvitationSummary } from '../hub/door.ts';
import type { RoomIdentity } from '../hub/hub.ts';
import type { Problem } from '../model/error-codes.ts';
import type { RoomInfo } from '../model/room.ts';
import type { ServerLimits } from './limits.ts';
import type { Transport } from './room-server.ts';

/** What a hub's thread begins with. */
export interface HubBeginning {
  readonly room: RoomIdentity;
  /** PEM, both. */
  readonly certificate: string;
  readonly privateKey: string;
  readonly dataDir: string;
  readonly transport: Transport;
  readonly listenAt: string | null;
  readonly port: number | null;
  readonly trustedProxies: readonly string[];
  readonly limits?: Partial<ServerLimits>;
}

/** What the app wants; everything else is an act that the host posts like any member. */
export type ToHub =
  { readonly type: 'connect-host'; readonly port: MessagePort } | { readonly type: 'stop' };

/** A LanyardError on its way to another thread. */
export interface SentError {
  readonly problem: Problem;
  /** What was behind it, for the log. */
  readonly cause?: unknown;
}

export type FromHub =
  | { readonly type: 'listening'; readonly port: number; readonly state: HubState }
  | { readonly type: 'failed'; readonly problem: SentError }
  | { readonly type: 'changed'; readonly state: HubState }
  | { readonly type: 'problem'; readonly problem: SentError };

/** What the app knows of its hub at any time. */
export interface HubState {
  readonly room: RoomInfo;
  readonly memberCount: number;
  /** The oldest first. */
  readonly invitations: readonly InvitationSummary[];
}
