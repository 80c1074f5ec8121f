/** The host's own way to its hub. */
import { once } from 'node:events';
import { MessageChannel } from 'node:worker_threads';
import { expect, test } from 'vitest';
import type { DisconnectReason } from '../../main/model/error-codes.ts';
import type { HubMessage } from '../../main/wire/messages.ts';
import { hostConnection } from '../../main/server/host-port.ts';
import { TALK } from '../support/open-room.ts';

test('a hub that says what cannot be read is left, and nothing after it is heard', async () => {
  const { port1, port2 } = new MessageChannel();
  const heard: (HubMessage | DisconnectReason)[] = [];
  hostConnection(port1, {
    opened: () => undefined,
    message: (message) => heard.push(message),
    closed: (reason) => heard.push(reason),
  });
  const typing = { type: 'typing', conversation: TALK, id: 'a', on: true } as const;
  const frames = [typing, { type: 'entries', after: 0 }, typing].map((it) => JSON.stringify(it));
  port2.postMessage({ frames });
  await once(port2, 'close');
  expect(heard).toEqual([typing, 'bad-message']);
});
