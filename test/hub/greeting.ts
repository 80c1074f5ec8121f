import { nextEpoch } from '../../main/hub/epochs.ts';
import type { Greeting } from '../../main/hub/hub-types.ts';
import { PROTOCOL_VERSION } from '../../main/protocol/limits.ts';
import { hash } from '../simulation/crypto.ts';
import { HOST_KEY, ROOM, TALK } from '../simulation/names.ts';
import { NOTHING_SAID } from '../support/nothing-said.ts';
import { signByHost } from './tried-hub.ts';

/** What an open room with nothing in its logs says to somebody who comes in. */
export function greetingTo(you: string): Greeting {
  const content = { room: ROOM.id, writer: HOST_KEY, places: [] };
  return {
    type: 'welcome',
    version: PROTOCOL_VERSION,
    you,
    room: {
      ...ROOM,
      name: 'Room',
      access: 'open',
      locked: false,
      slowSeconds: 0,
      idleMinutes: null,
      remembersDays: null,
    },
    epoch: nextEpoch([], content, { hash, sign: signByHost }).record,
    logs: [ROOM.id, TALK].map((conversation) => ({ conversation, ...NOTHING_SAID })),
  };
}
