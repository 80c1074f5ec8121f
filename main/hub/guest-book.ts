/** Everybody a hub knows, here or not, and which names are theirs. */
import type { MemberId } from '../protocol/messages.ts';
import { nameKeys } from '../protocol/names.ts';
import type { KnownMember } from './rules.ts';

/** Who comes after so many is let in like the others, but remembered only for a reason. */
const KNOWN_MAX = 20_000;

export class GuestBook {
  readonly #members = new Map<MemberId, KnownMember>();
  readonly #owners = new Map<string, MemberId>();

  constructor(known: Iterable<KnownMember>) {
    for (const member of known) this.put(member);
  }

  find(id: MemberId): KnownMember | undefined {
    return this.#members.get(id);
  }

  banned(): readonly KnownMember[] {
    return [...this.#members.values()].filter(({ ban }) => ban !== null);
  }

  /** True when somebody else, here or not, has a name with this key (N4). */
  isTaken(key: string, by: MemberId): boolean {
    const owner = this.#owners.get(key);
    return owner !== undefined && owner !== by;
  }

  /** False when there is no room for one more. */
  put(member: KnownMember): boolean {
    const before = this.#members.get(member.id);
    if (!before && this.#members.size >= KNOWN_MAX && isUnremarkable(member)) return false;
    if (before) this.#disown(before);
    this.#members.set(member.id, member);
    // Whoever was removed keeps no name; whoever is banned does, so that nobody poses as them.
    if (member.admitted || member.ban) this.#own(member);
    return true;
  }

  #own({ id, name }: KnownMember): void {
    for (const key of nameKeys(name)) {
      if (!this.#owners.has(key)) this.#owners.set(key, id);
    }
  }

  #disown({ id, name }: KnownMember): void {
    for (const key of nameKeys(name)) {
      if (this.#owners.get(key) === id) this.#owners.delete(key);
    }
  }
}

/** Nothing about them would have to hold when they come again. */
function isUnremarkable({ ban, muted, moderator }: KnownMember): boolean {
  return ban === null && !muted && !moderator;
}
