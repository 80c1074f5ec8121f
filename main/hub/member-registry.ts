/** Everybody a hub knows, here or not, and which names are theirs. */
import type { MemberId } from '../model/member.ts';
import { nameKeys } from '../protocol/names.ts';
import type { KnownMember } from './rules.ts';

/** A person who comes after so many is let in like the others, and not remembered. */
const KNOWN_MAX = 20_000;

export class MemberRegistry {
  readonly #members = new Map<MemberId, KnownMember>();
  readonly #owners = new Map<string, MemberId>();
  readonly #isBanned: (id: MemberId) => boolean;

  constructor(known: Iterable<KnownMember>, isBanned: (id: MemberId) => boolean) {
    this.#isBanned = isBanned;
    for (const member of known) this.put(member);
  }

  find(id: MemberId): KnownMember | undefined {
    return this.#members.get(id);
  }

  /** True when another person, here or not, has a name with this key (N4). */
  isTaken(key: string, by: MemberId): boolean {
    const owner = this.#owners.get(key);
    return owner !== undefined && owner !== by;
  }

  /** False when there is no room for one more. */
  put(member: KnownMember): boolean {
    const before = this.#members.get(member.id);
    if (!before && this.#members.size >= KNOWN_MAX) return false;
    if (before) this.#disown(before);
    this.#members.set(member.id, member);
    // A person who was removed keeps no name; one who is banned does, so that nobody poses as them.
    if (member.admitted || this.#isBanned(member.id)) this.#own(member);
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
