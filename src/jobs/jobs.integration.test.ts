import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../test/support/fake-clock.ts';
import { createTestDatabase, type TestDatabase } from '../../test/support/test-database.ts';
import { until } from '../../test/support/until.ts';
import { createOrganisation } from '../accounts/organisations.ts';
import { jobTablesVersion } from '../db/job-tables.ts';
import type { OrganisationId } from '../db/schema.ts';
import { withOrganisation } from '../db/tenancy.ts';
import { createLog } from '../log/log.ts';
import { createJobs, type Jobs } from './jobs.ts';
import type { JobData } from './queues.ts';
import { workOnJobs } from './work-on-jobs.ts';

const clock = new FakeClock('2026-03-12T05:30:00Z');
const logged: string[] = [];
const log = createLog('debug', { write: (line) => void logged.push(line) });

let database: TestDatabase;
let jobs: Jobs;
let organisation: OrganisationId;

beforeAll(async () => {
  database = await createTestDatabase();
  jobs = createJobs({ pool: database.pool, log });
  ({ id: organisation } = await createOrganisation(database.kysely, clock, { name: 'Acme', zone: 'UTC' }));
});
afterAll(async () => {
  await jobs?.close();
  await database?.close();
});
beforeEach(async () => {
  logged.length = 0;
  await database.pool.query('delete from hajiri_jobs.job');
});

const send = (run: string, options: { priority?: number; key?: string } = {}) =>
  withOrganisation(database.kysely, organisation, (transaction) =>
    jobs.send(transaction, 'run', { organisation, run }, { key: run, ...options }),
  );
const runsOf = (taken: readonly { data: JobData['run'] }[]) => taken.map(({ data }) => data.run);

describe('the tables of the job queue', () => {
  it('are of the version that the installed pg-boss works with', async () => {
    const manifest = new URL('../../node_modules/pg-boss/package.json', import.meta.url);
    expect(JSON.parse(await readFile(manifest, 'utf8'))).toMatchObject({
      pgboss: { schema: jobTablesVersion },
    });
  });

  it('are out of reach for the roles of the application', async () => {
    for (const role of ['hajiri_app', 'hajiri_chooser']) {
      const { rows } = await database.pool.query<{ usage: boolean }>(
        `select has_schema_privilege($1, 'hajiri_jobs', 'usage') as usage`,
        [role],
      );
      expect(rows).toEqual([{ usage: false }]);
    }
  });
});

describe('a job', () => {
  it('exists only if the transaction that made it necessary was committed', async () => {
    const undo = new Error('undo');
    const work = withOrganisation(database.kysely, organisation, async (transaction) => {
      await jobs.send(transaction, 'run', { organisation, run: 'undone' }, { key: 'undone' });
      throw undo;
    });
    await expect(work).rejects.toBe(undo);
    expect(await jobs.take('run', 10)).toEqual([]);
    await send('done');
    expect(runsOf(await jobs.take('run', 10))).toEqual(['done']);
  });

  it('leaves the transaction in the organisation it was in', async () => {
    const seen = await withOrganisation(database.kysely, organisation, async (transaction) => {
      await jobs.send(transaction, 'run', { organisation, run: 'x' }, { key: 'x' });
      const { rows } = await sql<{ role: string; names: string }>`
        select current_user as role, (select string_agg(name, ' ') from organisation) as names`.execute(
        transaction,
      );
      return rows;
    });
    expect(seen).toEqual([{ role: 'hajiri_app', names: 'Acme' }]);
  });

  it('is taken once, the one with the higher priority first', async () => {
    await send('later', { priority: 0 });
    await send('first', { priority: 10 });
    const other = createJobs({ pool: database.pool, log });
    const [first, second, third] = [
      await jobs.take('run', 1),
      await other.take('run', 1),
      await jobs.take('run', 1),
    ];
    await other.close();
    expect([first, second, third].map(runsOf)).toEqual([['first'], ['later'], []]);
  });

  it('is dropped while another one with its key waits or is being done, and not afterwards', async () => {
    await send('one', { key: 'same' });
    await send('two', { key: 'same' });
    const [taken] = await jobs.take('run', 10);
    expect(taken?.data.run).toBe('one');
    await send('three', { key: 'same' });
    expect(await jobs.take('run', 10)).toEqual([]);
    if (taken !== undefined) await jobs.complete('run', taken);
    await send('four', { key: 'same' });
    expect(runsOf(await jobs.take('run', 10))).toEqual(['four']);
  });

  it('comes back when its process falls silent, and is no longer that process’s to end', async () => {
    await send('left');
    const [abandoned] = await jobs.take('run', 1);
    await database.pool.query("update hajiri_jobs.job set heartbeat_on = now() - interval '61 seconds'");
    await jobs.tidy();
    await database.pool.query("update hajiri_jobs.job set start_after = now() where state = 'retry'");
    const [again] = await jobs.take('run', 1);
    expect(again).toMatchObject({ id: abandoned?.id, retryCount: 1, data: { run: 'left' } });
    if (abandoned !== undefined) await jobs.complete('run', abandoned);
    const { rows } = await database.pool.query('select state from hajiri_jobs.job');
    expect(rows).toEqual([{ state: 'active' }]);
  });
});

describe('a workforce', () => {
  function open(work: (data: JobData['run']) => Promise<void>, atATime = 2) {
    const state = { mayTake: true };
    const force = workOnJobs({
      jobs,
      clock,
      log,
      queue: 'run',
      atATime,
      mayTake: () => state.mayTake,
      work,
    });
    const end = async () => {
      await force.stopTaking();
      await force.idle();
    };
    return { force, state, end };
  }
  const states = async () => {
    const { rows } = await database.pool.query<{ state: string }>(
      'select state::text from hajiri_jobs.job order by 1',
    );
    return rows.map(({ state }) => state);
  };

  it('does as many at a time as it may, and the rest afterwards', async () => {
    const runs = Array.from({ length: 5 }, () => randomUUID());
    for (const run of runs) await send(run);
    const gates = new Map<string, () => void>();
    const begun: string[] = [];
    const { end } = open(({ run }) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      begun.push(run);
      gates.set(run, resolve);
      return promise;
    });
    await until(() => begun.length === 2);
    expect(gates.size).toBe(2);
    for (let done = 0; done < 5; done += 1) {
      await until(() => begun.length > done);
      expect(begun.length).toBeLessThanOrEqual(done + 2);
      gates.get(begun[done] ?? '')?.();
    }
    await end();
    expect(begun.toSorted()).toEqual(runs.toSorted());
    expect(await states()).toEqual(runs.map(() => 'completed'));
  });

  it('has a failed job tried again, and tells its code alone', async () => {
    await send('bad');
    const { end } = open(() => Promise.reject(new RangeError('canary')));
    await until(() => logged.some((line) => line.includes('job_failed')));
    await end();
    expect(await states()).toEqual(['retry']);
    expect(logged.join('')).not.toContain('canary');
  });

  it('takes nothing while it may not', async () => {
    await send('later');
    const { state, force, end } = open(async () => {});
    state.mayTake = false;
    force.nudge();
    await until(() => clock.sleeping >= 2);
    state.mayTake = true;
    force.nudge();
    while ((await states())[0] !== 'completed') await until(() => true);
    await end();
  });
});
