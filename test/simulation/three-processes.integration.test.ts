import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox/start-sandbox.ts';
import { credentials, guid, record, smallScenario } from '../../sandbox/testing/small-scenario.ts';
import { atCommandLine } from '../../src/accounts/actor.ts';
import { inOrganisation, type OrganisationContext } from '../../src/accounts/organisation-context.ts';
import { createOrganisation } from '../../src/accounts/organisations.ts';
import { previousLocalDay } from '../../src/attendance/local-time.ts';
import { systemClock } from '../../src/clock/clock.ts';
import { createConnection } from '../../src/connections/connections.ts';
import { toEncryptionKey } from '../../src/connections/sealed-credentials.ts';
import type { HajiriProcess } from '../support/hajiri-process.ts';
import { startHajiri } from '../support/hajiri-process.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';
import { throwDice } from './dice.ts';
import { canonical } from './keka-year.ts';

/**
 * Three real processes on one server, in real time. They are killed, and their connections to the database and to Keka are
 * cut, at moments that nobody chose; what must hold in the end is what holds when nothing happens.
 */

const zone = 'Asia/Kolkata';
const people = 25;
const days = 20;
const connections = 16;
const mishaps = 36;
const enoughInterrupted = 3;
/** All connections lead to one company, so this is the limit of all of them together. */
const requestsPerMinute = 600;
const dice = throwDice(4711);

let database: TestDatabase;
let sandbox: Sandbox;
let context: OrganisationContext;
let environment: NodeJS.ProcessEnv;
let dates: readonly string[];

beforeAll(async () => {
  database = await createTestDatabase();
  const yesterday = previousLocalDay(systemClock.now(), zone);
  dates = Array.from({ length: days }, (_, age) => yesterday.subtract({ days: age }).toString());
  sandbox = await startSandbox({
    clock: systemClock,
    scenario: smallScenario(people, dates, {
      tenantChanges: {
        zone,
        rateLimit: { requests: requestsPerMinute },
        clock: { start: systemClock.now().toString() },
      },
      // Long enough for a run to be met in its middle.
      faults: [{ name: 'slow', delayMilliseconds: 250, answer: { kind: 'normal' } }],
    }),
  });
  const organisation = await createOrganisation(database.kysely, systemClock, { name: 'Acme', zone });
  context = { ...atCommandLine('tester'), kysely: database.kysely, clock: systemClock, organisation };
  const key = randomBytes(32).toString('base64');
  for (let number = 1; number <= connections; number += 1) {
    await createConnection(context, toEncryptionKey(key), {
      name: `connection ${number}`,
      subdomain: 'acme',
      credentials,
      requestsPerMinute,
    });
  }
  const { host, port, user, password, database: name } = database.address;
  environment = {
    PATH: process.env['PATH'],
    DATABASE_URL: `postgres://${user}:${encodeURIComponent(password)}@localhost:${port}/${name}?host=${encodeURIComponent(host)}&application_name=worker`,
    HAJIRI_ENCRYPTION_KEY: key,
    HAJIRI_KEKA_LOGIN_URL: sandbox.loginOrigin,
    HAJIRI_KEKA_TENANT_URL: sandbox.tenantOrigin('{subdomain}'),
    HAJIRI_RUNS_AT_A_TIME: '2',
  };
});
afterAll(async () => {
  await sandbox?.close();
  await database?.close();
});

describe('three processes on one database, with kills and cut connections', () => {
  it('leave one run for each due time, every date read, and exactly the rows that Keka has', {
    timeout: 400_000,
  }, async () => {
    const workers = Array.from({ length: 3 }, startWorker);
    try {
      await Promise.all(workers.map((worker) => worker.said('Stop it with Ctrl-C')));
      await fallDue();
      const met = { killed: 0, cut: 0, reset: 0 };
      for (let count = 0; count < mishaps; count += 1) {
        await systemClock.sleep(100 + dice.below(500));
        const kind = (['killed', 'cut', 'reset'] as const)[count % 3] ?? 'killed';
        met[kind] += 1;
        if (kind === 'killed') await replace(workers, await findVictim(workers));
        else if (kind === 'cut') await cutConnection();
        else sandbox.control.addFault({ name: 'reset', times: 1, answer: { kind: 'reset' } });
      }
      expect(met).toEqual({ killed: 12, cut: 12, reset: 12 });
      expect(await interruptedRuns()).toBeGreaterThan(enoughInterrupted);
      await untilAllIsRead();
    } finally {
      for (const worker of workers) worker.signal('SIGKILL');
      await Promise.all(workers.map(({ ended }) => ended));
    }
    await judge();
  });
});

const startWorker = (): HajiriProcess => startHajiri(['serve', '--role', 'worker'], environment);

/**
 * One that is doing a run until enough were met, however fast or slow the machine is; then any. A run that was met is tried again
 * after a pause that grows, in real time.
 */
async function findVictim(workers: readonly HajiriProcess[]): Promise<number> {
  if ((await interruptedRuns()) > enoughInterrupted) return dice.below(workers.length);
  const { rows } = await database.pool.query<{ pid: number }>(
    `select (owner::json ->> 'pid')::int as pid from run where state = 'running' order by random() limit 1`,
  );
  const atWork = workers.findIndex(({ pid }) => pid === rows[0]?.pid);
  return atWork === -1 ? dice.below(workers.length) : atWork;
}

/** What is killed was, and its successor is, one process among three. */
async function replace(workers: HajiriProcess[], index: number): Promise<void> {
  workers[index]?.signal('SIGKILL');
  await workers[index]?.ended;
  workers[index] = startWorker();
}

async function cutConnection(): Promise<void> {
  await database.pool.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and application_name = 'worker' order by random() limit 3`,
  );
}

/** As if no process had been there for all of the days: the due time of each connection has passed, and so have those before. */
async function fallDue(): Promise<void> {
  await inOrganisation(context, (transaction) =>
    sql`update schedule set promised_from = ${dates.at(-1)}::date, wake_at = now(),
      next_due_at = now() - interval '1 day'`.execute(transaction),
  );
}

async function interruptedRuns(): Promise<number> {
  return count(`select count(*)::int from run where state = 'interrupted'`);
}

async function count(statement: string): Promise<number> {
  const { rows } = await database.pool.query<{ count: number }>(statement);
  return rows[0]?.count ?? 0;
}

async function untilAllIsRead(): Promise<void> {
  for (;;) {
    const open = await count(`select count(*)::int from run where state in ('queued', 'running')`);
    const read = await count(
      'select count(*)::int from (select from date_coverage group by connection_id having count(*) >= ' +
        `${days}) as whole`,
    );
    if (open === 0 && read === connections) return;
    await systemClock.sleep(500);
  }
}

async function judge(): Promise<void> {
  const dueTimes = await database.pool.query<{ runs: number; connections: number }>(
    `select count(*)::int as runs, count(distinct connection_id)::int as connections from run where due_at is not null`,
  );
  expect(dueTimes.rows).toEqual([{ runs: connections, connections }]);
  const stored = await database.pool.query<{
    connection: string;
    key: string;
    record: unknown;
    missed: number;
  }>(
    `select connection_id as connection, date::text || ' ' || source_guid as key, record, missed_reads as missed
     from attendance_day`,
  );
  const told = new Map(
    dates.flatMap((date) =>
      Array.from({ length: people }, (_, index) => [
        `${date} ${guid(index + 1)}`,
        canonical(record(index + 1, date)),
      ]),
    ),
  );
  const byConnection = Map.groupBy(stored.rows, ({ connection }) => connection);
  expect(byConnection.size).toBe(connections);
  for (const rows of byConnection.values()) {
    expect(rows).toHaveLength(told.size);
    expect(rows.filter(({ key, record: kept }) => told.get(key) !== canonical(kept))).toEqual([]);
    expect(rows.filter(({ missed }) => missed > 0)).toEqual([]);
  }
  expect(await count('select count(*)::int from revision')).toBe(0);
  const requests = sandbox.control.requests();
  expect(requests.filter(({ status, fault }) => status === 429 && fault === null)).toEqual([]);
}
