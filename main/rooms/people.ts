import type { Member, MemberId, PresenceChange } from '../model/member.ts';
import { withChange } from '../model/roster.ts';

/** Who is in a room as this device sees it, and who of them types. */
export class People {
  #you: MemberId | null;
  #roster: readonly Member[] = [];
  #typing: readonly MemberId[] = [];
  readonly #typingChanged: (typing: readonly MemberId[]) => void;

  constructor(you: MemberId | null, typingChanged: (typing: readonly MemberId[]) => void) {
    this.#you = you;
    this.#typingChanged = typingChanged;
  }

  get you(): MemberId | null {
    return this.#you;
  }

  get roster(): readonly Member[] {
    return this.#roster;
  }

  get typing(): readonly MemberId[] {
    return this.#typing;
  }

  /** What this person is called in the room; null before the first welcome. */
  get ownName(): string | null {
    return this.#roster.find(({ id }) => id === this.#you)?.name ?? null;
  }

  welcomed(you: MemberId, roster: readonly Member[]): void {
    this.#you = you;
    this.#roster = roster;
    this.nobodyTypes();
  }

  change(change: PresenceChange): void {
    this.#roster = withChange(this.#roster, change);
    if (change.change === 'left') this.setTyping(change.id, false);
  }

  setTyping(id: MemberId, on: boolean): void {
    if (this.#typing.includes(id) === on) return;
    this.#tell(on ? [...this.#typing, id] : this.#typing.filter((who) => who !== id));
  }

  nobodyTypes(): void {
    if (this.#typing.length > 0) this.#tell([]);
  }

  #tell(typing: readonly MemberId[]): void {
    this.#typing = typing;
    this.#typingChanged(typing);
  }
}
