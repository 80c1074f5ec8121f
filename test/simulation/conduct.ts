/** Follows what is done in a room, in the order of its log, and who may still do what (M1, M2). */
import assert from 'node:assert/strict';
import type { ActName, Entry, MemberId } from '../../main/protocol/messages.ts';

const ON_MEMBERS: ReadonlySet<ActName> = new Set(['remove', 'ban', 'lift', 'mute', 'unmute']);
const HOSTS_OWN: ReadonlySet<ActName> = new Set(['appoint', 'dismiss', 'access']);

export class Conduct {
  readonly #host: MemberId;
  readonly #moderators = new Set<MemberId>();
  readonly #muted = new Set<MemberId>();
  readonly #banned = new Set<MemberId>();

  constructor(host: MemberId) {
    this.#host = host;
  }

  isBanned(key: MemberId): boolean {
    return this.#banned.has(key);
  }

  isMuted(key: MemberId): boolean {
    return this.#muted.has(key);
  }

  /** The next entry of the log; fails when it should not have been let in. */
  follow(entry: Entry): void {
    const { from, id } = entry;
    if (entry.kind === 'said') {
      assert(!this.#muted.has(from), `${id} was said by somebody who is muted`);
      return;
    }
    const { act, on } = entry;
    const isAbove = this.#rankOf(from) > (ON_MEMBERS.has(act) ? this.#rankOf(on) : 0);
    const may = isAbove && (from === this.#host || !HOSTS_OWN.has(act));
    assert(may, `${id} was done by somebody who may not`);
    if (act === 'ban') this.#banned.add(on);
    if (act === 'lift') this.#banned.delete(on);
    if (act === 'mute') this.#muted.add(on);
    if (act === 'unmute') this.#muted.delete(on);
    if (act === 'appoint') this.#moderators.add(on);
    if (act === 'dismiss' || act === 'ban') this.#moderators.delete(on);
  }

  #rankOf(key: MemberId): number {
    if (key === this.#host) return 2;
    return this.#moderators.has(key) ? 1 : 0;
  }
}
