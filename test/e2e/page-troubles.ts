/** What a page complains of: errors in its console, policy violations, exceptions. */
import type { Page } from '@playwright/test';

export class PageTroubles {
  readonly #seen: string[] = [];
  readonly #expected: RegExp[] = [];

  constructor(page: Page) {
    page.on('console', (message) => {
      if (message.type() === 'error') this.#seen.push(message.text());
    });
    page.on('pageerror', (error) => this.#seen.push(`uncaught: ${error.message}`));
    page.on('crash', () => this.#seen.push('the page crashed'));
  }

  /** From now on, and for what came before, complaints like this one belong to the test. */
  expect(pattern: RegExp): void {
    this.#expected.push(pattern);
  }

  get unexpected(): readonly string[] {
    return this.#seen.filter((text) => !this.#expected.some((pattern) => pattern.test(text)));
  }
}
