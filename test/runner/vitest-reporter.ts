import type { Reporter } from 'vitest/node';
import { endWithRunner, sendReport, skippedTest } from './report.ts';
import type { Skipped } from './report.ts';

/** Counts what vitest ran. A file that cannot be loaded and a stray error each count as failed. */
export default class VitestReporter implements Reporter {
  onInit(): void {
    endWithRunner();
  }

  async onTestRunEnd(
    ...[modules, strayErrors]: Parameters<Required<Reporter>['onTestRunEnd']>
  ): Promise<void> {
    let passed = 0;
    let failed = strayErrors.length;
    const skipped: Skipped[] = [];
    for (const module of modules) {
      failed += module.errors().length;
      for (const suite of module.children.allSuites()) failed += suite.errors().length;
      for (const test of module.children.allTests()) {
        const result = test.result();
        if (result.state === 'passed') passed += 1;
        else if (result.state === 'skipped') skipped.push(skippedTest(test.fullName, result.note));
        else failed += 1;
      }
    }
    await sendReport({ passed, failed, skipped, notes: [] });
  }
}
