import type { MemberId } from '../../model/member.ts';
import type { Hash } from '../../events/event.ts';
import { nextEpoch } from '../epochs.ts';
import type { RoomIdentity } from '../hub.ts';
import type { KeptEpoch, RoomLog } from '../room-log.ts';
import type { EngineStore } from './engine-store.ts';

/** The room, and the device that is about to write its logs. */
export interface Writer {
  readonly room: RoomIdentity;
  readonly firstConversation: string;
  /** The key of the device that runs it: the host's. */
  readonly hostId: MemberId;
  readonly store: EngineStore;
  readonly hash: Hash;
  /** The host's signature of a text. */
  readonly sign: (text: string) => string;
}

/** What is written in an epoch that has just begun. */
export interface BegunEpoch {
  /** By conversation; the policy log has the room's id. */
  readonly logs: ReadonlyMap<string, RoomLog>;
  /** Every one there was, the oldest first; the last is the new one. */
  readonly epochs: readonly KeptEpoch[];
}

/** Opens the next epoch of a room (L2). Throws what the store throws. */
export function beginEpoch(writer: Writer): BegunEpoch {
  const { room, firstConversation, hostId, store, hash, sign } = writer;
  const logs = new Map([room.id, firstConversation].map((id) => [id, store.log(id)]));
  const places = Array.from(logs, ([conversation, { last }]) => {
    return { conversation, seq: last.seq, link: last.link };
  });
  const before = store.epochs();
  const epoch = nextEpoch(before, { room: room.id, writer: hostId, places }, { hash, sign });
  store.addEpoch(epoch);
  return { logs, epochs: [...before, epoch] };
}
