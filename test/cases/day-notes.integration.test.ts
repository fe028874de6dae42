import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { guid, record, smallScenario } from '../../sandbox/testing/small-scenario.ts';
import { inOrganisation } from '../../src/accounts/organisation-context.ts';
import { erasePerson } from '../../src/privacy/erase-person.ts';
import { exportPerson } from '../../src/privacy/export-person.ts';
import { renderDailyCsv } from '../../src/reports/daily/render-daily.ts';
import { lockMonth } from '../../src/rules/locks/lock-month.ts';
import { endDayNote, noteDay } from '../../src/rules/notes/note-day.ts';
import { type Stage, useStages } from '../support/case-stage.ts';

// What a company says of a day stands beside Keka's value, and no fetch loses it.

const stages = useStages();
const date = '2026-03-10';
const none = { firstInOfTheDay: null, lastOutOfTheDay: null, totalGrossHours: 0, totalEffectiveHours: 0 };
const directory = ['employee_id,first_name,last_name', 'E1,Asha,Rao', 'E2,Binod,Rao', 'E9,Chitra,Rao'].join(
  '\n',
);

async function open(): Promise<Stage> {
  const attendance = [record(1, date, none), record(2, date), record(3, date, none)];
  const stage = await stages.open({ scenario: smallScenario(3, [], { attendance }), directory });
  await stage.fetch(date);
  return stage;
}

describe('a note on a day', () => {
  let stage: Stage;
  const rowOf = (code: string) => stage.company.row(date, code);
  const reason = 'At the Pune site, reader broken';

  beforeAll(async () => {
    stage = await open();
  });

  it('says what the day counts as, beside what the record says', async () => {
    const { context } = stage.company;
    expect(await rowOf('E1')).toMatchObject({ status: 'absent', recordedStatus: 'absent', note: null });
    await noteDay(context, { employee: 'E1', date, status: 'present', note: reason });
    expect(await rowOf('E1')).toMatchObject({
      status: 'present',
      recordedStatus: 'absent',
      note: reason,
      notedBy: 'tester',
      firstIn: null,
      flags: ['overridden'],
    });
    const csv = renderDailyCsv(await stage.company.daily(date));
    expect(csv).toContain(`Present,status by the company,Absent,"${reason}",tester`);
  });

  it('may be a note alone, also of somebody without a record or without a link', async () => {
    const { context } = stage.company;
    await noteDay(context, { employee: 'E9', date, note: 'Joins in April' });
    expect(await rowOf('E9')).toMatchObject({
      status: 'not_linked',
      recordedStatus: 'not_linked',
      note: 'Joins in April',
    });
    expect((await rowOf('E9')).flags).toContain('noted');
    const { id: connectionId } = await stage.company.connection();
    await noteDay(context, {
      connectionId,
      sourceGuid: guid(3),
      date,
      status: 'on_leave',
      note: 'Called in',
    });
    expect(await rowOf('E3')).toMatchObject({ status: 'on_leave', recordedStatus: 'absent' });
  });

  it('is still there after a fetch that changes the day, and after the person is linked', async () => {
    stage.control.upsertAttendance([record(1, date), record(3, date)]);
    expect((await stage.fetch(date)).run.counts).toMatchObject({ changed: 2 });
    expect(await rowOf('E1')).toMatchObject({ status: 'present', recordedStatus: 'present', note: reason });
    await stage.company.importDirectory(`${directory}\nE3,Deepa,Rao`);
    expect(await rowOf('E3')).toMatchObject({
      name: 'Deepa Rao',
      link: 'linked',
      status: 'on_leave',
      recordedStatus: 'present',
      note: 'Called in',
    });
  });

  it('takes the place of an earlier one, which is kept; taken back, the day is what its record says', async () => {
    const { context } = stage.company;
    await noteDay(context, { employee: 'E1', date, status: 'half_day', note: 'Half a day was agreed' });
    expect(await rowOf('E1')).toMatchObject({ status: 'half_day', note: 'Half a day was agreed' });
    await endDayNote(context, { employee: 'E1', date });
    expect(await rowOf('E1')).toMatchObject({
      status: 'present',
      note: null,
      flags: ['early_out', 'changed'],
    });
    await expect(endDayNote(context, { employee: 'E1', date })).rejects.toMatchObject({ code: 'not_found' });
    const { rows } = await inOrganisation(context, (transaction) =>
      sql<{ action: string; after: unknown; text: string }>`
        select action, after, a::text as text from audit_entry a where action like '%note%' order by id`.execute(
        transaction,
      ),
    );
    expect(rows).toMatchObject([
      { action: 'noted on a day', after: { date, status: 'present' } },
      { action: 'noted on a day', after: { date, status: null } },
      { action: 'noted on a day', after: { date, status: 'on_leave' } },
      { action: 'noted on a day', after: { date, status: 'half_day' } },
      { action: 'took a note on a day back', after: {} },
    ]);
    expect(rows.every(({ text }) => !text.includes('agreed') && !text.includes('Pune'))).toBe(true);
  });

  it.each([
    [{ employee: 'E1', date }, 'invalid_input'],
    [{ employee: 'E1', date, note: ' ' }, 'invalid_input'],
    [{ employee: 'E1', date, note: 'x', status: 'pending' }, 'invalid_input'],
    [{ employee: 'E1', date: '2026-03-13', note: 'x' }, 'invalid_input'],
    [{ date, note: 'x' }, 'invalid_input'],
    [{ employee: 'E77', date, note: 'x' }, 'not_found'],
  ])('%j is refused', async (input, code) => {
    await expect(noteDay(stage.company.context, input)).rejects.toMatchObject({ code });
  });

  it('is in the export of the person, with earlier ones, and without words after an erasure', async () => {
    const { context } = stage.company;
    const { notes } = await exportPerson(context, 'E1');
    expect(notes.map(({ note }) => note)).toEqual([reason, 'Half a day was agreed']);
    await noteDay(context, { employee: 'E1', date, status: 'weekly_off', note: 'A private matter' });
    await erasePerson(context, 'E1');
    const { rows } = await inOrganisation(context, (transaction) =>
      sql<{ note: string; status: string }>`select note, status from day_note where note = 'erased'`.execute(
        transaction,
      ),
    );
    expect(rows.map(({ status }) => status).toSorted()).toEqual(['half_day', 'present', 'weekly_off']);
    const { rows: left } = await stage.company.daily(date);
    expect(JSON.stringify(left)).not.toContain('private');
  });
});

describe('notes', () => {
  it('cannot be made in a closed month', async () => {
    const stage = await open();
    const { context } = stage.company;
    await lockMonth(context, { month: '2026-02', acceptGaps: true });
    const work = noteDay(context, { employee: 'E1', date: '2026-02-10', note: 'x' });
    await expect(work).rejects.toMatchObject({ code: 'not_possible' });
  });

  it('are made over HTTP and on the command line', async () => {
    const stage = await open();
    const organisation = `organisation=${encodeURIComponent(stage.company.context.organisation.name)}`;
    const api = await stage.installation.serve();
    const made = await api.post(`/api/v1/day-notes?${organisation}`, {
      employee: 'E1',
      date,
      status: 'present',
      note: 'On site',
    });
    expect([made.status, JSON.parse(made.body)]).toMatchObject([201, { status: 'present', note: 'On site' }]);
    expect(
      (await api.post(`/api/v1/day-notes?${organisation}`, { employee: 'E1', date, note: '' })).status,
    ).toBe(422);
    await api.close();
    const args = ['--employee', 'E2', '--date', date];
    expect(
      await stage.run('notes', 'set', ...args, '--status', 'half_day', '--note', 'Left at noon'),
    ).toMatchObject({
      code: 0,
    });
    expect(await stage.company.row(date, 'E2')).toMatchObject({
      status: 'half_day',
      recordedStatus: 'present',
    });
    expect(await stage.run('notes', 'remove', ...args)).toMatchObject({ code: 0 });
    expect((await stage.run('notes', 'remove', ...args)).code).toBe(1);
    expect((await stage.run('notes', 'set', ...args, '--status', 'gone', '--note', 'x')).code).toBe(2);
  });
});
