/** Slow mode: how long each member has to wait before saying the next thing (M2). */
import type { MemberId } from '../model/member.ts';

interface Turn {
  /** ms on the hub's clock. */
  saidAt: number;
  /** True from a refusal until that message comes again: nothing is to overtake it (B6). */
  held: boolean;
}

export class SlowMode {
  /** Also of those who left: coming back is no way around it. */
  readonly #turns = new Map<MemberId, Turn>();

  /**
   * Seconds until this member may say something, 0 when it just did. Who need not wait, with
   * `slowSeconds` 0, may still have something to say again first.
   */
  take(member: MemberId, now: number, slowSeconds: number, again: boolean): number {
    const turn = this.#turns.get(member);
    if (turn) {
      const waited = now - turn.saidAt;
      // A clock that was set back must not make anybody wait longer than the rule says.
      const left = waited < 0 ? 0 : slowSeconds * 1000 - waited;
      if (left > 0 || (turn.held && !again)) {
        turn.held = true;
        return Math.max(1, Math.ceil(left / 1000));
      }
    }
    if (slowSeconds > 0) this.#turns.set(member, { saidAt: now, held: false });
    else this.#turns.delete(member);
    return 0;
  }

  /** Forgets those whose wait is over, but for those here who have yet to say it again. */
  forgetBefore(at: number, isHere: (member: MemberId) => boolean): void {
    for (const [member, { saidAt, held }] of this.#turns) {
      if (saidAt < at && !(held && isHere(member))) this.#turns.delete(member);
    }
  }
}
