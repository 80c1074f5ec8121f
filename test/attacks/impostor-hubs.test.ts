/** I3: hubs that pose as a room somebody knows. */
import { describe, expect, test } from 'vitest';
import { BulletinBoard } from '../support/bulletin-board.ts';
import { Device } from '../support/device.ts';
import { freePort } from '../support/foreign-port.ts';
import { freshIdentity } from '../support/identities.ts';
import { epochOf, LyingHub, roomOf } from '../support/lying-hub.ts';
import { HOST, ROOM } from '../support/open-room.ts';

/** Somebody who was in a room of a host, and both are found on one board. */
async function acquainted() {
  const board = new BulletinBoard();
  const host = new Device('Hugo', board);
  // Not the usual port: another test's room may be there once this one is closed.
  const hosted = await host.rooms.host({ room: 'Lab 3', port: await freePort() });
  const { id } = host.view(hosted).info;
  const ann = new Device('Ann', board);
  const key = await ann.rooms.joinNearby(id, undefined);
  await ann.until(key, ({ status }) => status.state === 'here');
  return { board, host, hosted, id, ann, key };
}

/** Another device that says it is that room. */
async function impostorOf(id: string, board: BulletinBoard, port?: number) {
  const identity = freshIdentity();
  const hub = await LyingHub.start({
    identity,
    room: { id },
    ...(port === undefined ? {} : { port }),
  });
  board.discovery().advertise({
    id,
    name: 'Lab 3',
    port: hub.port,
    at: null,
    members: 1,
    access: 'open',
    locked: false,
  });
  return { hub, identity };
}

test('an impostor that is announced with the room’s id and name is stopped at, before a word', async () => {
  const { board, host, hosted, id, ann, key } = await acquainted();
  await ann.rooms.leave(key);
  await host.rooms.leave(hosted);
  const { hub, identity } = await impostorOf(id, board);
  await expect(ann.rooms.joinNearby(id, undefined)).rejects.toMatchObject({
    code: 'host-key-changed',
  });
  expect(hub.heard).toEqual([]);
  const view = ann.view(key);
  expect(view.status).toMatchObject({ state: 'ended', reason: 'host-key-changed' });
  expect([view.hostKey, view.otherHostKey]).toEqual([host.identity.id, identity.id]);
});

test('an impostor announced before the host keeps nobody from the host', async () => {
  const { board, host, id, ann, key } = await acquainted();
  await ann.rooms.leave(key);
  const { hub } = await impostorOf(id, board);
  await ann.rooms.rejoin(key);
  await ann.until(key, ({ status }) => status.state === 'here');
  expect(ann.view(key).hostKey).toBe(host.identity.id);
  expect(ann.view(key).otherHostKey).toBeNull();
  expect(hub.heard).toEqual([]);
});

test('a flood of impostors keeps nobody from the host, now or later', async () => {
  const { board, host, id, ann, key } = await acquainted();
  const impostors = await Promise.all(
    Array.from({ length: 12 }, () => LyingHub.start({ identity: freshIdentity(), room: { id } })),
  );
  const ports = impostors.map(({ port }) => port);
  for (const found of [ports.slice(0, 4), ports.slice(4), ports.slice(0, 8)]) {
    await ann.rooms.leave(key);
    board.announceOnlyAt(id, found);
    await ann.rooms.rejoin(key);
    await ann.until(key, ({ status }) => status.state === 'here');
  }
  expect(ann.view(key).hostKey).toBe(host.identity.id);
  expect(impostors.flatMap(({ heard }) => heard)).toEqual([]);
});

test('an impostor that takes the host’s address while it is away stops the one who comes back', async () => {
  const { board, host, hosted, id, ann, key } = await acquainted();
  const port = host.view(hosted).hosting?.port ?? 0;
  await host.rooms.leave(hosted);
  await ann.until(key, ({ status }) => status.state === 'ended');
  const { hub } = await impostorOf(id, board, port);
  await expect(ann.rooms.rejoin(key)).rejects.toMatchObject({ code: 'host-key-changed' });
  expect(hub.heard).toEqual([]);
});

test('a plain hub under a known room’s id hears nothing but a name, and is refused', async () => {
  const { id, ann, key } = await acquainted();
  await ann.rooms.leave(key);
  const hub = await LyingHub.start({ identity: null, room: { id } });
  const joining = ann.rooms.joinAddress(`ws://${hub.address}/`, undefined);
  await expect(joining).rejects.toMatchObject({ code: 'host-key-changed' });
  expect(hub.heard.map(({ type }) => type)).toEqual(['hello']);
});

test('an impostor at an address of its own, which says it is a known room', async () => {
  const { host, id, ann, key } = await acquainted();
  await ann.rooms.leave(key);
  const identity = freshIdentity();
  const hub = await LyingHub.start({ identity, room: { id } });
  await expect(ann.rooms.joinAddress(hub.address, undefined)).rejects.toMatchObject({
    code: 'host-key-changed',
  });
  // The room that is known shows both keys.
  expect(ann.rooms.views()).toHaveLength(1);
  expect(ann.view(key)).toMatchObject({
    status: { state: 'ended', reason: 'host-key-changed' },
    hostKey: host.identity.id,
    otherHostKey: identity.id,
  });
});

test('L2: a device that shows the founder’s signatures and has another key is no host', async () => {
  const { record: epoch } = epochOf(ROOM, HOST);
  const hub = await LyingHub.start({
    identity: freshIdentity(),
    welcome: (truth) => ({ ...truth, epoch }),
  });
  // Who never met the host knows its key by the room.
  const joining = new Device('Ann').rooms.joinAddress(hub.address, undefined);
  await expect(joining).rejects.toMatchObject({ code: 'log-forged' });
});

describe('another key in the place of a room’s host', () => {
  test('is met by nothing but the warning, and hears nothing', async () => {
    const { board, host, hosted, id, ann, key } = await acquainted();
    await host.rooms.leave(hosted);
    await ann.until(key, ({ status }) => status.state === 'ended');
    const { hub } = await impostorOf(id, board);
    await expect(ann.rooms.rejoin(key)).rejects.toMatchObject({ code: 'host-key-changed' });
    expect(ann.view(key).hostKey).toBe(host.identity.id);
    await expect(ann.rooms.rejoin(key)).rejects.toMatchObject({ code: 'host-key-changed' });
    expect(hub.heard).toEqual([]);
  });

  test('is not mistaken for another room that a known room’s address belongs to now', async () => {
    const { host, hosted, ann, key } = await acquainted();
    const port = host.view(hosted).hosting?.port ?? 0;
    await host.rooms.leave(hosted);
    await ann.until(key, ({ status }) => status.state === 'ended');
    const identity = freshIdentity();
    const room = roomOf(identity);
    const hub = await LyingHub.start({ identity, room, port });
    const other = await ann.rooms.joinAddress(hub.address, undefined);
    expect(other).not.toBe(key);
    expect(ann.view(other).info.id).toBe(room.id);
    expect(ann.view(key).hostKey).toBe(host.identity.id);
  });
});
