import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { WebSocket } from 'ws';
import { SUBPROTOCOL } from '../../../main/protocol/limits.ts';
import { number, target } from '../findings.ts';
import { end, firstLine, start } from '../processes.ts';
import type { Scenario } from '../scenario.ts';
import { median } from '../statistics.ts';

const CLI = fileURLToPath(new URL('../../../dist/main/cli.js', import.meta.url));
const TIMES = 5;

const ready = v.object({ ready: v.literal(true), port: v.number() });

/** From the start of `lanyard host` to the first word of its hub to a newcomer, in ms. */
async function untilJoinable(dataDir: string): Promise<number> {
  const begun = performance.now();
  const options = ['--room=Bench', '--name=Host', '--json', '--transport=plain'];
  const child = start('server', [
    process.execPath,
    CLI,
    'host',
    ...options,
    `--data-dir=${dataDir}`,
  ]);
  try {
    const { port } = v.parse(ready, JSON.parse(await firstLine(child)));
    await firstWord(port);
    return performance.now() - begun;
  } finally {
    await end(child);
  }
}

/** Resolves when the hub has asked a newcomer who it is (I4). */
function firstWord(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}`, SUBPROTOCOL);
    socket.once('error', reject);
    socket.once('message', () => {
      socket.terminate();
      resolve();
    });
  });
}

export const coldStart: Scenario = {
  name: 'cold-start',
  title: 'From starting `lanyard host` to a room one can join',
  async run({ tools }) {
    if (!existsSync(CLI)) throw new Error('There is no dist/main/cli.js: run npm run build.');
    const first: number[] = [];
    const later: number[] = [];
    for (let time = 0; time < TIMES; time += 1) {
      const dataDir = mkdtempSync(join(tools.folder, 'start-'));
      first.push(await untilJoinable(dataDir));
      later.push(await untilJoinable(dataDir));
      rmSync(dataDir, { recursive: true, force: true });
    }
    return {
      targets: [target('Joinable after ≤ 400 ms', median(later), { max: 400 }, ' ms')],
      tables: [
        {
          title: `${TIMES} times each`,
          head: ['', 'median ms', 'least', 'most'],
          rows: [row('on a device that has its key', later), row('the very first time', first)],
        },
      ],
      figures: { first, later },
    };
  },
};

function row(what: string, times: readonly number[]): readonly string[] {
  return [what, number(median(times)), number(Math.min(...times)), number(Math.max(...times))];
}
