import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { smallScenario } from '../../sandbox/testing/small-scenario.ts';
import { inOrganisation } from '../../src/accounts/organisation-context.ts';
import { createConnection } from '../../src/connections/connections.ts';
import { isHajiriError } from '../../src/errors/hajiri-error.ts';
import { toDateRanges } from '../../src/runs/date-ranges.ts';
import { listRuns } from '../../src/runs/list-runs.ts';
import {
  attendanceRequests,
  dumpContent,
  dumpDays,
  readCoverage,
  type Stage,
  useStages,
} from '../support/case-stage.ts';
import { until } from '../support/until.ts';

// Group G of the known failures, as far as there is no schedule yet: runs that meet, and runs that die.

const stages = useStages();

const attendance = '/api/v1/time/attendance';
const day = '2026-03-11';

const runsOf = (stage: Stage) => listRuns(stage.company.context, { limit: 100 });

describe('C72: a fetch while another one is running', () => {
  /** A run that waits for a slow answer until the clock moves. */
  async function openRunning() {
    const stage = await stages.open({ scenario: smallScenario(5, [day]) });
    stage.control.addFault({
      match: { path: attendance },
      delayMilliseconds: 30_000,
      answer: { kind: 'normal' },
    });
    const first = stage.company.fetch(day, day, { trigger: 'schedule' });
    await until(() => attendanceRequests(stage).length === 1);
    const [active] = await runsOf(stage);
    return { stage, first, active };
  }

  it('is refused with the id of the active run, however often it is asked for', async () => {
    const { stage, first, active } = await openRunning();
    expect(active).toMatchObject({ state: 'running', trigger: 'schedule' });
    const clicks = await Promise.allSettled([stage.company.fetch(day), stage.company.fetch(day)]);
    for (const click of clicks) {
      expect(click).toMatchObject({
        status: 'rejected',
        reason: { code: 'already_running', details: { run: active?.id } },
      });
    }
    const { run } = await stage.settle(first);
    expect(run).toMatchObject({ id: active?.id, counts: { inserted: 5 } });
    expect(await runsOf(stage)).toHaveLength(1);
    const alone = await stages.open({ scenario: smallScenario(5, [day]) });
    await alone.fetch(day);
    expect(await dumpContent(stage)).toEqual(await dumpContent(alone));
  });

  it('is refused on the command line with the same id, for people and for programs', async () => {
    const { stage, first, active } = await openRunning();
    const of = ['--organisation', stage.company.context.organisation.name];
    const forPeople = await stage.installation.run('fetch', '--date', day, ...of);
    expect(forPeople.code).toBe(1);
    expect(forPeople.told).toContain('A fetch for this connection is already running');
    const forPrograms = await stage.installation.run('fetch', '--date', day, '--json', ...of);
    expect(JSON.parse(forPrograms.out)).toMatchObject({
      error: { code: 'already_running', details: { run: active?.id } },
    });
    await stage.settle(first);
  });

  it('does not hold up another connection', async () => {
    const { stage, first } = await openRunning();
    const { context, encryptionKey, credentials } = stage.company;
    const other = await createConnection(context, encryptionKey, {
      name: 'other',
      subdomain: 'acme',
      credentials,
    });
    stage.control.clearFaults();
    const report = await stage.settle(stage.company.fetch(day, day, { connection: other }));
    expect(report.run).toMatchObject({ connection: 'other', counts: { inserted: 5 } });
    expect((await stage.settle(first)).run).toMatchObject({ connection: 'test', counts: { inserted: 5 } });
  });

  it('started at the same moment leaves exactly one run', async () => {
    const stage = await stages.open({ scenario: smallScenario(5, [day]) });
    const started = await stage.settle(Promise.allSettled([1, 2, 3, 4].map(() => stage.company.fetch(day))));
    const won = started.filter(({ status }) => status === 'fulfilled');
    expect(won).toHaveLength(1);
    expect(await runsOf(stage)).toHaveLength(1);
    expect(await dumpDays(stage)).toHaveLength(5);
  });
});

describe('C67, C77: a run whose process dies', () => {
  const people = 405;

  async function openDying() {
    const stage = await stages.open({ scenario: smallScenario(people, [day]) });
    stage.control.addFault({ match: { path: attendance, page: 3 }, answer: { kind: 'hang' } });
    const { name } = stage.company.context.organisation;
    const child = stage.installation.start(['fetch', '--date', day, '--organisation', name]);
    await until(() => attendanceRequests(stage).some(({ page }) => page === 3));
    return { stage, child };
  }
  const clean = async () => {
    const stage = await stages.open({ scenario: smallScenario(people, [day]) });
    await stage.fetch(day);
    return dumpContent(stage);
  };

  it('by SIGKILL in the middle of page 3 leaves nothing half stored, and blocks no later run', async () => {
    const { stage, child } = await openDying();
    child.kill('SIGKILL');
    await child.ended;
    expect(await dumpDays(stage)).toEqual([]);
    expect(await readCoverage(stage)).toEqual({});
    expect(await runsOf(stage)).toMatchObject([{ state: 'running' }]);
    stage.control.clearFaults();
    const { run } = await stage.fetch(day);
    expect(run.counts).toMatchObject({ inserted: people });
    expect((await runsOf(stage)).map(({ state, errorCode }) => [state, errorCode])).toEqual(
      expect.arrayContaining([
        ['interrupted', 'interrupted'],
        ['partial', null],
      ]),
    );
    expect(await dumpContent(stage)).toEqual(await clean());
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('by %s is marked as interrupted at once', async (signal) => {
    const { stage, child } = await openDying();
    child.kill(signal);
    expect((await child.ended).code).toBe(130);
    expect(await runsOf(stage)).toMatchObject([
      { state: 'interrupted', errorCode: 'interrupted', counts: { inserted: 0 } },
    ]);
    expect(await dumpDays(stage)).toEqual([]);
  });

  it('on another host blocks until its lease has lapsed, and no longer', async () => {
    const stage = await stages.open({ scenario: smallScenario(5, [day]) });
    const { context } = stage.company;
    const { id } = await stage.company.connection();
    const now = stage.clock.now();
    await inOrganisation(context, (transaction) =>
      transaction
        .insertInto('run')
        .values({
          organisation_id: context.organisation.id,
          connection_id: id,
          trigger: 'schedule',
          date_from: Temporal.PlainDate.from(day),
          date_to: Temporal.PlainDate.from(day),
          dates: toDateRanges([{ from: Temporal.PlainDate.from(day), to: Temporal.PlainDate.from(day) }]),
          state: 'running',
          requested_at: now,
          started_at: now,
          owner: JSON.stringify({ host: 'another-host', pid: 1, birth: null }),
          lease_expires_at: now.add({ seconds: 60 }),
        })
        .execute(),
    );
    stage.clock.advance({ seconds: 59 });
    await expect(stage.fetch(day)).rejects.toSatisfy((error) => isHajiriError(error, 'already_running'));
    stage.clock.advance({ seconds: 2 });
    expect((await stage.fetch(day)).run.counts).toMatchObject({ inserted: 5 });
    expect((await runsOf(stage)).map(({ state }) => state).toSorted()).toEqual(['interrupted', 'partial']);
  });

  it('is known to live as long as it beats, even when it lasts for hours', async () => {
    const stage = await stages.open({ scenario: smallScenario(5, [day]) });
    stage.control.addFault({
      match: { path: attendance },
      delayMilliseconds: 7_200_000,
      answer: { kind: 'normal' },
    });
    const first = stage.company.fetch(day);
    await until(() => attendanceRequests(stage).length === 1);
    const lease = () =>
      inOrganisation(stage.company.context, async (transaction) => {
        const { rows } = await sql<{
          lease: Temporal.Instant;
        }>`select lease_expires_at as lease from run`.execute(transaction);
        return rows[0]?.lease.epochMilliseconds ?? 0;
      });
    for (let beat = 1; beat <= 3; beat += 1) {
      const before = await lease();
      stage.clock.advance({ seconds: 15 });
      while ((await lease()) === before);
      expect(await lease()).toBe(stage.clock.now().add({ seconds: 60 }).epochMilliseconds);
    }
    stage.clock.advance({ hours: 2 });
    await first;
  });
});
