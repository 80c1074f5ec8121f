/** The computers that the app and its browser run on in the end-to-end tests. */
import { spawn } from 'node:child_process';
import type { ChildProcess, SpawnOptions } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findChromium } from '../runner/chromium.ts';
import type { LanHost } from '../support/network-namespaces.ts';

export interface Computer {
  /** Its address for other computers of the test. */
  readonly address: string;
  /** What starts Chromium there. */
  readonly chromium: string;
  spawn(file: string, args: readonly string[], options?: SpawnOptions): ChildProcess;
  /** Pulls its network cable out, or puts it back; only a computer on a LAN of its own has one. */
  setCable(state: 'in' | 'out'): Promise<void>;
  dispose(): Promise<void>;
}

/** The computer the tests run on. Its rooms and those around it are seen by every test. */
export function thisComputer(): Computer {
  return {
    address: '127.0.0.1',
    chromium: installedChromium(),
    spawn: (file, args, options = {}) => spawn(file, args, options),
    setCable: () => Promise.reject(new Error('the network of this computer is left alone')),
    dispose: () => Promise.resolve(),
  };
}

/** A host of a LAN made for the test, browser and all. */
export async function computerOn(host: LanHost): Promise<Computer> {
  const folder = await mkdtemp(join(tmpdir(), 'lanyard-chromium-'));
  const chromium = join(folder, 'chromium');
  const script = `#!/bin/sh\nexec ip netns exec ${host.namespace} '${installedChromium()}' "$@"\n`;
  await writeFile(chromium, script, { mode: 0o755 });
  return {
    address: host.address,
    chromium,
    spawn: (file, args, options) => host.spawn(file, args, options),
    setCable: (state) => host.setCable(state),
    dispose: () => rm(folder, { recursive: true, force: true }),
  };
}

function installedChromium(): string {
  const found = findChromium();
  if (found === null) throw new Error('No Chromium or Chrome was found; `npm test` installs one.');
  return found;
}
