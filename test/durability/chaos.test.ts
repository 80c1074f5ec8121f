import { expect, test } from 'vitest';
import { whatIsWrong } from './chaos-checks.ts';
import { runChaos } from './chaos-run.ts';
import { WHERE } from './network.ts';

test(`O10: 300 messages through outages and crashes: all copies are equal in the end (${WHERE})`, async () => {
  const result = await runChaos({
    seed: 1,
    people: 20,
    messages: 300,
    talkMs: 6_000,
    outageMs: 3_000,
    log: () => undefined,
  });
  expect(whatIsWrong(result)).toBeNull();
  expect(result.entries).toHaveLength(300);
  expect(result.hashes).toHaveLength(21);
  expect(result.kills).toBeGreaterThan(0);
});
