import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** Folders whose tests start nothing and share nothing. */
const PURE = ['core', 'domain', 'render'].map((folder) => `test/${folder}/**/*.test.ts`);

/** What hangs must end some time; how fast it is, is measured by the bench, on an idle machine. */
const PATIENCE = 180_000;

export default defineConfig({
  test: {
    // A test of the real part waits for programs half of its time, so that another can use the core.
    maxWorkers: Math.ceil(availableParallelism() * 1.5),
    // A worker that has loaded much takes its time to end on a busy machine, and that is no fault.
    teardownTimeout: 30_000,
    projects: [
      {
        test: {
          name: 'pure',
          include: PURE,
          pool: 'threads',
          isolate: false,
          globalSetup: ['test/support/temporary-setup.ts'],
          testTimeout: PATIENCE,
        },
      },
      {
        test: {
          name: 'real',
          include: ['test/**/*.test.ts'],
          // Programs of others: `npm run test:harness`, and `npm run test:managers`.
          exclude: [...PURE, 'test/harness/**', 'test/managers/**'],
          // Starting git is dear for a process as large as all threads together.
          pool: 'forks',
          // Loading what nearly every test needs once and not 250 times.
          isolate: false,
          globalSetup: ['test/support/temporary-setup.ts', 'test/support/build-setup.ts'],
          testTimeout: PATIENCE,
          hookTimeout: PATIENCE,
        },
      },
    ],
  },
});
