import type { Greeting } from '../../main/hub/hub-types.ts';

/** What an open room with nothing in its log says to somebody who comes in. */
export function greetingTo(you: string): Greeting {
  return {
    type: 'welcome',
    version: 1,
    you,
    room: {
      id: 'r',
      name: 'Room',
      access: 'open',
      locked: false,
      slowSeconds: 0,
      idleMinutes: null,
      remembersDays: null,
    },
    log: { epoch: 'e', seq: 0, first: 1 },
    entries: [],
    resumed: false,
  };
}
