import { expect, test } from 'vitest';
import { testFolder } from '../storage/folder.ts';
import { freePort } from '../support/foreign-port.ts';
import { Device } from './device.ts';

const addressOf = ({ rooms }: Device) =>
  `127.0.0.1:${rooms.views()[0]?.hosting?.port ?? expect.unreachable()}`;

test('a room that will be opened again is never told as ended meanwhile', async () => {
  const folder = testFolder();
  const before = new Device(folder, 'Host');
  await before.rooms.host({ room: 'Lab 3' });
  await before.turnOff();

  const { rooms } = new Device(folder, 'Host');
  const restored = rooms.restore();
  expect(rooms.views()[0]?.status.state).toBe('connecting');
  await restored;
  expect(rooms.views()[0]?.status.state).toBe('here');
});

test('I3: a room that moved is joined where one says it is, whoever has its former address', async () => {
  const [hostFolder, annFolder] = [testFolder(), testFolder()];
  const host = new Device(hostFolder, 'Host');
  const port = await freePort();
  await host.rooms.host({ room: 'Lab 3', port });
  const former = addressOf(host);
  const ann = new Device(annFolder, 'Ann');
  await ann.rooms.joinAddress(former, undefined);
  await ann.turnOff();
  await host.turnOff();

  const stranger = new Device(testFolder(), 'Mallory');
  await stranger.rooms.host({ room: 'Other', port });
  const moved = new Device(hostFolder, 'Host');
  await moved.rooms.restore();
  expect(addressOf(moved)).not.toBe(former);

  const back = new Device(annFolder, 'Ann');
  const key = await back.rooms.joinAddress(addressOf(moved), undefined);
  back.rooms.get(key).say('found you');
  await moved.keeps('found you');
  expect(back.rooms.views()).toHaveLength(1);
});
