/** Real multicast DNS within this process, over the loopback alone: needs no rights. */
import { randomUUID } from 'node:crypto';
import { networkInterfaces } from 'node:os';
import { expect, test, type TestContext } from 'vitest';
import type { Discovery, FoundRoom } from '../../main/discovery/discovery.ts';
import type { SystemInterfaces } from '../../main/network-interfaces.ts';
import { createMdnsDiscovery } from '../../main/discovery/mdns-discovery.ts';
import { PROTOCOL_VERSION } from '../../main/protocol/limits.ts';

/** The device as it is without any network. */
function loopbackOnly(): SystemInterfaces {
  const all = Object.entries(networkInterfaces());
  return Object.fromEntries(
    all.map(([name, infos = []]) => [name, infos.filter((info) => info.internal)]),
  );
}

function start({ onTestFinished }: TestContext, interfaces: () => SystemInterfaces): Discovery {
  const discovery = createMdnsDiscovery({ interfaces });
  onTestFinished(() => discovery.stop());
  return discovery;
}

/** Resolves to this room once it is listed, or to null once it is not. */
function seen(discovery: Discovery, id: string, listed: boolean): Promise<FoundRoom | null> {
  const { promise, resolve } = Promise.withResolvers<FoundRoom | null>();
  const browsing = discovery.browse((rooms) => {
    const room = rooms.find((it) => it.id === id) ?? null;
    if ((room !== null) === listed) resolve(room);
  });
  return promise.finally(() => browsing.stop());
}

test('D1, D7: two apps of one device find each other without a network', async (context) => {
  const host = start(context, loopbackOnly);
  const guest = start(context, loopbackOnly);
  const room = { id: randomUUID(), name: '机房 🛰️', access: 'open', locked: true } as const;
  const advert = { ...room, port: 47100, at: null, members: 3 };
  const advertisement = host.advertise(advert);
  const keepBrowsing = guest.browse(() => {});
  const { id } = room;
  expect(await seen(guest, id, true)).toMatchObject({
    ...room,
    members: 3,
    version: PROTOCOL_VERSION,
  });
  await advertisement.stop();
  // Harmless when called twice.
  await advertisement.stop();
  expect(await seen(guest, id, false)).toBeNull();
  keepBrowsing.stop();
});

test('D3: an interface is used as soon as it is there', async (context) => {
  let interfaces: SystemInterfaces = {};
  const host = start(context, () => interfaces);
  const guest = start(context, loopbackOnly);
  const id = randomUUID();
  const rules = { access: 'open', locked: false } as const;
  host.advertise({ id, name: 'Lab', port: 47100, at: null, members: 1, ...rules });
  const found = seen(guest, id, true);
  interfaces = loopbackOnly();
  expect(await found).toMatchObject({ id });
});
