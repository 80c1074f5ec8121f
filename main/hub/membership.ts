/** Who may be in the room and what they may do there: its rules and its guest book. */
import type { Ban, Member, MemberId, Role } from '../protocol/messages.ts';
import type { ActOutcome } from './acts.ts';
import { judgeAtDoor } from './door.ts';
import type { DoorVerdict } from './door.ts';
import { GuestBook } from './guest-book.ts';
import type { HubEffect, Identity } from './hub-types.ts';
import { newcomer } from './rules.ts';
import type { KeptInvite, KnownMember, Rules } from './rules.ts';

/** So many invitations are remembered after they ended, to be refused by the name of their end. */
const INVITES_KEPT = 200;

export class Membership {
  readonly #hostId: MemberId;
  readonly #guests: GuestBook;
  readonly #keep: (effect: HubEffect) => void;
  #rules: Rules;

  /** `keep` takes the effects that put a change on the disk. */
  constructor(
    hostId: MemberId,
    rules: Rules,
    known: readonly KnownMember[],
    keep: (effect: HubEffect) => void,
  ) {
    this.#hostId = hostId;
    this.#rules = rules;
    this.#guests = new GuestBook(known);
    this.#keep = keep;
  }

  get rules(): Rules {
    return this.#rules;
  }

  find(id: MemberId): KnownMember | undefined {
    return this.#guests.find(id);
  }

  roleOf(id: MemberId): Role {
    if (id === this.#hostId) return 'host';
    return this.#guests.find(id)?.moderator ? 'moderator' : 'member';
  }

  /** What everybody may see of what somebody may do. */
  standingOf(id: MemberId): Pick<Member, 'role' | 'muted'> {
    return { role: this.roleOf(id), muted: this.#guests.find(id)?.muted ?? false };
  }

  /** True when somebody else has a name with this key (N4). */
  isNameTaken(key: string, by: MemberId): boolean {
    return this.#guests.isTaken(key, by);
  }

  bans(): readonly Ban[] {
    return this.#guests
      .banned()
      .flatMap(({ id, name, ban }) => (ban === null ? [] : [{ id, name, ...ban }]));
  }

  /** Whether somebody gets in (K1); the host always does. */
  judge(identity: Identity, now: number): DoorVerdict {
    if (identity.member === this.#hostId) return { verdict: 'in', invite: null };
    return judgeAtDoor(this.#rules, this.#guests.find(identity.member), identity, now);
  }

  /** Somebody is in, under this name and by this invitation. */
  admit(id: MemberId, name: string, invite: KeptInvite | null): void {
    if (invite) this.setInvite(invite);
    const known = this.#guests.find(id) ?? newcomer(id, name);
    this.#know({ ...known, name, admitted: true });
  }

  renamed(id: MemberId, name: string): void {
    const known = this.#guests.find(id);
    if (known) this.#know({ ...known, name });
  }

  setInvite(invite: KeptInvite): void {
    const others = this.#rules.invites.filter(({ id }) => id !== invite.id);
    this.#keepRules({ ...this.#rules, invites: [...others, invite].slice(-INVITES_KEPT) });
  }

  /**
   * What an act changes holds from now on; returns how to take back that and nothing else, for
   * people come in, rename themselves and are invited meanwhile.
   */
  change(outcome: Extract<ActOutcome, { ok: true }>): () => void {
    switch (outcome.changes) {
      case 'member': {
        const { id, name } = outcome.member;
        const before = this.#guests.find(id) ?? newcomer(id, name);
        this.#know(outcome.member);
        return () => {
          const now = this.#guests.find(id) ?? before;
          this.#guests.put({ ...before, name: now.name });
        };
      }
      case 'rules': {
        const before = this.#rules;
        this.#keepRules(outcome.rules);
        return () => {
          this.#rules = { ...before, invites: this.#rules.invites };
        };
      }
      case 'entry':
        this.#keep({ type: 'strike', id: outcome.entry.id });
        return () => {};
    }
  }

  #know(member: KnownMember): void {
    if (this.#guests.put(member)) this.#keep({ type: 'keep-known', member });
  }

  #keepRules(rules: Rules): void {
    this.#rules = rules;
    this.#keep({ type: 'keep-rules', rules });
  }
}
