import type { Report, Skipped } from './report.ts';

/** Adds up the stages. What was skipped is listed and never counted as passed. */
export class Tally {
  #passed = 0;
  #failed = 0;
  readonly #skipped: Skipped[] = [];
  #tests = 0;

  /** A stage that is one check. */
  addCheck(ok: boolean): void {
    if (ok) this.#passed += 1;
    else this.#failed += 1;
  }

  /** A stage of tests. One that ends badly though every test passed, or without a word, has failed. */
  addTests(ok: boolean, report: Report | null): void {
    const { passed = 0, failed = 0, skipped = [] } = report ?? {};
    this.#passed += passed;
    this.#failed += failed === 0 && !ok ? 1 : failed;
    this.#skipped.push(...skipped);
    this.#tests += passed + failed;
  }

  addSkipped(skipped: Skipped): void {
    this.#skipped.push(skipped);
  }

  /** False when anything failed, or when no test ran at all. */
  get ok(): boolean {
    return this.#failed === 0 && this.#tests > 0;
  }

  /** The skipped tests with their reasons, then the counts as the last line. */
  summary(): string {
    const skipped = this.#skipped.map(({ name, reason }) => `  ${name}: ${reason}\n`);
    const list = skipped.length === 0 ? '' : `Skipped:\n${skipped.join('')}`;
    const noTests = this.#tests === 0 ? 'No test ran.\n' : '';
    const counts = `${this.#passed} passed, ${this.#failed} failed, ${skipped.length} skipped`;
    return `${list}${noTests}${counts}\n`;
  }
}
