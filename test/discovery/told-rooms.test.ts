/** What a room that is really hosted tells the network of itself, over the loopback's multicast. */
import { networkInterfaces } from 'node:os';
import { expect, onTestFinished, test } from 'vitest';
import type { FoundRoom } from '../../main/discovery/discovery.ts';
import type { SystemInterfaces } from '../../main/network-interfaces.ts';
import { createMdnsDiscovery } from '../../main/discovery/mdns-discovery.ts';
import { act, setAccess } from '../../main/rooms/care.ts';
import { Device } from '../support/device.ts';
import { join } from '../support/protocol-member.ts';

/** The device as it is without any network. */
function loopbackOnly(): SystemInterfaces {
  const all = Object.entries(networkInterfaces());
  return Object.fromEntries(
    all.map(([name, infos = []]) => [name, infos.filter((info) => info.internal)]),
  );
}

function startDiscovery() {
  const discovery = createMdnsDiscovery({ interfaces: loopbackOnly });
  onTestFinished(() => discovery.stop());
  return discovery;
}

test('K1, D2: changed access and a lock are told at once, and how many are in a closed room never', async () => {
  const host = new Device('Host', undefined, { discovery: startDiscovery() });
  const key = await host.rooms.host({ room: 'Lab 3' });
  const room = host.rooms.get(key);
  const { info, hosting } = host.view(key);
  /** Everything told of the room, in order. */
  const told: Pick<FoundRoom, 'members' | 'access' | 'locked'>[] = [];
  const news = new EventTarget();
  const browsing = startDiscovery().browse((rooms) => {
    const found = rooms.find(({ id }) => id === info.id);
    if (found) told.push({ members: found.members, access: found.access, locked: found.locked });
    news.dispatchEvent(new Event('told'));
  });
  onTestFinished(() => browsing.stop());
  const tells = async (wanted: (typeof told)[number]) => {
    while (JSON.stringify(told.at(-1)) !== JSON.stringify(wanted)) {
      await new Promise((resolve) => news.addEventListener('told', resolve, { once: true }));
    }
  };

  await tells({ members: 1, access: 'open', locked: false });
  const ann = await join(hosting?.port ?? 0, 'Ann');
  await tells({ members: 2, access: 'open', locked: false });
  await setAccess(room, 'invite', undefined);
  await tells({ members: null, access: 'invite', locked: false });
  await act(room, 'lock', '');
  await tells({ members: null, access: 'invite', locked: true });
  ann.crash();
  await host.until(key, ({ roster }) => roster.length === 1);
  await act(room, 'unlock', '');
  await setAccess(room, 'passphrase', 'open sesame');
  await tells({ members: null, access: 'passphrase', locked: false });
  expect(told.filter(({ access, members }) => access !== 'open' && members !== null)).toEqual([]);
});
