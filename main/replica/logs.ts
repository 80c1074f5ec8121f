/** A room's conversations as a session follows them. */
import type { Hash } from '../events/event.ts';
import { firstConversationOf } from '../events/room-id.ts';
import { ANCESTRY_MAX } from '../protocol/limits.ts';
import type { Resume, Welcome } from '../wire/messages.ts';
import type { SessionEvent } from './session-types.ts';
import { Track } from './track.ts';
import type { KeptCopy } from './track.ts';

/** This device's copy of a conversation of a room; null when it has none. */
export type CopyOf = (roomId: string, conversation: string) => KeptCopy | null;

export class Logs {
  readonly #copyOf: CopyOf;
  readonly #hash: Hash;
  /** By conversation, the policy log first; empty until the room is known. */
  readonly #tracks = new Map<string, Track>();

  constructor(copyOf: CopyOf, hash: Hash) {
    this.#copyOf = copyOf;
    this.#hash = hash;
  }

  /** The room is this one from now on; false when that was known. */
  follow(roomId: string): boolean {
    if (this.#tracks.size > 0) return false;
    for (const conversation of [roomId, firstConversationOf(roomId, this.#hash)]) {
      const kept = () => this.#copyOf(roomId, conversation);
      this.#tracks.set(conversation, new Track(roomId, conversation, kept, this.#hash));
    }
    return true;
  }

  of(conversation: string): Track | undefined {
    return this.#tracks.get(conversation);
  }

  all(): readonly Track[] {
    return [...this.#tracks.values()];
  }

  /** Where the copies end, for a hello (H5). */
  get resume(): readonly Resume[] {
    return this.all().flatMap(({ conversation, ancestry }) =>
      ancestry.length === 0 ? [] : [{ conversation, ancestry: ancestry.slice(0, ANCESTRY_MAX) }],
    );
  }

  /** Joins them up with a welcome's (W5); null when one is not what it says, and then none has moved. */
  join({ epoch, logs }: Welcome): readonly SessionEvent[] | null {
    const events: SessionEvent[] = [];
    const tracks = new Map(this.#tracks);
    for (const state of logs) {
      const track = tracks.get(state.conversation)?.clone();
      if (!track) continue;
      tracks.set(state.conversation, track);
      const place = epoch.places.find((each) => each.conversation === state.conversation);
      const joined = track.welcome(state, place);
      if (joined === null) return null;
      events.push(...joined);
    }
    for (const [conversation, track] of tracks) this.#tracks.set(conversation, track);
    return events;
  }
}
