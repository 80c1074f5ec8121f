/** How long a room remembers, at its host and in every copy. */
import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { clearHistory, setRemembers } from '../../main/rooms/care.ts';
import { openSqliteStorage } from '../../main/storage/sqlite-storage.ts';
import { testFolder } from '../storage/folder.ts';
import { identityOf } from '../support/identities.ts';
import { keepHosted } from '../support/kept-room.ts';
import { Device } from './device.ts';

const DAY_MS = 24 * 60 * 60_000;

interface Meeting {
  readonly host: Device;
  readonly hostFolder: string;
  readonly key: string;
  readonly port: number;
}

async function meet(): Promise<Meeting> {
  const hostFolder = testFolder();
  const host = new Device(hostFolder, 'Host');
  const key = await host.rooms.host({ room: 'Lab 3' });
  return { host, hostFolder, key, port: portOf(host) };
}

/** Where the one room it hosts listens: after a restart another test may have its former port. */
function portOf({ rooms }: Device): number {
  const [room] = rooms.views();
  return room?.hosting?.port ?? expect.unreachable();
}

/** A device that joins the room, over a folder it may have been used with before. */
async function joins(port: number, name: string, folder = testFolder()) {
  const device = new Device(folder, name);
  const key = await device.rooms.joinAddress(`127.0.0.1:${port}`, undefined);
  return { device, key };
}

test('L9: everything is remembered, by default and through restarts', async () => {
  const { host, hostFolder, key } = await meet();
  for (const text of ['one', 'two']) host.rooms.get(key).say(text);
  await host.keeps('one', 'two');
  await host.turnOff();
  const again = new Device(hostFolder, 'Host');
  await again.rooms.restore();
  const { device } = await joins(portOf(again), 'Ann');
  await device.keeps('one', 'two');
});

test('L9: a room that remembers nothing tells those who are here, and nobody later', async () => {
  const { host, key, port } = await meet();
  const annFolder = testFolder();
  const ann = await joins(port, 'Ann', annFolder);
  host.rooms.get(key).say('before');
  await ann.device.keeps('before');
  await setRemembers(host.rooms.get(key), 0);
  expect(host.texts).toEqual([]);
  ann.device.rooms.get(ann.key).say('now');
  await ann.device.keeps('before', 'now');
  await host.keeps();

  const bo = await joins(port, 'Bo');
  await bo.device.keeps();
  host.rooms.get(key).say('to both');
  await bo.device.keeps('to both');
  expect(bo.device.kept[0]?.seq).toBe(3);

  // Who comes back forgets what the room has forgotten.
  await ann.device.turnOff();
  const back = await joins(port, 'Ann', annFolder);
  await back.device.keeps();
  expect(back.device.rooms.search('before', back.key, Infinity).hits).toEqual([]);
});

/** Puts the room of a device into its folder: said in it was something five, three and one days ago. */
function keepAged(folder: string, settings: object): void {
  const storage = openSqliteStorage(folder);
  const days = [5, 3, 1];
  const texts = days.map((ago) => `${ago} days ago`);
  const at = days.map((ago) => Date.now() - ago * DAY_MS);
  keepHosted(storage, identityOf(folder), { room: 'Lab 3', texts, at, active: true, settings });
  storage.close();
}

test('L9: what is older than so many days is forgotten, by the host and by those who come back', async () => {
  const hostFolder = testFolder();
  keepAged(hostFolder, {});
  const host = new Device(hostFolder, 'Host');
  await host.rooms.restore();
  const [{ key } = expect.unreachable()] = host.rooms.views();
  const annFolder = testFolder();
  const ann = await joins(portOf(host), 'Ann', annFolder);
  await ann.device.keeps('5 days ago', '3 days ago', '1 days ago');
  await ann.device.turnOff();
  await setRemembers(host.rooms.get(key), 2);
  await host.keeps('1 days ago');

  const back = await joins(portOf(host), 'Ann', annFolder);
  await back.device.keeps('1 days ago');
  const late = await joins(portOf(host), 'Bo');
  await late.device.keeps('1 days ago');
  expect(late.device.kept[0]?.seq).toBe(3);
});

test('L9: what has grown old while the room was closed is forgotten as it opens', async () => {
  const folder = testFolder();
  keepAged(folder, { remembersDays: 2 });
  const host = new Device(folder, 'Host');
  await host.rooms.restore();
  await host.keeps('1 days ago');
});

test('L9: a history that is cleared is gone for those here, those away and those who come later', async () => {
  const { host, key, port } = await meet();
  const boFolder = testFolder();
  const ann = await joins(port, 'Ann');
  const bo = await joins(port, 'Bo', boFolder);
  for (const text of ['one', 'two', 'three']) host.rooms.get(key).say(text);
  await ann.device.keeps('one', 'two', 'three');
  await bo.device.keeps('one', 'two', 'three');
  await bo.device.turnOff();

  await clearHistory(host.rooms.get(key));
  expect(host.texts).toEqual([]);
  await ann.device.keeps();
  expect(ann.device.events).toContainEqual({
    type: 'room-log-reset',
    key: ann.key,
    entries: [],
    hasOlder: false,
  });
  ann.device.rooms.get(ann.key).say('a new leaf');
  await host.keeps('a new leaf');
  expect(host.kept[0]?.seq).toBe(4);

  const back = await joins(port, 'Bo', boFolder);
  await back.device.keeps('a new leaf');
  const late = await joins(port, 'Cem');
  await late.device.keeps('a new leaf');
  for (const { device } of [ann, back, late]) {
    expect(device.rooms.search('two', null, Infinity).hits).toEqual([]);
  }
});

test('L9: a message that was on its way while the history was cleared arrives once', async () => {
  const { host, key, port } = await meet();
  const ann = await joins(port, 'Ann');
  for (let round = 0; round < 20; round += 1) {
    ann.device.rooms.get(ann.key).say(`before ${round}`);
    await clearHistory(host.rooms.get(key));
    ann.device.rooms.get(ann.key).say(`after ${round}`);
  }
  ann.device.rooms.get(ann.key).say('last');
  for (const each of [ann.device, host]) while (each.texts.at(-1) !== 'last') await turn();
  // What is forgotten is told once what is said is safe.
  await expect.poll(() => ann.device.kept).toEqual(host.kept);
  // Once the host has vouched for what it has.
  while (ann.device.storage.rooms()[0]?.outbox().length !== 0) await turn();
  const ids = host.kept.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});
