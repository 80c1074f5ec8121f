import { encodeRoster } from '../../wire/encode.ts';
import type { Member } from '../../model/member.ts';

/**
 * Who is here, for everybody who comes in at the same time: the long end of a welcome, which is the
 * same for all of them.
 */
export class SharedRoster {
  readonly members: readonly Member[];
  #ending: string | null = null;

  constructor(members: readonly Member[]) {
    this.members = members;
  }

  /** The end of a welcome's JSON, after `encodeGreeting`. */
  get ending(): string {
    return (this.#ending ??= `,"roster":${encodeRoster(this.members)}}`);
  }
}
