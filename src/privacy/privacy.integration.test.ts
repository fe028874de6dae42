import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { guid, profile, record, smallScenario } from '../../sandbox/testing/small-scenario.ts';
import { codesOf, readCoverage, type Stage, useStages } from '../../test/support/case-stage.ts';
import { dumpDatabase } from '../../test/support/dump-database.ts';
import { inOrganisation } from '../accounts/organisation-context.ts';
import { erasePerson } from './erase-person.ts';
import { exportPerson } from './export-person.ts';

const [first, second] = ['2026-03-10', '2026-03-11'] as const;
/** Everything by which the person of these tests could be known. */
const canaries = ['Quillfeather', 'quill.example', 'canaria-code', 'Inkwell Lane', guid(2)] as const;

const canaryRecord = (day: string, changes: object = {}) => {
  const plain = record(2, day, { employeeNumber: 'canaria-code', ...changes });
  const punch = (name: string) => ({ ...(plain[name] as object), premiseName: 'Inkwell Lane' });
  return { ...plain, firstInOfTheDay: punch('firstInOfTheDay'), lastOutOfTheDay: punch('lastOutOfTheDay') };
};

describe('everything about one person', () => {
  const stages = useStages();
  /** The account of the person in each stage. */
  const users = new Map<Stage, string>();

  /** Three people; the second one has a directory entry, a corrected day, a problem and an account. */
  async function open(): Promise<Stage> {
    const scenario = smallScenario(3, [first, second]);
    const stage = await stages.open({
      scenario: {
        ...scenario,
        employees: [
          profile(1),
          profile(2, {
            employeeNumber: 'canaria-code',
            firstName: 'Canaria',
            lastName: 'Quillfeather',
            displayName: 'Canaria Quillfeather',
            email: 'canaria@quill.example',
          }),
          profile(3),
        ],
        attendance: [first, second].flatMap((day) => [record(1, day), canaryRecord(day), record(3, day)]),
      },
      directory: [
        'employee_id,first_name,last_name,email,team,designation',
        'E1,Asha,Rao,asha@acme.example,Weaving,Weaver',
        'canaria-code,Canaria,Quillfeather,canaria@quill.example,Weaving,Master of Quillfeather looms',
      ].join('\n'),
    });
    await stage.fetch(first, second);
    stage.control.upsertAttendance([canaryRecord(second, { dayType: 1 })]);
    await stage.fetch(second);
    await giveAccount(stage);
    return stage;
  }

  async function giveAccount(stage: Stage): Promise<void> {
    const { company } = stage;
    const user = randomUUID();
    users.set(stage, user);
    await stages.database.pool.query(
      `insert into sign_in."user" (id, name, email, created_at, updated_at)
       values ($1, 'Canaria Quillfeather', $2, now(), now())`,
      [user, `${user}@quill.example`],
    );
    await stages.database.pool.query(
      `insert into sign_in.session (token, user_id, ip_address, expires_at, created_at, updated_at)
       values ($1, $2, '203.0.113.9', now(), now(), now())`,
      [user, user],
    );
    await inOrganisation(company.context, (transaction) =>
      sql`insert into membership (organisation_id, user_id, role, employee, made_at)
        select organisation_id, ${user}, 'employee', id, now() from employee where employee_id = 'canaria-code'`.execute(
        transaction,
      ),
    );
  }

  /** What is stored of this company, but for the audit trail. */
  async function stored(stage: Stage): Promise<string> {
    const { company } = stage;
    const dump = await dumpDatabase(stages.database.pool);
    const rows = Object.entries(dump).flatMap(([table, lines]) => (table === 'audit_entry' ? [] : lines));
    const accounts = await stages.database.pool.query<{ line: string }>(
      `select u::text as line from sign_in."user" u where id = $1
        union all select s::text from sign_in.session s where user_id = $1`,
      [users.get(stage)],
    );
    return [
      ...rows.filter((line) => line.includes(company.context.organisation.id)),
      ...accounts.rows.map(({ line }) => line),
    ].join('\n');
  }
  const found = (text: string) => canaries.filter((canary) => text.includes(canary));
  const totals = async (stage: Stage, date: string) => {
    const { rows } = await stage.company.daily(date);
    const count = (key: (row: (typeof rows)[number]) => string) =>
      Object.fromEntries(
        [...Map.groupBy(rows, key)]
          .map(([name, list]) => [name, list.length])
          .toSorted(([a = ''], [b = '']) => (a < b ? -1 : 1)),
      );
    return {
      people: rows.length,
      byStatus: count(({ status }) => status),
      byTeam: count(({ team }) => team ?? 'none'),
    };
  };

  it('is exported with every table that holds something of them, and of nobody else', async () => {
    const stage = await open();
    const exported = await exportPerson(stage.company.context, 'canaria-code');
    expect(exported.directory).toMatchObject([{ first_name: 'Canaria', email: 'canaria@quill.example' }]);
    expect(exported.keka).toMatchObject([{ guid: guid(2), display_name: 'Canaria Quillfeather' }]);
    expect(exported.days.map(({ date }) => date)).toEqual([first, second]);
    expect(exported.days[0]).toMatchObject({ record: { employeeNumber: 'canaria-code' } });
    expect(exported.revisions).toMatchObject([{ date: second, changed: ['dayType'] }]);
    expect(exported.memberships).toMatchObject([{ role: 'employee' }]);
    expect(exported.account).toMatchObject([{ name: 'Canaria Quillfeather' }]);
    expect(exported.sessions).toMatchObject([{ ip_address: '203.0.113.9' }]);
    const text = JSON.stringify(exported);
    expect(text).not.toMatch(/Asha|Rao|"E1"|password/);
    expect(found(text)).toEqual(canaries);
    // The same person, however they are named.
    for (const name of ['CANARIA@quill.example', guid(2), String(exported.directory[0]?.['id'])]) {
      expect((await exportPerson(stage.company.context, name)).days).toEqual(exported.days);
    }
    await expect(exportPerson(stage.company.context, 'nobody')).rejects.toMatchObject({ code: 'not_found' });
  });

  it('goes with the erasure, and the totals stay', async () => {
    const stage = await open();
    const before = [await totals(stage, first), await totals(stage, second)];
    expect(found(await stored(stage))).toEqual(canaries);

    expect(await erasePerson(stage.company.context, 'canaria-code')).toEqual({
      days: 2,
      revisions: 1,
      accounts: 1,
    });

    const after = await stored(stage);
    expect(found(after)).toEqual([]);
    expect(after).not.toContain('203.0.113.9');
    // Others are untouched.
    expect(after).toContain('asha.rao.1@acme.example');
    expect([await totals(stage, first), await totals(stage, second)]).toEqual(before);
    const { rows } = await stage.company.daily(second);
    expect(rows.map(({ name }) => name)).toContain('Erased person');
  });

  it('does not come back with the next fetch, which has nothing to say about it', async () => {
    const stage = await open();
    const coverage = await readCoverage(stage);
    await erasePerson(stage.company.context, guid(2));
    const before = [await totals(stage, first), await totals(stage, second)];
    stage.clock.set('2026-03-13T05:30:00Z');
    stage.control.setClock('2026-03-13T05:30:00Z');
    stage.control.upsertAttendance([
      canaryRecord(second),
      record(1, '2026-03-12'),
      canaryRecord('2026-03-12'),
      { $day: '2026-03-12', $record: { ...record(3, '2026-03-12'), dayType: 'x' } },
    ]);
    const report = await stage.fetch(first, '2026-03-12', { peopleReadHours: 0 });
    expect(report.run.state).not.toBe('failed');
    expect(codesOf(report)).not.toContain('record_withdrawn');
    expect(found(await stored(stage))).toEqual([]);
    expect([await totals(stage, first), await totals(stage, second)]).toEqual(before);
    // Keka's count of people is still believed.
    expect(await readCoverage(stage)).toMatchObject(coverage);
    expect(JSON.stringify(report)).not.toMatch(/canaria|Quillfeather/i);
  });

  it('is left as it is while a fetch is under way', async () => {
    const stage = await open();
    await inOrganisation(stage.company.context, (transaction) =>
      sql`update run set state = 'running', ended_at = null, owner = '{}', lease_expires_at = now()
        where id = (select id from run order by started_at desc limit 1)`.execute(transaction),
    );
    const before = await stored(stage);
    await expect(erasePerson(stage.company.context, 'canaria-code')).rejects.toMatchObject({
      code: 'not_possible',
    });
    expect(await stored(stage)).toBe(before);
  });

  it('is for those with the right to it, and told in the audit trail without the name', async () => {
    const stage = await open();
    const auditor = {
      ...stage.company.context,
      actor: {
        kind: 'person' as const,
        userId: randomUUID() as never, // of nobody
        name: 'Auditor',
        membership: { role: 'auditor' as const },
      },
    };
    for (const work of [exportPerson, erasePerson]) {
      await expect(work(auditor, 'canaria-code')).rejects.toMatchObject({ code: 'not_allowed' });
    }
    await exportPerson(stage.company.context, 'canaria-code');
    await erasePerson(stage.company.context, 'canaria-code');
    const entries = await inOrganisation(stage.company.context, async (transaction) => {
      const { rows } = await sql<{ action: string; line: string }>`
        select action, e::text as line from audit_entry e order by id desc limit 2`.execute(transaction);
      return rows;
    });
    expect(entries.map(({ action }) => action)).toEqual([
      'erased the data of a person',
      'exported the data of a person',
    ]);
    for (const { line } of entries) expect(found(line)).toEqual([]);
  });

  it('of another company is not there', async () => {
    await open();
    const other = await stages.open({ scenario: smallScenario(1, [first]), directory: null });
    for (const work of [exportPerson, erasePerson]) {
      await expect(work(other.company.context, 'canaria-code')).rejects.toMatchObject({ code: 'not_found' });
    }
  });
});
