import { expect, test } from 'vitest';
import { whatIsWrong } from './chaos-checks.ts';
import { runChaos } from './chaos-run.ts';
import { WHERE } from './network.ts';

test(`O10: 200 messages through outages and crashes: all copies are equal in the end (${WHERE})`, async () => {
  const result = await runChaos({
    seed: 1,
    people: 12,
    messages: 200,
    talkMs: 5_000,
    outageMs: 3_000,
    log: () => undefined,
  });
  expect(whatIsWrong(result)).toBeNull();
  expect(result.entries).toHaveLength(200);
  expect(result.hashes).toHaveLength(13);
  expect(result.kills).toBeGreaterThan(0);
});
