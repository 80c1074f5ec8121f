/**
 * Several hosts on one machine: Linux network namespaces, each with an address of its own, joined
 * by a switch. Nothing is added to the machine's own network: the switch is a bridge in a
 * namespace of its own. Needs root and iproute2.
 *
 * ```ts
 * const reason = whyNoLan();
 * test.skipIf(reason !== null)(`two hosts meet${reason ? ` (skipped: ${reason})` : ''}`, async () => {
 *   const lan = await createLan(2);
 *   try {
 *     lan.host(1).spawn(process.execPath, ['server.ts']);
 *     await lan.host(2).run('ping', ['-c1', lan.host(1).address]);
 *   } finally {
 *     await lan.dispose();
 *   }
 * });
 * ```
 */
import {
  execFile,
  spawn,
  spawnSync,
  type ChildProcess,
  type SpawnOptions,
} from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { promisify } from 'node:util';

/** One host of the LAN: a network namespace. */
export interface LanHost {
  /** The namespace, as `ip netns exec` wants it. */
  readonly namespace: string;
  /** Its IPv4 address on the LAN; the interface is called `eth0`. */
  readonly address: string;
  /** Starts a program on this host; it is killed with the LAN at the latest. */
  spawn(file: string, args: readonly string[], options?: SpawnOptions): ChildProcess;
  /** Runs a program on this host to its end; resolves to what it printed, rejects when it fails. */
  run(file: string, args: readonly string[]): Promise<string>;
  /** Pulls the cable out at the switch, or puts it back. Addresses stay, nothing arrives. */
  setCable(state: 'in' | 'out'): Promise<void>;
}

export interface Lan {
  /** The host with this number, counted from 1: its address is 10.77.0.number. */
  host(number: number): LanHost;
  /** Kills everything that runs on the hosts and removes them. */
  dispose(): Promise<void>;
}

/** `lanyard-<pid of the maker>-<random>-<switch or host number>` */
const NAMESPACE = /^lanyard-(\d+)-[0-9a-f]{6}-\w+$/;

const run = promisify(execFile);
const ip = (...args: string[]) => run('ip', args);

/** Why there can be no LAN of namespaces here, or null when there can. */
export function whyNoLan(): string | null {
  if (process.platform !== 'linux') return 'network namespaces are a Linux feature';
  if (process.getuid?.() !== 0) return 'network namespaces need root';
  const name = namespaceName(tag(), 'trial');
  const made = spawnSync('ip', ['netns', 'add', name], { encoding: 'utf8' });
  if (made.error) return 'ip (iproute2) is not installed';
  if (made.status !== 0) return `no network namespace can be made: ${made.stderr.trim()}`;
  spawnSync('ip', ['netns', 'delete', name]);
  return null;
}

/** A LAN of `count` hosts at 10.77.0.1, .2, …; multicast goes out of their `eth0`. */
export async function createLan(count: number): Promise<Lan> {
  await removeStale();
  const lanTag = tag();
  const hub = namespaceName(lanTag, 'switch');
  const names = Array.from({ length: count }, (_, index) => namespaceName(lanTag, `${index + 1}`));
  const dispose = async () => {
    for (const name of [...names, hub]) await remove(name);
  };
  try {
    await ip('netns', 'add', hub);
    await ip('-n', hub, 'link', 'add', 'bridge', 'type', 'bridge', 'mcast_snooping', '0');
    await ip('-n', hub, 'link', 'set', 'bridge', 'up');
    const hosts: LanHost[] = [];
    for (const [index, name] of names.entries()) {
      hosts.push(await plugIn(hub, name, index + 1));
    }
    const host = (number: number) => {
      const found = hosts[number - 1];
      if (found === undefined) throw new RangeError(`this LAN has no host ${number}`);
      return found;
    };
    return { host, dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

async function plugIn(hub: string, namespace: string, number: number): Promise<LanHost> {
  const port = `port${number}`;
  const address = `10.77.0.${number}`;
  await ip('netns', 'add', namespace);
  await ip('-n', namespace, 'link', 'set', 'lo', 'up');
  await ip('-n', namespace, 'link', 'add', 'eth0', 'type', 'veth', 'peer', port, 'netns', hub);
  await ip('-n', hub, 'link', 'set', port, 'master', 'bridge', 'up');
  await ip('-n', namespace, 'address', 'add', `${address}/24`, 'dev', 'eth0');
  await ip('-n', namespace, 'link', 'set', 'eth0', 'up');
  await ip('-n', namespace, 'route', 'add', '224.0.0.0/4', 'dev', 'eth0');
  const inside = (file: string, args: readonly string[]) => [
    'netns',
    'exec',
    namespace,
    file,
    ...args,
  ];
  return {
    namespace,
    address,
    spawn: (file, args, options = {}) => spawn('ip', inside(file, args), options),
    run: async (file, args) => (await run('ip', inside(file, args))).stdout,
    setCable: async (state) => {
      await ip('-n', hub, 'link', 'set', port, state === 'in' ? 'up' : 'down');
    },
  };
}

/** Removes what killed runs left behind. */
async function removeStale(): Promise<void> {
  for (const name of await namespaces()) {
    const maker = NAMESPACE.exec(name)?.[1];
    // Another test may be removing it at the same time.
    if (maker !== undefined && !isRunning(Number(maker))) await remove(name).catch(() => undefined);
  }
}

/** Removes a namespace, if it is there, and ends every process in it. */
async function remove(namespace: string): Promise<void> {
  try {
    const { stdout } = await ip('netns', 'pids', namespace);
    for (const pid of stdout.split('\n').filter(Boolean)) kill(Number(pid));
    await ip('netns', 'delete', namespace);
  } catch (error) {
    // It was never made.
    if ((await namespaces()).includes(namespace)) throw error;
  }
}

async function namespaces(): Promise<string[]> {
  const { stdout } = await ip('netns', 'list');
  return stdout.split('\n').map((line) => line.split(' ')[0] ?? '');
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended by itself.
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function tag(): string {
  return randomBytes(3).toString('hex');
}

function namespaceName(lanTag: string, part: string): string {
  return `lanyard-${process.pid}-${lanTag}-${part}`;
}
