/** What the host of a room can pass on. */

/** What the host of a room passes on so that others can join without discovery. */
export interface HostedInfo {
  readonly port: number;
  /** `host:port`, one per address of this device, IPv6 in brackets. */
  readonly addresses: readonly string[];
  /** Leads here and says whose key to expect; lets nobody into a closed room. */
  readonly link: string;
  /** False when it was told to do without: `--transport=plain`. */
  readonly encrypted: boolean;
}

/** An invitation as its host sees it; its link is shown once, when it is made. */
export interface Invite {
  readonly id: string;
  /** ms since 1970. */
  readonly createdAt: number;
  /** ms since 1970; null for one that lasts until it is revoked. */
  readonly expiresAt: number | null;
  readonly uses: number;
  /** How often it may be used; null for as often as one likes. */
  readonly maxUses: number | null;
  readonly state: 'valid' | 'expired' | 'used-up' | 'revoked';
}

export type InviteLifetime = 'five-minutes' | 'day' | 'until-revoked';
