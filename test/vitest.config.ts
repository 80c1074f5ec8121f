import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/e2e/**'],
    // Tests wait for events, not for time: this is only for those that never come.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 60_000 } },
    // Most of them wait for a network most of the time: more at once than there are cores.
    maxWorkers: 4,
    reporters: ['default', './test/runner/vitest-reporter.ts'],
  },
});
