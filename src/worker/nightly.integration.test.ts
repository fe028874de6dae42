import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FakeClock } from '../../test/support/fake-clock.ts';
import { createTestDatabase, type TestDatabase } from '../../test/support/test-database.ts';
import type { Organisation } from '../accounts/organisation-context.ts';
import { createOrganisation } from '../accounts/organisations.ts';
import { readSettings } from '../config/read-settings.ts';
import { createJobs, type Jobs } from '../jobs/jobs.ts';
import { createLog } from '../log/log.ts';
import { claimNightly, doNightly } from './nightly.ts';

const clock = new FakeClock('2026-03-12T00:00:00Z');
const log = createLog('silent');
const { signal } = new AbortController();

let database: TestDatabase;
let jobs: Jobs;
let acme: Organisation;
let bolt: Organisation;

beforeAll(async () => {
  database = await createTestDatabase();
  jobs = createJobs({ pool: database.pool, log });
  acme = await createOrganisation(database.kysely, clock, { name: 'Acme', zone: 'Asia/Kolkata' });
  bolt = await createOrganisation(database.kysely, clock, { name: 'Bolt', zone: 'America/New_York' });
});
afterAll(async () => {
  await jobs?.close();
  await database?.close();
});

const settings = readSettings({});
const tools = () => ({ kysely: database.kysely, clock, jobs, log, settings });

/** What is due now, taken and done with, by name. */
async function nightsOf(): Promise<readonly string[]> {
  await claimNightly(tools());
  const names = new Map<string, string>([acme, bolt].map(({ id, name }) => [id, name]));
  const taken = await jobs.take('nightly', 10);
  for (const job of taken) await jobs.complete('nightly', job);
  return taken.map(({ data }) => names.get(data.organisation) ?? '?').sort();
}

describe('the upkeep of the night', () => {
  it('is due at 03:15 where the organisation is, from the first night after it was made', async () => {
    expect(await nightsOf()).toEqual([]);
    clock.set('2026-03-12T07:14:00Z'); // 03:14 in New York; past it in Kolkata, but not since the claim before
    expect(await nightsOf()).toEqual([]);
    clock.set('2026-03-12T07:15:00Z');
    expect(await nightsOf()).toEqual(['Bolt']);
    clock.set('2026-03-12T21:45:00Z');
    expect(await nightsOf()).toEqual(['Acme']);
  });

  it('is claimed once, however many processes look at the same time', async () => {
    clock.set('2026-03-13T22:00:00Z');
    const claimed = await Promise.all([1, 2, 3, 4].map(() => claimNightly(tools())));
    expect(claimed.reduce((sum, count) => sum + count, 0)).toBe(2);
    expect(await nightsOf()).toEqual(['Acme', 'Bolt']);
  });

  it('comes once after days in which nothing ran, and then goes on as before', async () => {
    clock.set('2026-03-20T12:00:00Z');
    expect(await nightsOf()).toEqual(['Acme', 'Bolt']);
    expect(await nightsOf()).toEqual([]);
    clock.set('2026-03-20T21:45:00Z');
    expect(await nightsOf()).toEqual(['Acme']);
  });

  it('is not lost for months when the clock was far ahead for a moment', async () => {
    clock.set('2026-09-01T12:00:00Z');
    expect(await nightsOf()).toEqual(['Acme', 'Bolt']);
    clock.set('2026-03-21T05:00:00Z');
    await nightsOf();
    clock.set('2026-03-21T22:00:00Z');
    expect(await nightsOf()).toEqual(['Acme', 'Bolt']);
  });

  it('does every job for the organisation, and names those that failed', async () => {
    const done: string[] = [];
    const job = (name: string, fails = false) => ({
      name,
      work: async ({ organisation }: { organisation: Organisation }) => {
        done.push(`${name} of ${organisation.name}`);
        if (fails) throw new RangeError('canary');
      },
    });
    const night = doNightly(tools(), acme.id, [job('first'), job('second', true), job('third')], signal);
    await expect(night).rejects.toMatchObject({ code: 'internal', message: 'Failed in the night: second.' });
    expect(done).toEqual(['first of Acme', 'second of Acme', 'third of Acme']);
    const { rows } = await database.pool.query('select failed from nightly where organisation_id = $1', [
      acme.id,
    ]);
    expect(rows).toEqual([{ failed: ['second'] }]);
  });
});
