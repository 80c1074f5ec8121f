import type { DisconnectReason } from './error-codes.ts';

/** How the connection to a room stands. */
export type RoomStatus =
  | { readonly state: 'connecting' }
  | { readonly state: 'here' }
  /** `until`: ms since 1970 when it will be tried again; `reason` is a stable code. */
  | { readonly state: 'waiting'; readonly until: number; readonly reason: DisconnectReason }
  /** Nothing will be tried by itself. */
  | { readonly state: 'ended'; readonly reason: DisconnectReason };
