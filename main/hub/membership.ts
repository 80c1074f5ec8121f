/** Who may be in the room and what they may do there: its policy, and who is known. */
import { invitation } from '../events/invitation.ts';
import type { Ban, Member, MemberId, Role } from '../model/member.ts';
import { actOf } from '../policy/act.ts';
import type { Act } from '../policy/act.ts';
import { PolicyLog } from '../policy/policy-log.ts';
import type { Policy } from '../policy/policy.ts';
import { isAllowed } from '../policy/rights.ts';
import type { Entry } from '../timeline/entry.ts';
import { judgeAtDoor } from './door.ts';
import type { DoorVerdict, KnownInvitation } from './door.ts';
import type { HubEffect, Identity } from './hub-types.ts';
import { MemberRegistry } from './member-registry.ts';
import type { InviteUse, KnownMember } from './rules.ts';

export interface MembershipOptions {
  readonly founder: MemberId;
  /** The device that runs the room. */
  readonly host: MemberId;
  /** The policy log, oldest first. */
  readonly acts: readonly Entry[];
  readonly known: readonly KnownMember[];
  readonly inviteUses: readonly InviteUse[];
  /** Takes the effects that put a change on the disk. */
  readonly keep: (effect: HubEffect) => void;
}

export class Membership {
  readonly #options: MembershipOptions;
  readonly #log: PolicyLog;
  readonly #registry: MemberRegistry;
  readonly #acts = new Map<string, Entry>();
  readonly #uses = new Map<string, number>();

  constructor(options: MembershipOptions) {
    this.#options = options;
    this.#log = new PolicyLog(options.founder);
    for (const entry of options.acts) this.#weigh(entry);
    for (const { invitation: id, uses } of options.inviteUses) this.#uses.set(id, uses);
    this.#registry = new MemberRegistry(options.known, (id) => this.policy.banOf(id) !== undefined);
  }

  get policy(): Policy {
    return this.#log.policy;
  }

  find(id: MemberId): KnownMember | undefined {
    return this.#registry.find(id);
  }

  roleOf(id: MemberId): Role {
    if (id === this.#options.host || id === this.#options.founder) return 'host';
    return this.policy.isModerator(id) ? 'moderator' : 'member';
  }

  /** What everybody may see of what a person may do. */
  standingOf(id: MemberId): Pick<Member, 'role' | 'muted'> {
    return { role: this.roleOf(id), muted: this.policy.isMuted(id) };
  }

  /** True when another person has a name with this key (N4). */
  isNameTaken(key: string, by: MemberId): boolean {
    return this.#registry.isTaken(key, by);
  }

  /** An act of the policy log, by its id. */
  actWith(id: string): Entry | undefined {
    return this.#acts.get(id);
  }

  /** True when an act is within its author's rights, as they stand and as its author had seen them (X13). */
  allows(act: Act): boolean {
    return isAllowed(act, this.policy) && this.#log.isSound(act);
  }

  bans(): readonly Ban[] {
    return this.policy.bans().flatMap((act) => {
      const entry = this.#acts.get(act.id);
      if (!entry || act.deed.do !== 'moderate') return [];
      const { person, name } = act.deed;
      return [{ id: person, name, by: entry.name, at: entry.at }];
    });
  }

  invitations(): readonly KnownInvitation[] {
    const alive = new Set(this.policy.invitations().map(({ id }) => id));
    return [...this.#acts.values()]
      .filter(({ kind }) => kind === invitation.name)
      .map((entry) => ({
        entry,
        uses: this.#uses.get(entry.id) ?? 0,
        isRevoked: !alive.has(entry.id),
      }));
  }

  /** Whether a newcomer gets in (K1); the host always does. */
  judge(identity: Identity, now: number): DoorVerdict {
    if (identity.member === this.#options.host) return { verdict: 'in', use: null };
    return judgeAtDoor(identity, {
      policy: this.policy,
      known: this.#registry.find(identity.member),
      invitations: () => this.invitations(),
      now,
    });
  }

  /** A person is in, under this name and by this invitation. */
  admit(id: MemberId, name: string, use: InviteUse | null): void {
    if (use) {
      this.#uses.set(use.invitation, use.uses);
      this.#options.keep({ type: 'keep-invite-use', use });
    }
    this.#know({ id, name, admitted: true });
  }

  /** They need to be let in again (M2). */
  expel(id: MemberId): void {
    const known = this.#registry.find(id);
    if (known) this.#know({ ...known, admitted: false });
  }

  renamed(id: MemberId, name: string): void {
    const known = this.#registry.find(id);
    if (known) this.#know({ ...known, name });
  }

  /** An act is safe: what follows from it holds from now on. */
  weigh(entry: Entry): Act {
    const act = this.#weigh(entry);
    const { deed } = act;
    // Who is banned keeps their name, and who is not any more may lose it.
    const known = deed.do === 'moderate' ? this.#registry.find(deed.person) : undefined;
    if (known) this.#registry.put(known);
    return act;
  }

  #weigh(entry: Entry): Act {
    const act = actOf(entry);
    this.#acts.set(entry.id, entry);
    this.#log.add(act);
    return act;
  }

  #know(member: KnownMember): void {
    if (this.#registry.put(member)) this.#options.keep({ type: 'keep-known', member });
  }
}
