import { beforeAll, describe, expect, it } from 'vitest';
import { guid, record, smallScenario } from '../../sandbox/testing/small-scenario.ts';
import { renderDailyCsv } from '../../src/reports/daily/render-daily.ts';
import {
  attendanceRequests,
  codesOf,
  dumpDays,
  readRevisions,
  type Stage,
  useStages,
} from '../support/case-stage.ts';

// Group C of the known failures: days that Keka changes after they were read.

const stages = useStages();

describe('corrections that arrive later', () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await stages.open({ scenario: 'late-correction' });
    await stage.fetch('2026-03-02', '2026-03-12');
  });

  it('C27: an out that is approved three days later replaces the blank, with history and mark', async () => {
    expect((await stage.company.row('2026-03-09', 'E002')).lastOut).toBeNull();
    stage.clock.set('2026-03-13T12:00:00Z');
    const { run } = await stage.fetch('2026-03-09');
    expect(run).toMatchObject({ state: 'succeeded', counts: { inserted: 0, changed: 1, unchanged: 0 } });
    const report = await stage.company.daily('2026-03-09');
    const rows = report.rows.filter(({ employeeId }) => employeeId === 'E002');
    expect(rows).toMatchObject([
      { status: 'present', lastOut: { time: '18:10' }, flags: ['early_out', 'changed'] },
    ]);
    expect(renderDailyCsv(report)).toContain('changed since first read');
    expect(await readRevisions(stage)).toMatchObject([
      {
        guid: guid(2),
        date: '2026-03-09',
        run: run.id,
        before: { lastOut: null },
        after: { lastOut: '2026-03-09T12:40:00Z' },
      },
    ]);
  });

  it('C28: a day that is regularised 25 days later is found by reading the trailing weeks again', async () => {
    stage.clock.set('2026-03-28T05:30:00Z');
    await stage.fetch('2026-03-26', '2026-03-27');
    expect((await stage.company.row('2026-03-02', 'E003')).lastOut).toBeNull();
    await stage.fetch('2026-02-20', '2026-03-26');
    expect(await stage.company.row('2026-03-02', 'E003')).toMatchObject({
      lastOut: { time: '18:10' },
      flags: ['early_out', 'changed'],
    });
  });
});

describe('C28: a change older than the trailing weeks', () => {
  it('appears after a fetch of its own dates', async () => {
    const stage = await stages.open({ scenario: smallScenario(3, ['2026-01-05', '2026-03-10']) });
    await stage.fetch('2026-01-05', '2026-03-11');
    stage.control.upsertAttendance([record(2, '2026-01-05', { lastOutOfTheDay: null })]);
    await stage.fetch('2026-02-05', '2026-03-11');
    expect((await stage.company.row('2026-01-05', 'E2')).lastOut).not.toBeNull();
    await stage.fetch('2026-01-05');
    expect(await stage.company.row('2026-01-05', 'E2')).toMatchObject({ lastOut: null });
    expect((await stage.company.row('2026-01-05', 'E2')).flags).toEqual([
      'missing_out',
      'not_linked',
      'changed',
    ]);
  });

  it('costs one request for a small company, whatever the number of days', async () => {
    const days = Array.from({ length: 35 }, (_, day) =>
      Temporal.PlainDate.from('2026-02-05').add({ days: day }).toString(),
    );
    const stage = await stages.open({ scenario: smallScenario(5, days) });
    const { run } = await stage.fetch('2026-02-05', '2026-03-11');
    expect(run.counts.inserted).toBe(175);
    expect(attendanceRequests(stage)).toHaveLength(1);
  });
});

describe('a time with seven digits of a second', () => {
  it('is no change beside one that is', async () => {
    const at = (timestamp: string) => ({ timestamp, punchStatus: 0, premiseName: 'Gate 1' });
    const first = {
      shiftStartTime: '2026-03-11T04:00:00.1234565Z',
      firstInOfTheDay: at('2026-03-11T03:42:07.1234567Z'),
    };
    const stage = await stages.open({
      scenario: smallScenario(1, [], { attendance: [record(1, '2026-03-11', first)] }),
    });
    await stage.fetch('2026-03-11');
    stage.control.upsertAttendance([record(1, '2026-03-11', { ...first, lastOutOfTheDay: null })]);
    await stage.fetch('2026-03-11');
    expect(await readRevisions(stage)).toMatchObject([
      {
        changed: [
          'lastOut',
          'lastOutPremise',
          'grossMinutes',
          'effectiveMinutes',
          'breakMinutes',
          'overtimeMinutes',
        ],
      },
    ]);
  });
});

describe('C29: a punch that is removed in Keka', () => {
  const withoutOut = record(2, '2026-03-11', {
    lastOutOfTheDay: null,
    totalGrossHours: 0,
    totalEffectiveHours: 0,
  });

  async function openRead(): Promise<Stage> {
    const stage = await stages.open({ scenario: smallScenario(3, ['2026-03-11']) });
    await stage.fetch('2026-03-11');
    stage.control.upsertAttendance([withoutOut]);
    return stage;
  }

  it('is removed here by a complete read, kept as history, and marked', async () => {
    const stage = await openRead();
    const { run } = await stage.fetch('2026-03-11');
    expect(run.counts).toMatchObject({ inserted: 0, changed: 1, unchanged: 2 });
    const row = await stage.company.row('2026-03-11', 'E2');
    expect(row).toMatchObject({ status: 'present', lastOut: null, grossMinutes: null });
    expect(row.flags).toEqual(['missing_out', 'not_linked', 'changed']);
    expect(await readRevisions(stage)).toMatchObject([
      { guid: guid(2), before: { lastOut: '2026-03-11T12:40:00Z' }, after: { lastOut: null } },
    ]);
  });

  it('both punches removed leave an absent day, with the old punches as history', async () => {
    const stage = await openRead();
    stage.control.upsertAttendance([
      record(2, '2026-03-11', { firstInOfTheDay: null, lastOutOfTheDay: null }),
    ]);
    await stage.fetch('2026-03-11');
    expect(await stage.company.row('2026-03-11', 'E2')).toMatchObject({ status: 'absent', firstIn: null });
    expect(await readRevisions(stage)).toMatchObject([{ before: { firstIn: '2026-03-11T03:42:00Z' } }]);
  });

  it.each([
    ['an error', { kind: 'respond', status: 500, body: 'Internal Server Error' }, 'failed'],
    ['a total that does not add up', { kind: 'edit', set: { totalRecords: 40 } }, 'partial'],
  ] as const)('stays after %s', async (_, answer, state) => {
    const stage = await openRead();
    const before = await dumpDays(stage);
    stage.control.addFault({ match: { path: '/api/v1/time/attendance' }, answer });
    const { run } = await stage.fetch('2026-03-11');
    expect(run).toMatchObject({ state, counts: { inserted: 0, changed: 0, unchanged: 0 } });
    expect(await dumpDays(stage)).toEqual(before);
    expect(await readRevisions(stage)).toEqual([]);
  });
});

describe('a record that Keka no longer returns', () => {
  it('is kept, marked as withdrawn and told; the mark goes when it comes back', async () => {
    const stage = await stages.open({ scenario: smallScenario(5, ['2026-03-11']) });
    await stage.fetch('2026-03-11');
    const kept = await stage.company.row('2026-03-11', 'E4');
    stage.control.removeAttendance([{ employeeIdentifier: guid(4), date: '2026-03-11' }]);
    const second = await stage.fetch('2026-03-11');
    expect(second.problems.filter(({ code }) => code === 'record_withdrawn')).toMatchObject([
      { sourceGuid: guid(4), employeeNumber: 'E4', date: '2026-03-11' },
    ]);
    expect(await stage.company.row('2026-03-11', 'E4')).toMatchObject({
      firstIn: kept.firstIn,
      lastOut: kept.lastOut,
      flags: ['early_out', 'not_linked', 'withdrawn'],
    });
    expect(codesOf(await stage.fetch('2026-03-11'))).toContain('record_withdrawn');
    stage.control.upsertAttendance([record(4, '2026-03-11')]);
    expect(codesOf(await stage.fetch('2026-03-11'))).not.toContain('record_withdrawn');
    expect((await stage.company.row('2026-03-11', 'E4')).flags).toEqual(['early_out', 'not_linked']);
  });

  it('is not withdrawn when it came, but could not be understood', async () => {
    const stage = await stages.open({ scenario: smallScenario(5, ['2026-03-11']) });
    await stage.fetch('2026-03-11');
    const before = await dumpDays(stage);
    stage.control.upsertAttendance([record(4, '2026-03-11', { dayType: 'working' })]);
    const second = await stage.fetch('2026-03-11');
    expect(second.run).toMatchObject({ state: 'partial', counts: { unchanged: 4, invalid: 1 } });
    expect(codesOf(second)).toContain('malformed_record');
    expect(codesOf(second)).not.toContain('record_withdrawn');
    expect(await dumpDays(stage)).toEqual(before);
  });
});
