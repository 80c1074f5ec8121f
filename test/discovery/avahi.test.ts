/** The most common other implementation of multicast DNS sees our rooms, and we see its. */
import { spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { describe, expect, test, type TestContext } from 'vitest';
import type { Advert } from '../../main/discovery/discovery.ts';
import { PROTOCOL_VERSION } from '../../main/protocol/limits.ts';
import { createLan, whyNoLan } from '../support/network-namespaces.ts';
import { startPeer } from './start-peer.ts';

/** The time a line may take to be printed, in ms. */
const LIMIT = 60_000;

/** A system bus and an Avahi daemon in a `/run` of their own, which ends with them. */
const START_AVAHI = `
  mount -t tmpfs tmpfs /run && mkdir /run/dbus &&
  dbus-daemon --system --fork --nopidfile && exec avahi-daemon --no-drop-root --no-chroot`;

const PROGRAMS = ['avahi-daemon', 'avahi-browse', 'avahi-publish', 'dbus-daemon', 'nsenter'];

function whyNoAvahi(): string | null {
  const missing = PROGRAMS.filter(
    (it) => spawnSync(`command -v ${it}`, { shell: true }).status !== 0,
  );
  return missing.length === 0 ? null : `${missing.join(', ')} not installed`;
}

const office: Advert = {
  id: 'office',
  name: 'Büro 3',
  port: 47100,
  at: null,
  members: 4,
  access: 'open',
  locked: true,
};

const reason = whyNoLan() ?? whyNoAvahi();
const skipped = reason === null ? '' : ` (skipped: ${reason})`;

describe(`Avahi${skipped}`, { concurrent: true, skip: reason !== null }, () => {
  test('D1-D7: avahi-browse shows our room, its changes and its end', async (context) => {
    const { peer, start, run } = await startBoth(context);
    const seen = linesOf(start('avahi-browse', '--resolve', '--parsable', '_lanyard._tcp').stdout);
    peer.tell({ do: 'advertise', advert: office });
    const resolved = await seen(/^=;eth0;IPv4;/);
    expect(resolved).toMatch(/;_lanyard\._tcp;local;lanyard-\w+\.local;10\.77\.0\.1;47100;/);
    // It prints the bytes of letters outside ASCII as decimal numbers.
    const strings = [
      'txtvers=1',
      'id=office',
      `proto=${PROTOCOL_VERSION}`,
      'n=4',
      'access=open',
      'lock=1',
      String.raw`name=B\195\188ro 3`,
    ];
    for (const string of strings) expect(resolved).toContain(`"${string}"`);
    peer.tell({ do: 'update', id: 'office', change: { members: 5 } });
    // The new TXT has to replace the old one in the cache of the daemon.
    const resolvedAnew = async () => {
      const lines = await run('avahi-browse', '-rpt', '_lanyard._tcp');
      return lines.split('\n').filter((line) => line.startsWith('=;eth0;IPv4;'));
    };
    const updated = [expect.stringContaining('"n=5"')];
    await expect.poll(resolvedAnew).toEqual(updated);
    peer.tell({ do: 'withdraw', id: 'office' });
    await seen(/^-;eth0;IPv4;/);
  });

  test('D1, D2: a service of avahi-publish is in our list until it ends', async (context) => {
    const { peer, start } = await startBoth(context);
    peer.tell({ do: 'browse' });
    const facts = ['n=7', 'access=passphrase', 'lock=0'];
    const txt = ['txtvers=1', 'id=kitchen', 'proto=1', ...facts, 'name=Küche 3.5'];
    start('avahi-publish', '-s', 'Rubbish', '_lanyard._tcp', '4712', 'n=x');
    const published = start('avahi-publish', '-s', 'K. 3.5', '_lanyard._tcp', '4711', ...txt);
    const rooms = await peer.rooms((list) => list.length > 0);
    expect(rooms).toEqual([
      {
        id: 'kitchen',
        name: 'Küche 3.5',
        members: 7,
        access: 'passphrase',
        locked: false,
        version: 1,
        addresses: ['10.77.0.2:4711'],
      },
    ]);
    await peer.debug('ignored rubbish._lanyard._tcp.local');
    published.kill();
    await peer.rooms((list) => list.length === 0);
  });
});

/** A LAN with a Lanyard peer on host 1 and Avahi on host 2. */
async function startBoth({ onTestFinished }: TestContext) {
  const lan = await createLan(2);
  onTestFinished(() => lan.dispose());
  const host = lan.host(2);
  const daemon = host.spawn('sh', ['-c', START_AVAHI], { stdio: ['ignore', 'ignore', 'pipe'] });
  await linesOf(daemon.stderr)(/^Server startup complete/);
  /** Arguments that run a program where the daemon can be reached. */
  const beside = (args: readonly string[]) => ['-t', String(daemon.pid), '-m', ...args];
  return {
    peer: await startPeer(lan.host(1)),
    start: (...args: readonly string[]): ChildProcess =>
      host.spawn('nsenter', beside(args), { stdio: ['ignore', 'pipe', 'ignore'] }),
    run: (...args: readonly string[]): Promise<string> => host.run('nsenter', beside(args)),
  };
}

/** Resolves to the first line, told or to come, that is as wished; rejects after the limit. */
function linesOf(stream: Readable | null): (wish: RegExp) => Promise<string> {
  if (stream === null) throw new Error('the program has no pipe');
  const lines: string[] = [];
  const reader = createInterface({ input: stream }).on('line', (line) => lines.push(line));
  return async (wish) => {
    const signal = AbortSignal.timeout(LIMIT);
    for (;;) {
      const line = lines.find((it) => wish.test(it));
      if (line !== undefined) return line;
      await once(reader, 'line', { signal });
    }
  };
}
