/** Carries out what the host and moderators do (M1-M4). */
import { looksAfter } from '../model/roles.ts';
import type { ActName, ClientMessage, MemberId, RoomInfo } from '../protocol/messages.ts';
import { judgeAct } from './acts.ts';
import type { ActOutcome } from './acts.ts';
import type { Journal } from './journal.ts';
import type { Liveliness } from './liveliness.ts';
import type { Membership } from './membership.ts';
import type { Outgoing } from './outgoing.ts';
import type { Occupant, Roster } from './roster.ts';
import { newcomer } from './rules.ts';

type Accepted = Extract<ActOutcome, { ok: true }>;

/** The parts of a hub an act concerns. */
export interface ModeratedRoom {
  readonly membership: Membership;
  readonly roster: Roster;
  readonly journal: Journal;
  readonly liveliness: Liveliness;
  readonly out: Outgoing;
  readonly info: () => RoomInfo;
}

export class Moderation {
  readonly #room: ModeratedRoom;

  constructor(room: ModeratedRoom) {
    this.#room = room;
  }

  /** What it changes holds at once; everybody hears of it once it is stored. */
  act(now: number, actor: Occupant, request: Extract<ClientMessage, { type: 'act' }>): void {
    const { membership, roster, journal, out } = this.#room;
    const { id, act, on, written, signature } = request;
    if (journal.isKnown(actor, id)) return;
    const present = roster.withId(on);
    const entry = journal.find(on);
    const outcome = judgeAct(act, on, {
      id: actor.id,
      role: membership.roleOf(actor.id),
      name: actor.name,
      now,
      rules: membership.rules,
      member: membership.find(on) ?? (present && newcomer(on, present.name)),
      memberRole: membership.roleOf(on),
      entry,
      authorRole: membership.roleOf(entry?.from ?? ''),
    });
    if (!outcome.ok) {
      out.refuse(actor.connection, outcome.code, id);
      return;
    }
    const onName = nameIn(outcome);
    const takeBack = membership.change(outcome);
    const show = () => this.#showChange(outcome, act);
    const undo = () => {
      takeBack();
      this.#showUndone(outcome);
    };
    const line = { kind: 'act', id, act, on, onName, written, signature } as const;
    journal.enter(now, actor, line, show, undo);
  }

  /** M3. */
  tellBans(asker: Occupant, id: string): void {
    const { membership, out } = this.#room;
    if (!looksAfter(membership.roleOf(asker.id))) {
      out.refuse(asker.connection, 'not-allowed', id);
      return;
    }
    out.send(asker.connection, { type: 'bans', id, bans: membership.bans() });
  }

  /** Everybody has seen the act in the log: here is what follows from it. */
  #showChange(outcome: Accepted, act: ActName): void {
    if (outcome.changes === 'entry') this.#room.journal.strike(outcome.entry.id);
    if (outcome.changes === 'rules') this.#showRules();
    if (outcome.changes !== 'member') return;
    const { id } = outcome.member;
    if (act === 'remove') this.#showOut(id, 'removed');
    else if (act === 'ban') this.#showOut(id, 'banned');
    else this.#showStanding(id);
  }

  /** Whoever came in meanwhile was told of what is not so. */
  #showUndone(outcome: Accepted): void {
    if (outcome.changes === 'rules') this.#showRules();
    if (outcome.changes !== 'member') return;
    const { id } = outcome.member;
    // Whose ban seemed to be lifted may have come in.
    if (this.#room.membership.find(id)?.ban) this.#showOut(id, 'banned');
    else this.#showStanding(id);
  }

  #showOut(id: MemberId, reason: 'removed' | 'banned'): void {
    const { roster, liveliness, out } = this.#room;
    const occupant = roster.withId(id);
    if (!occupant) return;
    out.close(occupant.connection, reason);
    liveliness.depart(occupant, reason);
  }

  #showRules(): void {
    this.#room.out.broadcast({ type: 'room', room: this.#room.info() });
  }

  #showStanding(id: MemberId): void {
    const { membership, roster, out } = this.#room;
    if (!roster.withId(id)) return;
    const standing = membership.standingOf(id);
    out.presence({ change: 'standing', id, ...standing, count: roster.count });
  }
}

/** What the member an act concerns is called: the one acted on, or the author of what is struck. */
function nameIn(outcome: Accepted): string {
  switch (outcome.changes) {
    case 'member':
      return outcome.member.name;
    case 'entry':
      return outcome.entry.name;
    case 'rules':
      return '';
  }
}
