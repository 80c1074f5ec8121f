import { expect, test } from 'vitest';
import { DEFAULT_PORT } from '../../main/protocol/limits.ts';
import { occupyPort } from '../support/foreign-port.ts';
import { openRoom } from '../support/open-room.ts';
import { join } from '../support/protocol-member.ts';

test('D4: rooms on one device take the usual port, then the next free ones', async () => {
  const rooms = [await openRoom(), await openRoom(), await openRoom()];
  const ports = rooms.map(({ port }) => port);
  // Rooms of other tests come and go there meanwhile.
  for (const port of ports) {
    expect(port).toBeGreaterThanOrEqual(DEFAULT_PORT);
    expect(port).toBeLessThan(DEFAULT_PORT + 100);
  }
  expect(new Set(ports).size).toBe(3);
  for (const port of ports) (await join(port, 'Ann')).crash();
});

test('D4: a port that was asked for is taken, or the room says that it is in use', async () => {
  const port = await occupyPort();
  await expect(openRoom({}, { port })).rejects.toMatchObject({
    code: 'port-in-use',
    message: expect.stringContaining(`Port ${port} is used by another program`),
  });
});

test('a room can take a port again that an earlier one has left', async () => {
  const first = await openRoom();
  await first.stop();
  const second = await openRoom({}, { port: first.port });
  expect(second.port).toBe(first.port);
});
