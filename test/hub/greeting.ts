import { nextEpoch } from '../../main/hub/epochs.ts';
import type { Greeting } from '../../main/hub/hub-types.ts';
import { PROTOCOL_VERSION } from '../../main/protocol/limits.ts';
import { hash, sign } from '../simulation/crypto.ts';
import { HOST_KEY, ROOM, TALK } from '../simulation/names.ts';

const BEGINNING = { epoch: '', seq: 0, link: '' };

/** What an open room with nothing in its logs says to somebody who comes in. */
export function greetingTo(you: string): Greeting {
  const content = { room: ROOM.id, writer: HOST_KEY, places: [] };
  const signed = (text: string) => sign(HOST_KEY, text);
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
    epoch: nextEpoch([], content, { hash, sign: signed }).record,
    logs: [ROOM.id, TALK].map((conversation) => ({
      conversation,
      common: null,
      floor: BEGINNING,
      last: BEGINNING,
      after: BEGINNING,
      entries: [],
      head: null,
    })),
  };
}
