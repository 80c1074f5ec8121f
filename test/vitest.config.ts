import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/e2e/**'],
    // Tests wait for events, not for time: this is only for those that never come.
    testTimeout: 20_000,
    hookTimeout: 20_000,
    reporters: ['default', './test/runner/vitest-reporter.ts'],
  },
});
