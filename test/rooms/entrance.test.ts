import { expect, test } from 'vitest';
import { PLAIN_ENTRANCE } from '../../main/rooms/entrance.ts';
import { GrowingLog, TALK } from './lab.ts';
import { BO, toldRoom } from './told-room.ts';

test('K2: the token of an invitation is shown until one is in, and then forgotten', () => {
  const { room, hub } = toldRoom();
  void room.join({ ...PLAIN_ENTRANCE, invite: 'token' });
  hub.opens();
  expect(hub.heard).toMatchObject([{ type: 'hello', invite: 'token' }]);
  hub.welcomes(BO.id, new GrowingLog(TALK));
  hub.loses();
  room.retryNow();
  hub.opens();
  expect(hub.connections).toBe(2);
  const again = hub.heard.at(-1);
  expect(again).toMatchObject({ type: 'hello' });
  expect(again).not.toHaveProperty('invite');
});
