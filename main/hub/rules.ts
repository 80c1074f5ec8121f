/** What a hub keeps besides its logs. */
import type { MemberId } from '../model/member.ts';

/** A person who was in the room. */
export interface KnownMember {
  readonly id: MemberId;
  /** What they were called last; nobody else gets this name (N4). */
  readonly name: string;
  /** True when they may come in again whatever the room's access (K1). */
  readonly admitted: boolean;
}

/** How many keys an invitation has let in, by the id of the act that made it (K2). */
export interface InviteUse {
  readonly invitation: string;
  readonly uses: number;
}
