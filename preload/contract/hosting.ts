/** What the host of a room decides, and passes on. */
import type { Access } from '../../main/model/accesses.ts';
import type { HostedInfo, Invite, InviteLifetime } from '../../main/model/hosting.ts';
import type { RoomKey } from '../../main/model/room.ts';

/** Each with its argument and what it resolves to. */
export interface HostingCalls {
  /**
   * A room with a passphrase needs one: 1 to 128 characters. Rejects with room-name-*, passphrase-*,
   * port-in-use, port-not-allowed, no-name.
   */
  host: {
    args: { room: string; port?: number; access?: Access; passphrase?: string };
    result: { key: RoomKey };
  };
  /** Host only: who gets in from now on; a person who was let in before stays in. */
  setAccess: { args: { key: RoomKey; access: Access; passphrase?: string }; result: null };
  /** Host only: the link is told once and not kept. */
  createInvite: {
    args: { key: RoomKey; lifetime: InviteLifetime; maxUses: number | null };
    result: { invite: Invite; link: string };
  };
  /** Host only: the latest first. */
  invites: { args: { key: RoomKey }; result: { invites: readonly Invite[] } };
  /** Host only. */
  revokeInvite: { args: { key: RoomKey; id: string }; result: null };
  /** Host only: after how many minutes of silence people are removed; null for never. */
  setIdleMinutes: { args: { key: RoomKey; minutes: number | null }; result: null };
  /** Host only: after how many days entries are forgotten; null for never, 0 for at once. */
  setRemembers: { args: { key: RoomKey; days: number | null }; result: null };
  /** Host only: forgets everything that was said, in every copy that connects. */
  clearHistory: { args: { key: RoomKey }; result: null };
  /** A QR code of a link: rows of `0` (light) and `1` (dark), without a margin. */
  qrCode: { args: { text: string }; result: { rows: readonly string[] } };
}

export type HostingEvent = {
  readonly type: 'room-hosting';
  readonly key: RoomKey;
  readonly hosting: HostedInfo | null;
};
