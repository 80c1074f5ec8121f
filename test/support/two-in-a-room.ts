import { BulletinBoard } from './bulletin-board.ts';
import { Device } from './device.ts';

/** Ann hosts, Bo has joined. */
export async function twoInARoom() {
  const board = new BulletinBoard();
  const [ann, bo] = [new Device('Ann', board), new Device('Bo', board)];
  const hosted = await ann.rooms.host({ room: 'Lab 3' });
  const [found] = bo.rooms.nearby();
  const joined = await bo.rooms.joinNearby(found?.id ?? '', undefined);
  await ann.until(hosted, ({ roster }) => roster.length === 2);
  const [host, member] = [ann.rooms.get(hosted), bo.rooms.get(joined)];
  return { ann, bo, hosted, joined, host, member };
}
