/** What the app and the thread of a hub tell each other. */
import type { Problem } from '../model/error-codes.ts';
import type { MessagePort } from 'node:worker_threads';
import type { HubOptions } from '../hub/hub.ts';
import type { KeptInvite } from '../hub/rules.ts';
import type { PassphraseRecord } from '../passphrase/passphrase-record.ts';
import type { RoomInfo } from '../protocol/messages.ts';
import type { ServerLimits } from './limits.ts';
import type { Transport } from './room-server.ts';

/** What a hub's thread begins with. */
export interface HubBeginning {
  readonly room: HubOptions['room'];
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

/** What the app wants; each is answered once, by its number. */
export type HubOrder =
  | { readonly do: 'set-invite'; readonly invite: KeptInvite }
  | { readonly do: 'set-idle'; readonly minutes: number | null }
  | { readonly do: 'set-remembers'; readonly days: number | null }
  | { readonly do: 'set-passphrase'; readonly record: PassphraseRecord | null }
  | { readonly do: 'clear-history' }
  | { readonly do: 'tell-invites' }
  | { readonly do: 'stop' };

export type ToHub =
  | { readonly type: 'order'; readonly number: number; readonly order: HubOrder }
  | { readonly type: 'connect-host'; readonly port: MessagePort };

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
  | { readonly type: 'problem'; readonly problem: SentError }
  | {
      readonly type: 'answer';
      readonly number: number;
      readonly problem: SentError | null;
      readonly invites: readonly KeptInvite[];
    };

/** What the app knows of its hub at any time. */
export interface HubState {
  readonly room: RoomInfo;
  readonly memberCount: number;
}
