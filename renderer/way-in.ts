/** How a room is entered. It may ask for a passphrase on the way. */
import type { RoomKey } from '../main/model/room.ts';

export type WayIn =
  /** A room of the nearby list, by its id. */
  | { readonly by: 'nearby'; readonly id: string }
  /** What was typed, pasted or opened. */
  | { readonly by: 'address'; readonly address: string }
  /** A room one was in before. */
  | { readonly by: 'room'; readonly key: RoomKey };
