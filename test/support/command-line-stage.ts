import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox/start-sandbox.ts';
import { credentials } from '../../sandbox/testing/small-scenario.ts';
import { FakeClock } from './fake-clock.ts';
import { type Spoken, type TestInstallation, testInstallation } from './run-hajiri.ts';
import { createTestDatabase, type TestDatabase } from './test-database.ts';

/** A company that the commands themselves made, on Thursday morning in India. Yesterday is 11 March. */
export type CommandLineStage = {
  readonly clock: FakeClock;
  /** The directory that was imported. */
  readonly file: string;
  readonly database: TestDatabase;
  readonly sandbox: Sandbox;
  readonly hajiri: TestInstallation;
  /** Runs a command that must go well. */
  readonly good: (...argv: readonly string[]) => Promise<Spoken>;
  /** The same with `--json`. */
  readonly json: (...argv: readonly string[]) => Promise<unknown>;
  close(): Promise<void>;
};

export async function openCommandLineStage(options: {
  readonly scenario: Parameters<typeof startSandbox>[0]['scenario'];
  /** The directory as CSV. */
  readonly directory: string;
}): Promise<CommandLineStage> {
  const clock = new FakeClock('2026-03-12T05:30:00Z');
  const folder = await mkdtemp(join(tmpdir(), 'hajiri-verbs-'));
  const file = join(folder, 'employees.csv');
  await writeFile(file, options.directory);
  const database = await createTestDatabase();
  const sandbox = await startSandbox({ scenario: options.scenario, clock });
  const encryptionKeyText = randomBytes(32).toString('base64');
  const hajiri = testInstallation({ database, clock, sandbox, company: { credentials, encryptionKeyText } });
  const good = async (...argv: readonly string[]): Promise<Spoken> => {
    // Two runs that start at the same instant have no order.
    clock.advance({ milliseconds: 1 });
    const spoken = await hajiri.run(...argv);
    expect(spoken, argv.join(' ')).toMatchObject({ code: 0 });
    return spoken;
  };
  await good('organisations', 'add', 'Acme', '--zone', 'Asia/Kolkata');
  await good('connections', 'add', 'main', '--subdomain', 'acme');
  await good('employees', 'import', file);
  await good('fetch', '--from', '2026-03-10', '--to', '2026-03-11');
  return {
    clock,
    file,
    database,
    sandbox,
    hajiri,
    good,
    json: async (...argv) => JSON.parse((await good(...argv, '--json')).out) as unknown,
    async close() {
      await sandbox.close();
      await database.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
