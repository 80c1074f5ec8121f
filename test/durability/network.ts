/** Where the processes of a test run: on a network of their own, or on this computer's loopback. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createLan, whyNoLan } from '../support/network-namespaces.ts';

const noLan = whyNoLan();

/** Part of a test's name: where it runs. */
export const WHERE =
  noLan === null ? 'in network namespaces' : `on this computer’s loopback: ${noLan}`;

export interface Computer {
  /** Its address for the others. */
  readonly address: string;
  /** Where its room listens; null for the usual port, which on this computer others use too. */
  readonly port: number | null;
  spawn(file: string, args: readonly string[]): ChildProcess;
  /** Pulls its network cable out or puts it back; does nothing on this computer. */
  setCable(state: 'in' | 'out'): Promise<void>;
}

export interface Network {
  readonly computers: readonly Computer[];
  /** Kills what still runs in it. */
  dispose(): Promise<void>;
}

/** This computer, for what needs no network. */
export const HERE: Pick<Computer, 'spawn'> = { spawn: (file, args) => spawn(file, args) };

/** A network of so many computers, or this one so many times. */
export async function openNetwork(count: number): Promise<Network> {
  if (noLan === null) {
    const lan = await createLan(count);
    const computers = Array.from({ length: count }, (_, index) => ({
      ...lan.host(index + 1),
      port: null,
    }));
    return { computers, dispose: () => lan.dispose() };
  }
  const children: ChildProcess[] = [];
  const here: Computer = {
    address: '127.0.0.1',
    port: await freePort(),
    spawn(file, args) {
      const child = spawn(file, args);
      children.push(child);
      return child;
    },
    setCable: () => Promise.resolve(),
  };
  return {
    computers: Array.from({ length: count }, () => here),
    async dispose() {
      for (const child of children) child.kill('SIGKILL');
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0);
  await once(server, 'listening');
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('there is no free port');
  return address.port;
}
