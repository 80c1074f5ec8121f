import type { Reporter, Suite, TestCase } from '@playwright/test/reporter';
import { endWithRunner, sendReport, skippedTest } from './report.ts';
import type { Skipped } from './report.ts';

/** Counts what Playwright ran. An error outside of the tests counts as failed. */
export default class PlaywrightReporter implements Reporter {
  #tests: readonly TestCase[] = [];
  #strayErrors = 0;

  onBegin(_config: unknown, suite: Suite): void {
    endWithRunner();
    this.#tests = suite.allTests();
  }

  onError(): void {
    this.#strayErrors += 1;
  }

  async onEnd(): Promise<void> {
    let passed = 0;
    let failed = this.#strayErrors;
    const skipped: Skipped[] = [];
    for (const test of this.#tests) {
      if (wasSkipped(test)) skipped.push(skippedTest(title(test), skipReason(test)));
      else if (test.ok() && test.results.length > 0) passed += 1;
      else failed += 1;
    }
    await sendReport({ passed, failed, skipped, notes: this.#tests.flatMap(notes) });
  }

  /** The list of tests is printed by another reporter. */
  printsToStdio(): boolean {
    return false;
  }
}

function wasSkipped(test: TestCase): boolean {
  return test.results.length > 0 && test.outcome() === 'skipped';
}

function title(test: TestCase): string {
  // The first three parts are the root, the project and the file.
  return test.titlePath().slice(3).join(' > ');
}

function skipReason(test: TestCase): string | undefined {
  return test.annotations.find(({ type }) => type === 'skip' || type === 'fixme')?.description;
}

/** What a test says about this run: `annotations.push({ type: 'note', description })`. */
function notes({ annotations }: TestCase): string[] {
  return annotations.flatMap(({ type, description }) =>
    type === 'note' ? (description ?? []) : [],
  );
}
