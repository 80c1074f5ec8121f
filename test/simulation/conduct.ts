/** Follows what is done in a room, in the order of its log, and who may still do what (M1, M2). */
import assert from 'node:assert/strict';
import { actOf } from '../../main/policy/act.ts';
import { PolicyLog } from '../../main/policy/policy-log.ts';
import { isAllowed } from '../../main/policy/rights.ts';
import type { MemberId } from '../../main/model/member.ts';
import type { Entry } from '../../main/timeline/entry.ts';

export class Conduct {
  readonly #log: PolicyLog;

  constructor(founder: MemberId) {
    this.#log = new PolicyLog(founder);
  }

  get policy() {
    return this.#log.policy;
  }

  isBanned(key: MemberId): boolean {
    return this.policy.banOf(key) !== undefined;
  }

  isMuted(key: MemberId): boolean {
    return this.policy.isMuted(key);
  }

  /** The next act of the policy log; fails when its author had no right to it, for all they knew. */
  follow(entry: Entry): void {
    const act = actOf(entry);
    const isInOrder = this.#log.heads.every((id) => act.after.includes(id));
    if (isInOrder) assert(isAllowed(act, this.policy), `${act.id} was done without a right to it`);
    this.#log.add(act);
  }
}
