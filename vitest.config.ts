import { defineConfig } from 'vitest/config';

const everywhere = ['src/**', 'sandbox/**', 'test/**', 'bench/**', 'web/src/**'];

export default defineConfig({
  test: {
    // Hosts differ in zone; results must not. Tests that care start processes with other zones.
    env: { TZ: 'America/New_York' },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: everywhere.map((folder) => `${folder}/*.test.ts`),
          exclude: ['**/*.integration.test.ts', '**/*.browser.test.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          // Many of these wait, for processes, for seconds that are real and for databases: three files at a time, on any machine.
          maxWorkers: 3,
          globalSetup: ['test/support/start-postgres.ts', 'test/support/build-pages.ts'],
          include: everywhere.map((folder) => `${folder}/*.integration.test.ts`),
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          // The real server, sandbox and PostgreSQL, seen through Chromium.
          name: 'browser',
          // Pages wait for the server, and the server for the database: two files at a time, on any machine.
          maxWorkers: 2,
          globalSetup: ['test/support/start-postgres.ts', 'test/support/build-pages.ts'],
          include: ['test/browser/**/*.browser.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
