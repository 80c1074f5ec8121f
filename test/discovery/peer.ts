/**
 * A process with a discovery of its own: told over standard input what to do, telling over
 * standard output what it finds, one JSON value a line. At the end of its input it stops and must
 * end by itself. `start-peer.ts` runs it on a host of a LAN.
 */
import { createInterface } from 'node:readline';
import type { Advert, Advertisement, FoundRoom } from '../../main/discovery/discovery.ts';
import { createMdnsDiscovery } from '../../main/discovery/mdns-discovery.ts';

export type PeerCommand =
  | { readonly do: 'browse' }
  | { readonly do: 'advertise'; readonly advert: Advert }
  | {
      readonly do: 'update';
      readonly id: string;
      readonly change: Parameters<Advertisement['update']>[0];
    }
  | { readonly do: 'withdraw'; readonly id: string };

export type PeerReport =
  | { readonly tells: 'ready' }
  | { readonly tells: 'rooms'; readonly rooms: readonly FoundRoom[] }
  | { readonly tells: 'debug'; readonly line: string };

const report = (value: PeerReport) => process.stdout.write(`${JSON.stringify(value)}\n`);
const discovery = createMdnsDiscovery({ debug: (line) => report({ tells: 'debug', line }) });
const announced = new Map<string, Advertisement>();

async function obey(command: PeerCommand): Promise<void> {
  switch (command.do) {
    case 'browse':
      discovery.browse((rooms) => report({ tells: 'rooms', rooms }));
      break;
    case 'advertise':
      announced.set(command.advert.id, discovery.advertise(command.advert));
      break;
    case 'update':
      announced.get(command.id)?.update(command.change);
      break;
    case 'withdraw':
      await announced.get(command.id)?.stop();
      break;
  }
}

report({ tells: 'ready' });
for await (const line of createInterface({ input: process.stdin })) {
  const command: PeerCommand = JSON.parse(line);
  await obey(command);
}
await discovery.stop();
