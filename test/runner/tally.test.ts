import { expect, test } from 'vitest';
import { skippedTest } from './report.ts';
import { Tally } from './tally.ts';

const report = { passed: 3, failed: 0, skipped: [], notes: [] };

test('checks and tests add up, and the counts are the last line', () => {
  const tally = new Tally();
  tally.addCheck(true);
  tally.addTests(true, report);
  expect(tally.summary()).toBe('4 passed, 0 failed, 0 skipped\n');
  expect(tally.ok).toBe(true);
});

test('what was skipped is listed with its reason and is not passed', () => {
  const tally = new Tally();
  tally.addTests(true, { ...report, skipped: [{ name: 'two hosts meet', reason: 'no root' }] });
  expect(tally.summary()).toBe(
    'Skipped:\n  two hosts meet: no root\n3 passed, 0 failed, 1 skipped\n',
  );
});

test('a run without any test is not a good one', () => {
  const tally = new Tally();
  tally.addCheck(true);
  tally.addTests(true, { ...report, passed: 0 });
  expect(tally.ok).toBe(false);
  expect(tally.summary()).toContain('No test ran.');
});

test('a stage that ends badly has failed, whatever its tests say', () => {
  const tally = new Tally();
  tally.addTests(false, report);
  tally.addTests(false, null);
  expect(tally.summary()).toBe('3 passed, 2 failed, 0 skipped\n');
  expect(tally.ok).toBe(false);
});

test('a reason is what the framework was told, or stands in the title', () => {
  expect(skippedTest('hosts meet (skipped: no root)', undefined)).toEqual({
    name: 'hosts meet',
    reason: 'no root',
  });
  expect(skippedTest('hosts meet', 'no cable')).toEqual({ name: 'hosts meet', reason: 'no cable' });
  expect(skippedTest('hosts meet', undefined).reason).toBe('no reason given');
});
