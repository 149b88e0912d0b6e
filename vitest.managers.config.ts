import { defineConfig } from 'vitest/config';

/** The real hook managers, fetched from their registries when they are asked for, and so not in `npm test`. */
export default defineConfig({
  test: {
    include: ['test/managers/**/*.test.ts'],
    globalSetup: ['test/support/temporary-setup.ts', 'test/support/build-setup.ts'],
    pool: 'forks',
    maxWorkers: 1,
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});
