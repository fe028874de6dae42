import { beforeAll, describe, expect, it } from 'vitest';
import { record, smallScenario } from '../../../sandbox/testing/small-scenario.ts';
import { type Stage, useStages } from '../../../test/support/case-stage.ts';
import { createOrganisation } from '../../accounts/organisations.ts';
import { createConnection } from '../../connections/connections.ts';
import { readCoverage } from './read-coverage.ts';
import { readOverview } from './read-overview.ts';

const day = (text: string) => Temporal.PlainDate.from(text);
const attendance = '/api/v1/time/attendance';

describe('the overview', () => {
  const stages = useStages();
  let stage: Stage;
  let [good, bad] = ['', ''];
  const coverage = async (from: string, to: string) =>
    (await readCoverage(stage.company.context, { from: day(from), to: day(to) })).map(
      ({ readAt: _when, ...rest }) => rest,
    );

  beforeAll(async () => {
    stage = await stages.open({
      scenario: smallScenario(3, ['2026-03-09', '2026-03-10', '2026-03-11', '2026-03-12']),
      directory: 'employee_id,first_name,last_name\nE1,Asha,Rao\nE2,Binod,Das\n',
    });
    good = (await stage.fetch('2026-03-10', '2026-03-12')).run.id;
  });

  it('tells which dates are read completely, early, or not at all', async () => {
    expect(await coverage('2026-03-09', '2026-03-13')).toEqual([
      { date: '2026-03-09', state: 'not_read', people: null, changed: 0, isReadAgain: false, run: null },
      { date: '2026-03-10', state: 'complete', people: 3, changed: 0, isReadAgain: false, run: good },
      { date: '2026-03-11', state: 'complete', people: 3, changed: 0, isReadAgain: false, run: good },
      // It is not over yet.
      { date: '2026-03-12', state: 'early', people: 3, changed: 0, isReadAgain: false, run: good },
      { date: '2026-03-13', state: 'to_come', people: null, changed: 0, isReadAgain: false, run: null },
    ]);
  });

  it('counts what Keka changed later, and tells that a date was read again', async () => {
    stage.clock.advance({ minutes: 5 });
    stage.control.upsertAttendance([record(2, '2026-03-10', { lastOutOfTheDay: null })]);
    const { run } = await stage.fetch('2026-03-10');
    expect(await coverage('2026-03-10', '2026-03-10')).toEqual([
      { date: '2026-03-10', state: 'complete', people: 3, changed: 1, isReadAgain: true, run: run.id },
    ]);
  });

  it('tells last success and last attempt apart, and what needs a person', async () => {
    const before = await readOverview(stage.company.context);
    expect(before).toMatchObject({ zone: 'Asia/Kolkata', today: '2026-03-12', lastDay: '2026-03-11' });
    expect(before.employees).toBe(2);
    expect(before.attention).toEqual([
      expect.objectContaining({ code: 'not_in_directory', severity: 'action', count: 1 }),
    ]);
    stage.clock.advance({ minutes: 5 });
    stage.control.addFault({
      match: { path: attendance },
      answer: { kind: 'respond', status: 403, body: 'no' },
    });
    bad = (await stage.fetch('2026-03-08', '2026-03-09')).run.id;
    stage.control.clearFaults();

    const after = await readOverview(stage.company.context);
    const [connection] = after.connections;
    expect(connection?.lastSuccess?.run).toBe(before.connections[0]?.lastSuccess?.run);
    expect(connection?.lastAttempt).toMatchObject({
      run: bad,
      state: 'failed',
      errorCode: 'privilege_missing',
      startedAt: expect.stringMatching(/^2026-03-12T05:40/),
    });
    expect(connection?.running).toBeNull();
    expect(after.attention[0]).toMatchObject({ code: 'privilege_missing', severity: 'failure', run: bad });
    expect(await coverage('2026-03-08', '2026-03-10')).toMatchObject([
      { state: 'failed', run: bad },
      { state: 'failed', run: bad },
      { state: 'complete' },
    ]);
  });

  it('counts the statuses of the last two weeks by date', async () => {
    const { trend } = await readOverview(stage.company.context);
    expect(trend).toHaveLength(14);
    expect(trend.at(-1)).toEqual({ date: '2026-03-11', statuses: { present: 3 } });
    expect(trend[0]).toEqual({ date: '2026-02-26', statuses: {} });
  });

  it('takes the least of several connections for a date', async () => {
    await createConnection(stage.company.context, stage.company.encryptionKey, {
      name: 'second',
      subdomain: 'acme',
      credentials: stage.company.credentials,
    });
    expect(await coverage('2026-03-10', '2026-03-10')).toMatchObject([
      { date: '2026-03-10', state: 'not_read', people: 3, run: null },
    ]);
  });

  it('is empty for a company that has nothing yet', async () => {
    const { kysely, clock } = stage.company.context;
    const organisation = await createOrganisation(kysely, clock, { name: 'New', zone: 'Asia/Kolkata' });
    const context = { ...stage.company.context, organisation };
    expect(await readOverview(context)).toMatchObject({ connections: [], attention: [], employees: 0 });
    expect(await readCoverage(context, { from: day('2026-03-01'), to: day('2026-03-02') })).toEqual([]);
  });

  it('refuses a window that is none, or longer than a year', async () => {
    await expect(coverage('2026-03-02', '2026-03-01')).rejects.toThrow('from: lies after "to"');
    await expect(coverage('2025-01-01', '2026-03-01')).rejects.toThrow('to: makes more than 400 days');
  });
});
