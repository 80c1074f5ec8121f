/** What a room's log has before what the window knows of it. */
import type { CallReply } from '../preload/contract.ts';
import type { RoomKey } from '../main/model/room.ts';
import type { Sought } from './state.ts';
import type { Store } from './store.ts';
import { firstSeq } from './room-log.ts';
import { roomOf } from './state.ts';

/** How many entries are asked for at once: as many as a call gives. */
const PAGE = 1_000;

export interface Backlog {
  /** Fetches a page of older entries; false when there is none or it could not be had. */
  fetch(): Promise<boolean>;
  /**
   * Fetches until the entry sought is known, for as long as it is sought. `progress` hears before
   * each page how much of the way is done, from 0 to 1.
   */
  reach(sought: Sought, progress: (done: number) => void): Promise<void>;
}

/** The newest entries before one, at most so many. */
type EntriesBefore = (seq: number, limit: number) => Promise<CallReply<'entriesBefore'>>;

/** The backlog of one room. */
export function createBacklog(store: Store, key: RoomKey, entriesBefore: EntriesBefore): Backlog {
  let fetching: Promise<boolean> | null = null;

  async function next(): Promise<boolean> {
    const room = roomOf(store.state, key);
    if (room === undefined || !room.hasOlder) return false;
    const reply = await entriesBefore(firstSeq(room), PAGE);
    if (reply.ok) store.dispatch({ type: 'older-entries', key, ...reply.value });
    return reply.ok;
  }

  function fetch(): Promise<boolean> {
    fetching ??= next().finally(() => (fetching = null));
    return fetching;
  }

  return {
    fetch,
    async reach(sought, progress) {
      const first = () => {
        const room = roomOf(store.state, key);
        return room === undefined ? 1 : firstSeq(room);
      };
      const start = first();
      while (store.state.sought === sought && first() > sought.seq) {
        progress((start - first()) / (start - sought.seq));
        if (!(await fetch())) return;
      }
    },
  };
}
