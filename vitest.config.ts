import { defineConfig } from 'vitest/config';

/** Folders whose tests start nothing and share nothing. */
const PURE = ['core', 'domain', 'render'].map((folder) => `test/${folder}/**/*.test.ts`);

export default defineConfig({
  test: {
    maxWorkers: '100%',
    projects: [
      { test: { name: 'pure', include: PURE, pool: 'threads', isolate: false } },
      {
        test: {
          name: 'real',
          include: ['test/**/*.test.ts'],
          exclude: PURE,
          // Starting git is dear for a process as large as all threads together.
          pool: 'forks',
          globalSetup: ['test/support/global-setup.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
