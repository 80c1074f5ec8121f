import { expect, test } from 'vitest';
import { runFuzz } from './fuzz-run.ts';
import { WHERE } from './network.ts';

/** Most of them need a TLS handshake of their own; `npm run fuzz` sends twenty times as many and more. */
const FRAMES = 1_000;

const noPs = process.platform === 'win32' ? ' (skipped: there is no ps on Windows)' : '';

test.skipIf(noPs !== '')(
  `F7: ${FRAMES} frames of rubbish disturb nobody (${WHERE})${noPs}`,
  async () => {
    const result = await runFuzz(FRAMES, 1);
    expect(result.disturbed).toBeNull();
    expect(result.frames).toBeGreaterThanOrEqual(FRAMES);
    expect(result.lines).toBeGreaterThan(20);
    // What a host of this size settles at; it is flat in the long run.
    expect(result.memoryAfter).toBeLessThan(400);
  },
);
