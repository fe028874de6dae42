import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox/start-sandbox.ts';
import { credentials, smallScenario } from '../../sandbox/testing/small-scenario.ts';
import { runProgram } from '../../src/cli/program.ts';
import { dumpDatabase } from '../support/dump-database.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { type TestInstallation, testInstallation } from '../support/run-hajiri.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';
import { until } from '../support/until.ts';

const names = ['HAJIRI_KEKA_CLIENT_ID', 'HAJIRI_KEKA_CLIENT_SECRET', 'HAJIRI_KEKA_API_KEY'] as const;
const values = [credentials.clientId, credentials.clientSecret, credentials.apiKey] as const;
const questions = ['Client ID from Keka:', 'Client Secret from Keka:', 'API Key from Keka:'] as const;

describe('the three secrets of a connection', () => {
  const clock = new FakeClock('2026-03-12T05:30:00Z');
  let folder: string;
  let database: TestDatabase;
  let sandbox: Sandbox;
  let hajiri: TestInstallation;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hajiri-secrets-'));
    database = await createTestDatabase();
    sandbox = await startSandbox({ scenario: smallScenario(1, ['2026-03-11']), clock });
    const encryptionKeyText = randomBytes(32).toString('base64');
    hajiri = testInstallation({ database, clock, sandbox, company: { credentials, encryptionKeyText } });
    await hajiri.run('organisations', 'add', 'Acme', '--zone', 'Asia/Kolkata');
  });
  afterAll(async () => {
    await sandbox?.close();
    await database?.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** A person at a terminal, without the secrets in the environment. */
  function sitDown(argv: readonly string[], environment: NodeJS.ProcessEnv = {}) {
    const input = new PassThrough();
    const said = { out: '', told: '' };
    const terminal = {
      write: (text: string) => void (said.out += text),
      tell: (text: string) => void (said.told += text),
      isInteractive: true,
      input,
      environment: {
        ...hajiri.environment,
        ...Object.fromEntries(names.map((name) => [name, undefined])),
        ...environment,
      },
    };
    const ended = runProgram(argv, { terminal, clock, signal: new AbortController().signal });
    return { input, said, ended, asked: (question: string) => until(() => said.told.includes(question)) };
  }

  async function expectGood(name: string): Promise<void> {
    const { code, out } = await hajiri.run('connections', 'test', name);
    expect(out).toContain('✓ Sign-in');
    expect(code).toBe(0);
  }

  it('are asked for one after the other, and never shown', async () => {
    const { input, said, ended, asked } = sitDown(['connections', 'add', 'asked', '--subdomain', 'acme']);
    for (const [index, question] of questions.entries()) {
      await asked(question);
      input.write(`${values[index]}\r`);
    }
    expect(await ended).toBe(0);
    expect(said.out).toContain('Added "asked".');
    for (const value of values) expect(`${said.out}${said.told}`).not.toContain(value);
    await expectGood('asked');
  });

  it('are asked for only where the environment does not have them', async () => {
    const given = { HAJIRI_KEKA_CLIENT_ID: values[0], HAJIRI_KEKA_API_KEY: values[2] };
    const { input, said, ended, asked } = sitDown(
      ['connections', 'add', 'mixed', '--subdomain', 'acme'],
      given,
    );
    await asked(questions[1]);
    input.write(`${values[1]}\r`);
    expect(await ended).toBe(0);
    expect(said.told).not.toContain(questions[0]);
    expect(said.told).not.toContain(questions[2]);
    await expectGood('mixed');
  });

  it('come out of files as they are, but for the end of the last line', async () => {
    const files: NodeJS.ProcessEnv = {};
    for (const [index, name] of names.entries()) {
      const file = join(folder, name);
      await writeFile(file, `${values[index]}${index === 1 ? '\r\n' : '\n'}`);
      files[`${name}_FILE`] = file;
    }
    const { ended } = sitDown(['connections', 'add', 'filed', '--subdomain', 'acme'], files);
    expect(await ended).toBe(0);
    await expectGood('filed');
  });

  it('stay as they are when something else is changed, and are asked for when they shall be new', async () => {
    const kept = sitDown(['connections', 'change', 'asked', '--key', 'email']);
    expect(await kept.ended).toBe(0);
    expect(kept.said.told).toBe('');
    await expectGood('asked');

    const renewed = sitDown(['connections', 'change', 'asked', '--secrets']);
    for (const question of questions) {
      await renewed.asked(question);
      renewed.input.write('another\r');
    }
    expect(await renewed.ended).toBe(0);
    expect((await hajiri.run('connections', 'test', 'asked')).out).toContain('✗ Sign-in');
  });

  it.each([
    ['Ctrl-C', '\u0003'],
    ['Ctrl-D', '\u0004'],
  ])('can be left at the question with %s: code 130, nothing stored', async (_, key) => {
    const before = await dumpDatabase(database.pool);
    const { input, said, ended, asked } = sitDown(['connections', 'add', 'left', '--subdomain', 'acme']);
    await asked(questions[0]);
    input.write(`${values[0]}\r`);
    await asked(questions[1]);
    input.write(key);
    expect(await ended).toBe(130);
    expect(said.told).toContain('hajiri: Stopped at the question. Nothing was changed.');
    expect(await dumpDatabase(database.pool)).toEqual(before);
  });
});
