import { defineConfig } from 'vitest/config';

/** They start processes, wait for networks or try for long: begun last, they would end last. */
const LONG = 'test/{discovery,durability,packaging,simulation}/**/*.test.ts';

/** They wait for nothing: what they take is a core. */
const SEEDS = 'test/simulation/seeds*.test.ts';

/** They put a stand-in in the place of a module, for the length of a process. */
const MOCKED = 'test/shells/electron/**/*.test.ts';

export default defineConfig({
  test: {
    // Begun in the order of their names.
    projects: [
      {
        extends: true,
        test: { name: 'long', include: [LONG], exclude: [SEEDS], testTimeout: 300_000 },
      },
      { extends: true, test: { name: 'seeds', include: [SEEDS] } },
      { extends: true, test: { name: 'mocked', include: [MOCKED] } },
      {
        extends: true,
        test: {
          name: 'quick',
          include: ['test/**/*.test.ts'],
          exclude: [LONG, MOCKED],
          // Loading what they test takes longer than testing it: files share a few processes.
          isolate: false,
        },
      },
    ],
    // Tests wait for events, not for time: this is only for those that never come.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 60_000 } },
    // Most of them wait for a network most of the time: more at once than there are cores.
    maxWorkers: 4,
    reporters: ['default', './test/runner/vitest-reporter.ts'],
  },
});
