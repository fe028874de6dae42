import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Sandbox, startSandbox } from '../../sandbox/start-sandbox.ts';
import { credentials } from '../../sandbox/testing/small-scenario.ts';
import { type Dump, dumpDatabase } from '../support/dump-database.ts';
import { type HajiriHome, makeHome } from '../support/hajiri-home.ts';
import type { HajiriProcess } from '../support/hajiri-process.ts';
import { until } from '../support/until.ts';

const runs = z.array(
  z.object({ id: z.string(), state: z.string(), errorCode: z.string().nullable(), problems: z.number() }),
);

describe('a command that is stopped', () => {
  let sandbox: Sandbox;
  let home: HajiriHome;
  let yesterday: string;

  beforeAll(async () => {
    sandbox = await startSandbox({
      scenario: {
        tenant: {
          subdomain: 'acme',
          keys: [{ name: 'main', ...credentials }],
          rateLimit: { requests: null },
        },
        // Eight pages a day: five of them are written at a time.
        generate: { seed: 1, people: 1600, days: 2, manner: 'plain' },
      },
    });
    yesterday = sandbox.control.today().subtract({ days: 1 }).toString();
    home = await makeHome({
      HAJIRI_KEKA_LOGIN_URL: sandbox.loginOrigin,
      HAJIRI_KEKA_TENANT_URL: sandbox.tenantOrigin('{subdomain}'),
      HAJIRI_KEKA_CLIENT_ID: credentials.clientId,
      HAJIRI_KEKA_CLIENT_SECRET: credentials.clientSecret,
      HAJIRI_KEKA_API_KEY: credentials.apiKey,
    });
    const database = await home.openDatabase();
    await good('organisations', 'add', 'Acme', '--zone', 'Asia/Kolkata');
    await good('connections', 'add', 'main', '--subdomain', 'acme', '--requests-per-minute', '1000');
    await good('fetch');
    await database.close();
  });
  beforeEach(() => {
    sandbox.control.clearFaults();
    sandbox.control.changeSwitches({ premiseName: 'as-written' });
    sandbox.control.reset();
  });
  afterAll(async () => {
    await home?.remove();
    await sandbox?.close();
  });

  async function good(...argv: readonly string[]): Promise<string> {
    const { exitCode, out, told } = await home.run(...argv);
    expect(exitCode, `${argv.join(' ')}: ${told}`).toBe(0);
    return out;
  }

  async function dump(): Promise<Dump> {
    const database = await home.openDatabase();
    try {
      return await dumpDatabase(database.pool);
    } finally {
      await database.close();
    }
  }

  /** A fetch of yesterday that finds another premise for everybody, and hangs on its last page. */
  async function startHangingFetch(): Promise<HajiriProcess> {
    sandbox.control.changeSwitches({ premiseName: 'removed' });
    sandbox.control.addFault({
      match: { path: '/api/v1/time/attendance', page: 8 },
      answer: { kind: 'hang' },
    });
    const fetching = home.start(['fetch']);
    // These are in the open transaction.
    await fetching.said('"pagesDone":5,"pages":8');
    return fetching;
  }

  async function expectNothingLeft(process_: HajiriProcess): Promise<void> {
    expect(await home.serverPid()).toBeNull();
    expect(await readdir(join(home.dataFolder, 'processes'))).toEqual([]);
    // Nobody of its process group is there any more.
    expect(() => process.kill(-process_.pid, 0)).toThrow('ESRCH');
  }

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'by %s in the middle of a fetch ends it as interrupted, changes no day and stops the database',
    async (signal) => {
      const before = await dump();
      const fetching = await startHangingFetch();
      fetching.signal(signal);
      const { exitCode, out, told } = await fetching.ended;
      expect(exitCode).toBe(130);
      expect(out).toContain('manual · interrupted: The fetch was stopped before it could finish.');
      expect(
        told
          .trimEnd()
          .split('\n')
          .every((line) => line.startsWith('{"progress":')),
      ).toBe(true);
      await expectNothingLeft(fetching);

      const after = await dump();
      expect(after).toEqual({
        ...before,
        run: expect.any(Array) as string[],
        run_problem: expect.any(Array) as string[],
        audit_entry: expect.any(Array) as string[],
        // The last attempt is another one now.
        schedule: expect.any(Array) as string[],
      });
      const [latest] = runs.parse(JSON.parse(await good('runs', 'list', '--json')));
      expect(latest).toMatchObject({ state: 'interrupted', errorCode: 'interrupted', problems: 1 });
    },
  );

  it('by Ctrl-C in a connection test ends with code 130 as well', async () => {
    sandbox.control.addFault({ match: { path: '/api/v1/time/attendance' }, answer: { kind: 'hang' } });
    const testing = home.start(['connections', 'test']);
    await until(() => sandbox.control.requests().length === 2);
    testing.signal('SIGINT');
    expect(await testing.ended).toEqual({ exitCode: 130, out: '', told: '' });
    await expectNothingLeft(testing);
  });

  it('by a reader who has enough goes on to its end, and gives the database back', async () => {
    const reporting = home.start(['report', 'daily', '--json']);
    await reporting.said('"rows"');
    reporting.stopReading();
    const { exitCode, told } = await reporting.ended;
    expect({ exitCode, told }).toEqual({ exitCode: 0, told: '' });
    await expectNothingLeft(reporting);
  });

  it('leaves the connection free: the next fetch does it all', async () => {
    expect(await good('fetch')).toContain('0 new, 0 changed, 1600 unchanged');
  });

  describe('while a fetch runs', () => {
    it('a second one of the same connection is refused with the name of the first', async () => {
      const fetching = await startHangingFetch();
      const [active] = runs.parse(JSON.parse(await good('runs', 'list', '--json')));
      expect(active).toMatchObject({ state: 'running' });
      const second = await home.run('fetch');
      expect(second.exitCode).toBe(1);
      expect(second.told).toContain(
        `A fetch for this connection is already running: run ${active?.id ?? ''}.`,
      );
      const asJson = await home.run('fetch', '--json');
      expect(JSON.parse(asJson.out)).toMatchObject({
        error: { code: 'already_running', details: { run: active?.id } },
      });

      // And the stored day can be read meanwhile, as it was.
      expect(await good('report', 'daily', '--date', yesterday)).toContain('1600 people · Present 1600');
      fetching.signal('SIGTERM');
      expect((await fetching.ended).exitCode).toBe(130);
      await expectNothingLeft(fetching);
    });
  });
});
