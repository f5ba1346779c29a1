import path from 'node:path';
import { defineConfig } from 'vitest/config';

const root = path.resolve(import.meta.dirname, '..');

/** Integration tests that put other modules in the place of real ones. */
const mockingIntegration = ['lib/api/doors.int.test.ts'];

/**
 * `unit` needs nothing but Node, and its files share one process; `mocked` (`*.mocked.test.ts`) is the same for files that put other modules
 * in the place of real ones, each of which has a process of its own; `integration` (`*.int.test.ts`) runs against a real
 * PostgreSQL that its global setup starts, `integration-mocked` likewise.
 */
export default defineConfig({
  root,
  resolve: { alias: { '@': root } },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{lib,components,app}/**/*.test.{ts,tsx}', '.config/**/*.test.ts'],
          exclude: ['**/*.int.test.ts', '**/*.mocked.test.*', '**/node_modules/**'],
          // Two hundred files of small tests: to load their modules once takes half of the time of all.
          isolate: false,
          // A machine that does other work as well takes seconds to start a browser.
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      { extends: true, test: { name: 'mocked', include: ['{lib,components,app}/**/*.mocked.test.{ts,tsx}'] } },
      {
        extends: true,
        test: {
          name: 'integration-mocked',
          include: mockingIntegration,
          globalSetup: ['lib/store/testing/postgres.global.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['{lib,app}/**/*.int.test.ts'],
          exclude: mockingIntegration,
          // One after the other in one process: each has a database of its own, and the modules are loaded once.
          isolate: false,
          globalSetup: ['lib/store/testing/postgres.global.ts'],
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
