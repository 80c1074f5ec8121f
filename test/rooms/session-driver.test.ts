import { expect, test } from 'vitest';
import { SessionDriver } from '../../main/rooms/session-driver.ts';
import type { ConnectionListener } from '../../main/replica/link.ts';
import { uncaughtDuring } from '../support/uncaught.ts';

test('whoever cannot take in what a session tells does not stop the session', async () => {
  const failure = new Error('nobody expected this');
  const connections: ConnectionListener[] = [];
  const told: string[] = [];
  const driver = new SessionDriver(
    {
      name: 'Ann',
      roomId: null,
      you: 'ann',
      outbox: [],
      copyOf: () => null,
      doubtHost: () => null,
    },
    (listener) => {
      connections.push(listener);
      return { send: () => undefined, close: () => undefined };
    },
    () => 'signature',
    (event) => {
      told.push(event.type === 'status' ? event.status.state : event.type);
      throw failure;
    },
  );
  const uncaught = await uncaughtDuring(() => {
    driver.prompt({ type: 'start' });
    connections[0]?.closed('connection-lost');
    driver.prompt({ type: 'retry-now' });
    driver.prompt({ type: 'leave' });
  });
  expect(told).toEqual(['connecting', 'waiting', 'connecting', 'ended']);
  expect(connections).toHaveLength(2);
  expect(uncaught).toEqual([failure, failure, failure, failure]);
});
