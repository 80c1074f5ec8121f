import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { number, target } from '../findings.ts';
import { collect, start } from '../processes.ts';
import type { Scenario } from '../scenario.ts';
import { median } from '../statistics.ts';

const PROGRAM = fileURLToPath(new URL('../search-program.ts', import.meta.url));

const schema = v.object({
  fillSeconds: v.number(),
  indexSeconds: v.number(),
  searches: v.array(v.object({ query: v.string(), hits: v.number(), ms: v.array(v.number()) })),
});

export const search: Scenario = {
  name: 'search',
  title: 'Search',
  async run({ tools, quick }) {
    const entries = quick ? 50_000 : 1_000_000;
    const dataDir = mkdtempSync(join(tools.folder, 'search-'));
    const options = ['--data-dir', dataDir, '--entries', String(entries)];
    const child = start('server', [process.execPath, PROGRAM, ...options]);
    const { ok, stdout, stderr } = await collect(child);
    if (!ok) throw new Error(stderr);
    const { fillSeconds, indexSeconds, searches } = v.parse(schema, JSON.parse(stdout));
    const slowest = Math.max(...searches.map(({ ms }) => median(ms)));
    return {
      targets: [target('The slowest query ≤ 50 ms', slowest, { max: 50 }, ' ms')],
      tables: [
        {
          title: `Among ${number(entries)} entries, written in ${number(fillSeconds)} s and indexed in ${number(indexSeconds)} s`,
          head: ['query', 'hits shown', 'median ms', 'first ms'],
          rows: searches.map(({ query, hits, ms }) => [
            query,
            String(hits),
            number(median(ms)),
            number(ms[0] ?? NaN),
          ]),
        },
      ],
      figures: { fillSeconds, indexSeconds, searches },
    };
  },
};
