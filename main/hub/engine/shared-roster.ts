import { encodeRoster } from '../../protocol/encode.ts';
import type { Member } from '../../protocol/messages.ts';
import type { Greeting } from '../hub-types.ts';

/** The beginning of a welcome's JSON; `SharedRoster.ending` ends it. */
export function welcomeBeginning(greeting: Greeting): string {
  return JSON.stringify(greeting).slice(0, -1);
}

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

  /** The end of a welcome's JSON. */
  get ending(): string {
    return (this.#ending ??= `,"roster":${encodeRoster(this.members)}}`);
  }
}
