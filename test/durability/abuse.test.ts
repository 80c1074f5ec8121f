import { expect, test } from 'vitest';
import { runAbuse } from './abuse-run.ts';
import { WHERE } from './network.ts';

const notHere = process.platform === 'linux' ? '' : ' (skipped: needs /proc of Linux)';

/** More connections than a hub has places; `npm run abuse` does several times as much and more. */
const ABUSE = { joins: 90, frames: 4_000, halfOpen: 7_000, quiet: 0 };

test.skipIf(notHere !== '')(
  `who abuses a room is refused, others come in, and its host stays small (${WHERE})${notHere}`,
  async () => {
    const { stages, memory, lines } = await runAbuse(ABUSE);
    for (const { name, ...stage } of stages) {
      expect({ name, ...stage }).toMatchObject({ name, suffered: 0, disturbed: null });
      expect(stage.newcomers).toBeGreaterThan(0);
    }
    expect(lines).toBeGreaterThan(20);
    expect(memory.resident).toBeLessThan(200);
  },
);
