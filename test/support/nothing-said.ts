import { BEGINNING } from '../../main/timeline/chain.ts';
import type { LogState } from '../../main/wire/messages.ts';

/** How a log in which there is nothing stands to a newcomer (W4). */
export const NOTHING_SAID: Omit<LogState, 'conversation'> = {
  common: null,
  floor: BEGINNING,
  last: BEGINNING,
  after: BEGINNING,
  entries: [],
  head: null,
};
