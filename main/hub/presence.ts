/** Who is away, who types, and who has been silent for too long (P5-P7). */
import { AWAY_AFTER_MS, TYPING_EXPIRES_MS } from '../protocol/limits.ts';
import type { LeaveReason, MemberId } from '../model/member.ts';
import type { Outgoing } from './outgoing.ts';
import type { Occupant, Roster } from './roster.ts';

/** Ticks further apart than this, in ms, were not: the clock was set in between. */
const CLOCK_STEP_MS = 60_000;

export class Presence {
  readonly #roster: Roster;
  readonly #hostId: MemberId;
  readonly #out: Outgoing;
  #tickedAt: number | null = null;

  constructor(roster: Roster, hostId: MemberId, out: Outgoing) {
    this.#roster = roster;
    this.#hostId = hostId;
    this.#out = out;
  }

  /** Time has passed; after so many minutes of silence people are removed, null for never. */
  tick(now: number, idleMinutes: number | null): void {
    const passed = now - (this.#tickedAt ?? now);
    this.#tickedAt = now;
    // A clock that was set forward, or a machine that slept, has made nobody silent.
    const skipped = passed > CLOCK_STEP_MS ? passed : 0;
    const idleMs = (idleMinutes ?? Infinity) * 60_000;
    for (const occupant of this.#roster.occupants()) {
      // One that was set back must not keep anybody here for so much longer.
      occupant.activeAt = Math.min(occupant.activeAt + skipped, now);
      const silentMs = now - occupant.activeAt;
      if (silentMs >= idleMs && occupant.id !== this.#hostId) {
        this.#out.close(occupant.connection, 'idle');
        this.depart(occupant, 'idle');
        continue;
      }
      if (silentMs >= AWAY_AFTER_MS && !occupant.away) this.#setAway(occupant, true);
      const until = occupant.typing?.until;
      const isOver = until !== undefined && (now >= until || now < until - TYPING_EXPIRES_MS);
      if (isOver) this.stopTyping(occupant);
    }
  }

  /** Saying, renaming and typing end being away; asking and reading do not (P5). */
  touch(now: number, occupant: Occupant): void {
    occupant.activeAt = now;
    if (occupant.away) this.#setAway(occupant, false);
  }

  /** P6. */
  type(now: number, occupant: Occupant, conversation: string, on: boolean): void {
    this.touch(now, occupant);
    if (occupant.typing && (!on || occupant.typing.conversation !== conversation)) {
      this.stopTyping(occupant);
    }
    if (!on) return;
    const isNew = occupant.typing === null;
    occupant.typing = { conversation, until: now + TYPING_EXPIRES_MS };
    if (isNew) this.#tellTyping(occupant, conversation, true);
  }

  /** What it typed has come, or has not for too long. */
  stopTyping(occupant: Occupant): void {
    const { typing } = occupant;
    occupant.typing = null;
    if (typing) this.#tellTyping(occupant, typing.conversation, false);
  }

  /** P3. */
  depart(occupant: Occupant, reason: LeaveReason): void {
    this.#roster.remove(occupant);
    const { id, name } = occupant;
    this.#out.presence({ change: 'left', id, name, reason, count: this.#roster.count });
  }

  #setAway(occupant: Occupant, away: boolean): void {
    occupant.away = away;
    this.#out.presence({ change: 'away', id: occupant.id, away, count: this.#roster.count });
  }

  #tellTyping({ id, connection }: Occupant, conversation: string, on: boolean): void {
    this.#out.broadcast({ type: 'typing', conversation, id, on }, connection);
  }
}
