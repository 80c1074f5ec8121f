import type { Greeting } from '../hub/hub-types.ts';
import { encodeRoster } from '../protocol/encode.ts';
import type { Member } from '../protocol/messages.ts';
import { lastFragments } from './ws-frame.ts';

/** The beginning of a welcome's JSON; `SharedRoster.ending` ends it. */
export function welcomeBeginning(greeting: Greeting): string {
  return JSON.stringify(greeting).slice(0, -1);
}

/**
 * Who is here, for everybody who comes in at the same time: the long end of a welcome, which is the
 * same for all of them.
 */
export class SharedRoster {
  readonly #members: readonly Member[];
  #ending: string | null = null;
  readonly #fragments = new Map<number, readonly Buffer[]>();

  constructor(members: readonly Member[]) {
    this.#members = members;
  }

  /** The end of a welcome's JSON. */
  get ending(): string {
    return (this.#ending ??= `,"roster":${encodeRoster(this.#members)}}`);
  }

  /** The same as bytes for a WebSocket, in parts of at most so many bytes. */
  fragments(bytes: number): readonly Buffer[] {
    const made = this.#fragments.get(bytes) ?? lastFragments(this.ending, bytes);
    this.#fragments.set(bytes, made);
    return made;
  }
}
