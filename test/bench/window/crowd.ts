/** Rooms that fill and talk, for the window to be in. */
import { fileURLToPath } from 'node:url';
import { createInterface } from 'node:readline';
import { once } from 'node:events';
import { end, start } from '../processes.ts';

const CROWD = fileURLToPath(new URL('crowd-program.ts', import.meta.url));

export interface Crowd {
  /** Resolves when they have said everything. */
  readonly said: Promise<unknown>;
  stop(): Promise<void>;
}

export interface CrowdOptions {
  readonly members: number;
  /** Messages a second, all together. */
  readonly rate?: number;
  /** How many are said, or come in, in all. */
  readonly count?: number;
  /** How many more come in a second. */
  readonly joins?: number;
}

/** Resolves once all of them are in the room at this port; from then on they talk. */
export async function startCrowd(port: number, options: CrowdOptions): Promise<Crowd> {
  const words = Object.entries({ port, ...options }).map(([name, value]) => `--${name}=${value}`);
  const child = start('server', [process.execPath, CROWD, ...words]);
  child.stderr?.pipe(process.stderr);
  if (child.stdout === null) throw new Error('What people say of themselves goes nowhere.');
  const lines = createInterface({ input: child.stdout });
  await once(lines, 'line');
  return { said: once(lines, 'line'), stop: () => end(child) };
}
