import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Program } from '../e2e/program.ts';
import type { AbuseStage } from './abuse-stages.ts';
import { STAGES } from './abuse-stages.ts';
import { startHost } from './lanyard.ts';
import { memoryOf, TELLS_MEMORY } from './memory.ts';
import type { Memory } from './memory.ts';
import { openNetwork } from './network.ts';

const PROGRAM = fileURLToPath(new URL('abuse-program.ts', import.meta.url));

/** What a stage of some thousands may take, in ms. */
const STAGE_MS = 30 * 60_000;

export interface AbuseOptions {
  /** Attempts to come in, all refused. */
  readonly joins: number;
  /** Frames of members who are removed for them. */
  readonly frames: number;
  /** Connections that never become a WebSocket. */
  readonly halfOpen: number;
  /** How long nothing happens after all that, in seconds. */
  readonly quiet: number;
}

export interface AbuseResult {
  /** In their order. */
  readonly stages: readonly (AbuseStage & { readonly name: string; readonly memory: Memory })[];
  /** After the quiet. */
  readonly memory: Memory;
  /** Lines each member heard, every one of them once and in order. */
  readonly lines: number;
}

/** Abuses a host of its own; rejects when the host does not survive it. Linux only. */
export async function runAbuse(options: AbuseOptions): Promise<AbuseResult> {
  const dataDir = await mkdtemp(join(tmpdir(), 'lanyard-abuse-'));
  const network = await openNetwork(1);
  try {
    const [computer] = network.computers;
    if (!computer) throw new Error('there is no computer');
    const access = ['--access=invite', '--invite'];
    const host = await startHost(computer, { dataDir, options: access, node: TELLS_MEMORY });
    const [, invite = ''] = await host.program.line(/"invite":"[^"]*invite=([^"&]+)/);
    const { joins, frames, halfOpen, quiet } = options;
    const args = [PROGRAM, host.port, invite, joins, frames, halfOpen].map(String);
    const abuse = new Program(computer.spawn(process.execPath, args));
    const stages = [];
    for (const [index, name] of STAGES.entries()) {
      const line = await abuse.line(new RegExp(`^${name} (.*)$`), STAGE_MS);
      const stage: AbuseStage = JSON.parse(line[1] ?? '');
      stages.push({ name, ...stage, memory: await memoryOf(host.program, index + 1) });
      abuse.write('');
    }
    const [, lines] = await abuse.line(/^(\d+) lines$/);
    await delay(quiet * 1_000);
    const memory = await memoryOf(host.program, STAGES.length + 1);
    if ((await host.program.stop()) !== 0) throw new Error(`the host:\n${host.program.output}`);
    return { stages, memory, lines: Number(lines) };
  } finally {
    await network.dispose();
    await rm(dataDir, { recursive: true, force: true });
  }
}
