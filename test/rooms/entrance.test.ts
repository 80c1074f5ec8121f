import { expect, test } from 'vitest';
import type { ClientMessage } from '../../main/wire/messages.ts';
import { PLAIN_ENTRANCE } from '../../main/rooms/entrance.ts';
import { Room } from '../../main/rooms/room.ts';
import { createMemoryStorage } from '../../main/storage/memory-storage.ts';
import type { ConnectionListener } from '../../main/replica/link.ts';
import { welcomeOf } from '../client/tried-session.ts';
import { identityOf } from '../support/identities.ts';

test('K2: the token of an invitation is shown until one is in, and then forgotten', () => {
  const hellos: ClientMessage[] = [];
  const listeners: ConnectionListener[] = [];
  const room = new Room({
    ownName: 'Ann',
    identity: identityOf('Ann'),
    connect: () => (listener) => {
      listeners.push(listener);
      return { send: (message) => hellos.push(message), close: () => undefined };
    },
    storage: createMemoryStorage(),
    roomId: 'room-1',
    addresses: () => [],
    label: 'Lab 3',
    own: false,
    emit: () => undefined,
    mayBe: () => true,
    onProblem: (problem) => {
      throw problem;
    },
    onSaid: () => undefined,
  });
  void room.join({ ...PLAIN_ENTRANCE, invite: 'token' });
  listeners.at(-1)?.opened();
  expect(hellos).toMatchObject([{ type: 'hello', invite: 'token' }]);
  listeners.at(-1)?.message(welcomeOf());
  listeners.at(-1)?.closed('connection-lost');
  room.retryNow();
  listeners.at(-1)?.opened();
  expect(listeners).toHaveLength(2);
  expect(hellos[1]).toMatchObject({ type: 'hello' });
  expect(hellos[1]).not.toHaveProperty('invite');
});
