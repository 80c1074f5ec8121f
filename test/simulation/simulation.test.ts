import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openSqliteStorage } from '../../main/storage/sqlite-storage.ts';
import type { Storage } from '../../main/storage/storage.ts';
import type { OpenStorage } from './disk.ts';
import { PINNED } from './pinned-plans.ts';
import { planFor } from './plan.ts';
import type { Plan } from './plan.ts';
import { shrink } from './shrink.ts';
import { simulate } from './simulate-plan.ts';

const timeout = 120_000;

test.for(PINNED)('a plan that failed once: %s', ([, plan]) => {
  simulate(plan);
});

function entered(seed: number): readonly string[] {
  return simulate(planFor(seed)).chronicle.ids();
}

test('a simulation repeats itself from its seed', () => {
  const ids = entered(9);
  expect(ids.length).toBeGreaterThan(20);
  expect(entered(9)).toEqual(ids);
  expect(entered(8)).not.toEqual(ids);
});

function failsByThreeLines({ steps }: Plan): string | null {
  return steps.filter((step) => step.do === 'say').length < 3 ? null : 'too much is said';
}

test('a failing plan is cut down to the steps it fails by', () => {
  const { steps } = shrink(planFor(1), failsByThreeLines);
  expect(steps.map((step) => step.do)).toEqual(['say', 'say', 'say']);
});

test('on a real database too', { timeout }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'lanyard-simulation-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const open = new Set<Storage>();
  onTestFinished(() => {
    for (const storage of open) storage.close();
  });
  /** A start after a crash finds what was written; the lock went with the process. */
  const databaseIn = (place: string): OpenStorage => {
    let storage: Storage | null = null;
    return () => {
      if (storage) {
        storage.close();
        open.delete(storage);
      }
      storage = openSqliteStorage(join(folder, place));
      open.add(storage);
      return storage;
    };
  };
  for (let seed = 1; seed <= 4; seed += 1) {
    const plan = planFor(seed);
    // Writing to a real disk takes its time.
    const some = { ...plan, steps: plan.steps.filter((_, index) => index % 3 === 0) };
    simulate(some, (person) => databaseIn(`${seed}-${person}`));
  }
});
