/** Real multicast DNS between processes on hosts of a LAN of network namespaces. */
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { Advert, FoundRoom } from '../../main/discovery/discovery.ts';
import { PROTOCOL_VERSION } from '../../main/protocol/limits.ts';
import { createLan, whyNoLan, type Lan, type LanHost } from '../support/network-namespaces.ts';
import { startPeer } from './start-peer.ts';

const MDNS_RUBBISH = fileURLToPath(new URL('mdns-rubbish.ts', import.meta.url));
const MDNS_FLOOD = fileURLToPath(new URL('mdns-flood.ts', import.meta.url));

/** The time a room has to appear, to change or to go in order, in ms. */
const SOON = 3_000;
/** The time in which a room whose host crashed has to be gone, in ms. */
const CRASH_NOTICED = 30_000;

const lab: Advert = {
  id: 'lab',
  name: 'Lab 3',
  port: 47100,
  at: null,
  members: 1,
  access: 'open',
  locked: false,
};
const office: Advert = {
  id: 'office',
  name: 'Office',
  port: 47101,
  at: null,
  members: 4,
  access: 'open',
  locked: true,
};

const has = (id: string) => (rooms: readonly FoundRoom[]) => rooms.some((room) => room.id === id);
const hasNot = (id: string) => (rooms: readonly FoundRoom[]) => !has(id)(rooms);
const isEmpty = (rooms: readonly FoundRoom[]) => rooms.length === 0;

/** Gives the host a second network, 172.30.0.0/24, with nobody else there. */
async function addNetwork(host: LanHost): Promise<void> {
  await host.run('ip', ['link', 'add', 'other', 'type', 'veth', 'peer', 'name', 'far']);
  await host.run('ip', ['address', 'add', '172.30.0.1/24', 'dev', 'other']);
  await host.run('ip', ['link', 'set', 'other', 'up']);
  await host.run('ip', ['link', 'set', 'far', 'up']);
}

const reason = whyNoLan();
const skipped = reason === null ? '' : ` (skipped: ${reason})`;

/** A test with a LAN of its own. */
const onLan = (title: string, count: number, check: (lan: Lan) => Promise<void>) =>
  test(title, async () => {
    const lan = await createLan(count);
    try {
      await check(lan);
    } finally {
      await lan.dispose();
    }
  });

const options = { concurrent: true, skip: reason !== null };

describe(`rooms on a LAN${skipped}`, options, () => {
  // The longest comes first: the others run beside it.
  onLan('D8: a crashed host and an unplugged one are gone within 30 s', 4, async (lan) => {
    const crashing = await startPeer(lan.host(1));
    const unplugged = await startPeer(lan.host(2));
    const living = await startPeer(lan.host(3));
    const guest = await startPeer(lan.host(4));
    crashing.tell({ do: 'advertise', advert: lab });
    unplugged.tell({ do: 'advertise', advert: office });
    living.tell({ do: 'advertise', advert: { ...lab, id: 'living' } });
    guest.tell({ do: 'browse' });
    await guest.rooms((rooms) => rooms.length === 3);
    crashing.crash();
    await lan.host(2).setCable('out');
    await guest.rooms((rooms) => hasNot('lab')(rooms) && hasNot('office')(rooms), CRASH_NOTICED);
    await lan.host(2).setCable('in');
    // The third, which accepts no connections either, was heard in the answers all the time.
    await guest.rooms((rooms) => has('office')(rooms) && has('living')(rooms));
    expect(await unplugged.end()).toBe(0);
    expect(await guest.end()).toBe(0);
  });

  onLan('D1, D6, D7: a room appears, changes and goes within 3 s', 2, async (lan) => {
    const host = await startPeer(lan.host(1));
    const guest = await startPeer(lan.host(2));
    guest.tell({ do: 'browse' });
    await guest.rooms(isEmpty, SOON);
    host.tell({ do: 'advertise', advert: lab });
    expect(await guest.rooms(has('lab'), SOON)).toEqual([
      {
        id: 'lab',
        name: 'Lab 3',
        members: 1,
        access: 'open',
        locked: false,
        version: PROTOCOL_VERSION,
        addresses: ['10.77.0.1:47100'],
      },
    ]);
    host.tell({ do: 'update', id: 'lab', change: { members: 2 } });
    host.tell({ do: 'update', id: 'lab', change: { locked: true, name: 'Lab 4' } });
    await guest.rooms(
      ([room]) => room?.members === 2 && room.locked && room.name === 'Lab 4',
      SOON,
    );
    host.tell({ do: 'withdraw', id: 'lab' });
    await guest.rooms(isEmpty, SOON);
    expect(await host.end()).toBe(0);
    expect(await guest.end()).toBe(0);
  });

  onLan('D8: who comes later finds a room that was announced before', 2, async (lan) => {
    const host = await startPeer(lan.host(1));
    host.tell({ do: 'browse' });
    host.tell({ do: 'advertise', advert: lab });
    // Its own room is among those it hears.
    await host.rooms(has('lab'));
    const guest = await startPeer(lan.host(2));
    guest.tell({ do: 'browse' });
    await guest.rooms(has('lab'));
    // Stopping says goodbye for what is still announced.
    expect(await host.end()).toBe(0);
    await guest.rooms(isEmpty);
  });

  onLan('D2: names of 200 characters with emoji and Chinese arrive whole', 2, async (lan) => {
    const names = ['教'.repeat(200), '🧑‍🚀'.repeat(66) + '间間', 'a.b\\c'.repeat(40), '点.'];
    const host = await startPeer(lan.host(1));
    const guest = await startPeer(lan.host(2));
    guest.tell({ do: 'browse' });
    for (const [index, name] of names.entries()) {
      host.tell({ do: 'advertise', advert: { ...lab, id: `room-${index}`, name } });
    }
    const rooms = await guest.rooms((list) => list.length === names.length);
    expect(rooms.map((room) => room.name).toSorted()).toEqual(names.toSorted());
  });

  onLan('D1: stopping one of two rooms of a host leaves the other', 2, async (lan) => {
    const host = await startPeer(lan.host(1));
    const guest = await startPeer(lan.host(2));
    host.tell({ do: 'advertise', advert: lab });
    host.tell({ do: 'advertise', advert: office });
    guest.tell({ do: 'browse' });
    await guest.rooms((rooms) => rooms.length === 2);
    host.tell({ do: 'withdraw', id: 'lab' });
    expect(await guest.rooms(hasNot('lab'))).toMatchObject([{ id: 'office', members: 4 }]);
    // And it is still answered for.
    const late = await startPeer(lan.host(2));
    late.tell({ do: 'browse' });
    expect(await late.rooms(has('office'))).toMatchObject([{ id: 'office' }]);
  });

  onLan('D3, D6: the announced address follows that of the host', 2, async (lan) => {
    const host = await startPeer(lan.host(1));
    const guest = await startPeer(lan.host(2));
    host.tell({ do: 'advertise', advert: lab });
    guest.tell({ do: 'browse' });
    await guest.rooms(has('lab'));
    await lan.host(1).run('ip', ['address', 'add', '192.0.2.7/24', 'dev', 'eth0']);
    // One room with two addresses is one entry, the address of the own subnet first.
    expect(await guest.rooms(([room]) => room?.addresses.length === 2)).toMatchObject([
      { id: 'lab', addresses: ['10.77.0.1:47100', '192.0.2.7:47100'] },
    ]);
  });

  onLan('D3: on each network only the addresses there are announced', 2, async (lan) => {
    await addNetwork(lan.host(1));
    const host = await startPeer(lan.host(1));
    const guest = await startPeer(lan.host(2));
    host.tell({ do: 'advertise', advert: lab });
    host.tell({ do: 'browse' });
    guest.tell({ do: 'browse' });
    await host.rooms(([room]) => room?.addresses.length === 2);
    expect(await guest.rooms(has('lab'))).toMatchObject([{ addresses: ['10.77.0.1:47100'] }]);
  });

  onLan('D3: a host that plugs into a network announces there', 2, async (lan) => {
    await lan.host(1).run('ip', ['link', 'set', 'eth0', 'down']);
    const host = await startPeer(lan.host(1));
    const neighbour = await startPeer(lan.host(1));
    host.tell({ do: 'advertise', advert: lab });
    neighbour.tell({ do: 'browse' });
    // Without any network two processes of one device find each other.
    const [room] = await neighbour.rooms(has('lab'));
    expect(room?.addresses).toContain('127.0.0.1:47100');
    const guest = await startPeer(lan.host(2));
    guest.tell({ do: 'browse' });
    await guest.rooms(isEmpty);
    await lan.host(1).run('ip', ['link', 'set', 'eth0', 'up']);
    await guest.rooms(has('lab'));
  });

  onLan('a host without any route announces and finds', 2, async (lan) => {
    for (const number of [1, 2]) {
      await lan.host(number).run('ip', ['route', 'flush', 'table', 'main']);
    }
    const host = await startPeer(lan.host(1));
    const guest = await startPeer(lan.host(2));
    host.tell({ do: 'advertise', advert: lab });
    guest.tell({ do: 'browse' });
    await guest.rooms(has('lab'));
  });

  onLan('a taken mDNS port is told, survived and tried again', 2, async (lan) => {
    const hold = `require('node:dgram').createSocket('udp4').bind(5353, () => console.log('held'))`;
    const holder = lan.host(2).spawn(process.execPath, ['-e', hold], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await new Promise((resolve) => holder.stdout?.once('data', resolve));
    const host = await startPeer(lan.host(1));
    const guest = await startPeer(lan.host(2));
    host.tell({ do: 'advertise', advert: lab });
    guest.tell({ do: 'browse' });
    guest.tell({ do: 'advertise', advert: office });
    await guest.debug('EADDRINUSE');
    holder.kill();
    await guest.rooms((rooms) => rooms.length === 2);
    // By now nothing is repeated any more: changes arrive because they are announced.
    for (const members of [2, 3, 4]) {
      host.tell({ do: 'update', id: 'lab', change: { members } });
      await guest.rooms(([room]) => room?.members === members);
    }
    expect(await guest.end()).toBe(0);
  });

  onLan('bytes that are no DNS disturb nobody', 2, async (lan) => {
    const host = await startPeer(lan.host(1));
    const guest = await startPeer(lan.host(2));
    guest.tell({ do: 'browse' });
    await guest.rooms(isEmpty);
    await lan.host(1).run(process.execPath, [MDNS_RUBBISH]);
    host.tell({ do: 'advertise', advert: lab });
    await guest.rooms(has('lab'));
    expect(await host.end()).toBe(0);
    expect(await guest.end()).toBe(0);
  });

  onLan('D9: who has no address on a network is not believed there', 3, async (lan) => {
    await lan.host(1).run('ip', ['address', 'flush', 'dev', 'eth0']);
    await lan.host(1).run('ip', ['address', 'add', '192.0.2.7/24', 'dev', 'eth0']);
    const stranger = await startPeer(lan.host(1));
    const host = await startPeer(lan.host(2));
    const guest = await startPeer(lan.host(3));
    guest.tell({ do: 'browse' });
    await guest.rooms(isEmpty);
    stranger.tell({ do: 'browse' });
    stranger.tell({ do: 'advertise', advert: lab });
    await stranger.rooms(has('lab'));
    host.tell({ do: 'advertise', advert: office });
    expect(await guest.rooms(has('office'))).toMatchObject([{ id: 'office' }]);
  });

  onLan('D9: a packet of a thousand questions gets few answers', 2, async (lan) => {
    await addNetwork(lan.host(1));
    const host = await startPeer(lan.host(1));
    host.tell({ do: 'advertise', advert: lab });
    host.tell({ do: 'browse' });
    await host.rooms(([room]) => room?.addresses.length === 2);
    // Sixteen, and what the host announces and answers to itself meanwhile.
    const answers = Number(await lan.host(2).run(process.execPath, [MDNS_FLOOD]));
    expect(answers).toBeGreaterThanOrEqual(16);
    expect(answers).toBeLessThan(32);
  });
});
