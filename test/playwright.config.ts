import { defineConfig } from '@playwright/test';
import { QUIET_ARGUMENTS } from './runner/chromium.ts';
import { whyNoLan } from './support/network-namespaces.ts';

/** The tests in a real browser. Which browser, and on which computer, is said in e2e/harness.ts. */
export default defineConfig({
  testDir: 'e2e',
  outputDir: '../test-results',
  // Two tests at once must not see each other's rooms: that takes a network for each.
  workers: whyNoLan() === null ? 3 : 1,
  fullyParallel: true,
  forbidOnly: process.env['CI'] !== undefined,
  // Tests wait for events, not for time: this is only for those that never come.
  timeout: 180_000,
  expect: { timeout: 40_000 },
  reporter: [['list'], ['./runner/playwright-reporter.ts']],
  use: {
    browserName: 'chromium',
    locale: 'en-US',
    timezoneId: 'UTC',
    viewport: { width: 1280, height: 800 },
    screenshot: 'only-on-failure',
    launchOptions: { args: QUIET_ARGUMENTS },
  },
});
