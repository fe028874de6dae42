import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { record, smallScenario } from '../../../sandbox/testing/small-scenario.ts';
import { type Stage, useStages } from '../../../test/support/case-stage.ts';
import { inOrganisation } from '../../accounts/organisation-context.ts';
import { removeOldData } from './remove-old-data.ts';
import { changeRetention, readRetention } from './retention-settings.ts';

const day = '2026-03-11';
const { signal } = new AbortController();

describe('how long data is kept', () => {
  const stages = useStages();

  /** Two runs of one day, the second one with a correction. */
  async function open(): Promise<Stage> {
    const stage = await stages.open({ scenario: smallScenario(2, [day]), directory: null });
    await stage.fetch(day);
    stage.control.upsertAttendance([record(1, day, { dayType: 1 })]);
    await stage.fetch(day);
    return stage;
  }

  type Counts = { raw: number; days: number; revisions: number; runs: number; entries: number };
  const count = ({ company }: Stage) =>
    inOrganisation(company.context, async (transaction) => {
      const { rows } = await sql<Counts>`select
        (select count(*)::integer from attendance_day where record::text <> '{}') as raw,
        (select count(*)::integer from attendance_day) as days,
        (select count(*)::integer from revision) as revisions,
        (select count(*)::integer from run) as runs,
        (select count(*)::integer from audit_entry) as entries`.execute(transaction);
      return rows[0];
    });
  const after = async (stage: Stage, days: number) => {
    stage.clock.set(
      Temporal.Instant.from('2026-03-12T05:30:00Z')
        .add({ hours: 24 * days })
        .toString(),
    );
    return removeOldData(stage.company.context, signal);
  };

  it('has limits that may be changed, one by one, within reason', async () => {
    const { company } = await open();
    const defaults = { rawRecordDays: 365, revisionDays: 1095, runDays: 400, auditDays: 1095 };
    expect(await readRetention(company.context)).toEqual(defaults);
    expect(await changeRetention(company.context, { revisionDays: 200 })).toEqual({
      ...defaults,
      revisionDays: 200,
    });
    for (const change of [
      { rawRecordDays: 119 },
      { auditDays: 89 },
      { runDays: 1.5 },
      { revisionDays: 4000 },
    ]) {
      await expect(changeRetention(company.context, change)).rejects.toMatchObject({
        faults: [{ field: Object.keys(change)[0] }],
      });
    }
    expect(await readRetention(company.context)).toMatchObject({ revisionDays: 200, auditDays: 1095 });
  });

  it('removes nothing before its time', async () => {
    const stage = await open();
    const before = await count(stage);
    expect(await after(stage, 364)).toEqual({ rawRecords: 0, revisions: 0, runs: 0, auditEntries: 0 });
    expect(await count(stage)).toEqual(before);
  });

  it('removes each kind when its time is over, and tells it', async () => {
    const stage = await open();
    const report = JSON.stringify((await stage.company.daily(day)).rows);
    const before = await count(stage);
    expect(before).toMatchObject({ raw: 2, revisions: 1, runs: 2 });
    expect(await after(stage, 370)).toMatchObject({ rawRecords: 2, revisions: 0, runs: 0 });
    // What the records said is still there.
    expect(JSON.stringify((await stage.company.daily(day)).rows)).toBe(report);
    // The last attempt of the connection stays, however old it is.
    expect(await after(stage, 401)).toMatchObject({ rawRecords: 0, runs: 1 });
    const removed = await after(stage, 1096);
    expect(removed).toMatchObject({ revisions: 1, runs: 0 });
    expect(removed.auditEntries).toBeGreaterThan(0);
    expect(await count(stage)).toEqual({ raw: 0, days: 2, revisions: 0, runs: 1, entries: 3 });
    const told = await inOrganisation(stage.company.context, async (transaction) => {
      const { rows } =
        await sql`select actor_kind, action, after from audit_entry order by id desc limit 1`.execute(
          transaction,
        );
      return rows[0];
    });
    expect(told).toMatchObject({ action: 'removed what was kept long enough', after: removed });
    expect(await after(stage, 1096)).toEqual({ rawRecords: 0, revisions: 0, runs: 0, auditEntries: 0 });
  });

  it('touches nothing of another company, not even of its audit trail', async () => {
    const [stage, other] = [await open(), await open()];
    const before = await count(other);
    await after(stage, 2000);
    expect(await count(other)).toEqual(before);
  });

  it('goes on in the next night when it was broken off', async () => {
    const stage = await open();
    const stop = new AbortController();
    stop.abort(new Error('stopped'));
    stage.clock.set('2030-03-12T05:30:00Z');
    await expect(removeOldData(stage.company.context, stop.signal)).rejects.toThrow('stopped');
    expect(await after(stage, 2000)).toMatchObject({ rawRecords: 2, revisions: 1 });
  });
});
