/** Who is in a room, and what changes about that. */

/** A person's device in every room: its public key (I1). */
export type MemberId = string;

/** What a member may do: the host runs the room and appoints moderators (M1). */
export type Role = 'host' | 'moderator' | 'member';

/** A person who is in the room now (W3). */
export interface Member {
  readonly id: MemberId;
  readonly name: string;
  readonly role: Role;
  /** True once they said nothing for AWAY_AFTER_MS (P5). */
  readonly away: boolean;
  /** True while nothing they say is entered (M2). */
  readonly muted: boolean;
  /** When they came in: ms since 1970 on the hub's clock. */
  readonly since: number;
}

/** Why a member is no longer in the room (P3). */
export type LeaveReason = 'left' | 'lost' | 'idle' | 'removed' | 'banned' | 'too-slow' | 'flooding';

/** One change of who is here; `count` is the number of people after it (P1). */
export type PresenceChange =
  | { readonly change: 'joined'; readonly member: Member; readonly count: number }
  | {
      readonly change: 'left';
      readonly id: MemberId;
      readonly name: string;
      readonly reason: LeaveReason;
      readonly count: number;
    }
  | {
      readonly change: 'renamed';
      readonly id: MemberId;
      readonly before: string;
      readonly name: string;
      readonly count: number;
    }
  | {
      readonly change: 'away';
      readonly id: MemberId;
      readonly away: boolean;
      readonly count: number;
    }
  | {
      readonly change: 'standing';
      readonly id: MemberId;
      readonly role: Role;
      readonly muted: boolean;
      readonly count: number;
    };

/** A person who may not come in (M3). */
export interface Ban {
  readonly id: MemberId;
  /** What they were called last. */
  readonly name: string;
  /** The name of the person who banned them, then. */
  readonly by: string;
  /** ms since 1970 on the hub's clock. */
  readonly at: number;
}
