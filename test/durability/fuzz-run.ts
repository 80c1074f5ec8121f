import { fileURLToPath } from 'node:url';
import { rm, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Program } from '../e2e/program.ts';
import type { FuzzResult } from './fuzz-program.ts';
import { startHost } from './lanyard.ts';
import { openNetwork } from './network.ts';

const PROGRAM = fileURLToPath(new URL('fuzz-program.ts', import.meta.url));

/** Throws so many frames at a host of its own; rejects when the host does not survive it. */
export async function runFuzz(frames: number, seed: number): Promise<FuzzResult> {
  const dataDir = await mkdtemp(join(tmpdir(), 'lanyard-fuzz-'));
  const network = await openNetwork(1);
  try {
    const [computer] = network.computers;
    if (!computer) throw new Error('there is no computer');
    const host = await startHost(computer, { dataDir });
    const args = [PROGRAM, host.port, frames, seed, host.program.pid].map(String);
    const fuzz = new Program(computer.spawn(process.execPath, args));
    const limitMs = 90_000 + frames * 10;
    const result: FuzzResult = JSON.parse((await fuzz.line(/^\{"frames".*$/, limitMs)).input);
    if (!host.program.running) throw new Error(`the host died:\n${host.program.output}`);
    if ((await host.program.stop()) !== 0) throw new Error(`the host:\n${host.program.output}`);
    return result;
  } finally {
    await network.dispose();
    await rm(dataDir, { recursive: true, force: true });
  }
}
