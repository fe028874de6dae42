import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox } from '../../../sandbox/start-sandbox.ts';
import {
  credentials,
  guid,
  profile,
  record,
  smallScenario,
  smallScenarioStart,
} from '../../../sandbox/testing/small-scenario.ts';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { createTestCompany, type TestCompany } from '../../../test/support/test-company.ts';
import { createTestDatabase, type TestDatabase } from '../../../test/support/test-database.ts';
import { readAuditTrail } from '../../accounts/read-audit-trail.ts';
import { addExclusion, listExclusions, removeExclusion } from '../exclusions/exclusion-rules.ts';
import { listEmployees } from '../list-employees.ts';
import { changeKey, previewKeyChange } from './change-key.ts';
import { decideLinks, previewDecisions } from './decide-links.ts';
import { createPeople } from './follow-people.ts';
import type { LinkKind } from './link-kinds.ts';
import { listLinks, summariseLinks } from './list-links.ts';
import { listSuggestions } from './suggest-links.ts';
import { listDecisions, undoDecisions } from './undo-decisions.ts';

// Ten people in Keka and a directory, so that each kind of trouble is there once.
const people: readonly (readonly [number, Readonly<Record<string, unknown>>])[] = [
  [1, { employeeNumber: 'E1', displayName: 'Asha Rao', attendanceNumber: '900' }],
  [2, { employeeNumber: null, displayName: 'Binod Jha', email: 'binod@acme.example' }],
  [3, { employeeNumber: '123', displayName: 'Chitra Sen' }],
  [4, { employeeNumber: 'E4', displayName: 'Deepa Nair' }],
  [5, { employeeNumber: 'E5', displayName: 'Esha Pal' }],
  [6, { employeeNumber: 'E5', displayName: 'Farid Khan' }],
  [
    7,
    {
      employeeNumber: 'E7',
      displayName: 'Gita Das',
      joiningDate: '2015-01-01T00:00:00Z',
      exitDate: '2020-05-31T00:00:00Z',
    },
  ],
  [8, { employeeNumber: 'E7', displayName: 'Hari Roy', joiningDate: '2024-06-01T00:00:00Z' }],
  [9, { employeeNumber: 'X9', displayName: 'Indu Bose', joiningDate: '2021-02-01T00:00:00Z' }],
];
const directory = [
  'employee_id,first_name,last_name,email,joining_date,leaving_date',
  'E1,Asha,Rao,,,',
  'B2,Binod,Jha,BINOD@acme.example,,',
  '00123,Chitra,Sen,,,',
  'e4,Deepa,Nair,,,',
  'E4,Deepak,Nair,,,',
  'E5,Esha,Pal,,,',
  'E7,Hari,Roy,,2024-06-01,',
  'I9,Indu,Bose,,2021-02-01,',
  ',Jaya,Iyer,jaya@acme.example,,',
  'K1,Kavya,Hegde,,,',
].join('\n');

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.close());

async function openCompany(): Promise<TestCompany> {
  const clock = new FakeClock(smallScenarioStart, { autoAdvance: true });
  const sandbox = await startSandbox({
    scenario: smallScenario(people.length, [], {
      employees: people.map(([n, changes]) => profile(n, changes)),
      attendance: ['2026-03-10', '2026-03-11'].flatMap((day) =>
        people.map(([n, { employeeNumber }]) => record(n, day, { employeeNumber })),
      ),
    }),
    clock,
  });
  const company = await createTestCompany({ database, clock, sandbox, credentials });
  await company.importDirectory(directory);
  await company.fetch('2026-03-10', '2026-03-11');
  await sandbox.close();
  return company;
}

async function kindsOf(company: TestCompany): Promise<Readonly<Record<string, LinkKind>>> {
  const { rows } = await listLinks(company.context, 'test', { offset: 0, limit: 100 });
  return Object.fromEntries(
    rows.map(({ kind, person, employee }) => [
      person?.guid ?? employee?.employeeId ?? employee?.name ?? '',
      kind,
    ]),
  );
}

/** The row of an employee; that of nobody else with this number. */
async function rowOf(company: TestCompany, date: string, code: string) {
  const { rows } = await company.daily(date);
  return rows.find(({ employeeId }) => employeeId === code);
}

async function idOf(company: TestCompany, code: string): Promise<string> {
  const { rows } = await listEmployees(company.context, { search: code });
  const found = rows.find(({ employeeId }) => employeeId === code);
  if (found === undefined) throw new Error(`there is no ${code}`);
  return found.id;
}

describe('the list of links', () => {
  let company: TestCompany;
  beforeAll(async () => {
    company = await openCompany();
  });

  it('has everybody with what they are, and counts them', async () => {
    expect(await kindsOf(company)).toEqual({
      [guid(1)]: 'linked',
      [guid(2)]: 'no_source_key',
      [guid(3)]: 'not_in_directory',
      [guid(4)]: 'ambiguous',
      [guid(5)]: 'two_people',
      [guid(6)]: 'two_people',
      [guid(7)]: 'code_reused',
      [guid(8)]: 'linked',
      [guid(9)]: 'not_in_directory',
      B2: 'no_source_person',
      '00123': 'no_source_person',
      e4: 'no_source_person',
      E4: 'no_source_person',
      E5: 'no_source_person',
      I9: 'no_source_person',
      'Jaya Iyer': 'no_employee_id',
      K1: 'no_source_person',
    });
    const summary = await summariseLinks(company.context, 'test');
    expect(summary.counts).toMatchObject({
      linked: 2,
      two_people: 2,
      no_source_person: 7,
      no_employee_id: 1,
    });
    expect(summary.people).toMatchObject({ readAt: expect.any(String), problem: null, missing: null });
  });

  it('tells a code that was given to somebody else apart by the dates', async () => {
    expect(await rowOf(company, '2026-03-10', 'E7')).toMatchObject({ sourceGuid: guid(8), name: 'Hari Roy' });
  });

  it('says of each who it may be, with why and how many days hang on it', async () => {
    const { rows } = await listLinks(company.context, 'test', { offset: 0, limit: 100 });
    const of = (n: number) => rows.find(({ person }) => person?.guid === guid(n));
    const told = (n: number) =>
      of(n)?.suggestions.map(({ employee, reasons }) => [employee.employeeId, reasons.join(' ')]);
    expect(told(2)).toEqual([['B2', 'same_email same_name']]);
    expect(told(3)).toEqual([['00123', 'near_code same_name']]);
    expect(told(9)).toEqual([['I9', 'same_name_and_joining_date same_name']]);
    expect(
      told(4)
        ?.map(([code]) => code)
        .toSorted(),
    ).toEqual(['E4', 'e4']);
    expect(told(5)).toEqual([['E5', 'same_key same_name']]);
    expect(of(3)).toMatchObject({ days: 2, lastDay: '2026-03-11', person: { key: '123' } });
    const jaya = rows.find(({ employee }) => employee?.name === 'Jaya Iyer');
    expect(jaya?.suggestions).toEqual([]);
  });

  it('is searched and paged by the server', async () => {
    const found = await listLinks(company.context, 'test', { search: 'nair', offset: 1, limit: 1 });
    expect(found).toMatchObject({ total: 3, rows: [{ employee: { name: 'Deepa Nair' } }] });
    const one = await listLinks(company.context, 'test', { kind: 'ambiguous', offset: 0, limit: 9 });
    expect(one).toMatchObject({ total: 1, rows: [{ person: { guid: guid(4) } }] });
  });

  it('offers in bulk what has one good candidate on both sides, and nothing else', async () => {
    const { total, rows } = await listSuggestions(company.context, 'test', { offset: 0, limit: 9 });
    expect(rows.map(({ person, employee }) => [person.guid, employee.employeeId])).toEqual([
      [guid(2), 'B2'],
      [guid(3), '00123'],
      [guid(9), 'I9'],
    ]);
    expect(total).toBe(3);
    expect((await summariseLinks(company.context, 'test')).suggested).toBe(3);
  });
});

describe('a decision', () => {
  it('is shown before, made as a whole, followed by every report at once, audited, and undone', async () => {
    const company = await openCompany();
    const decisions = [
      { kind: 'link', person: guid(2), employee: await idOf(company, 'B2') },
      { kind: 'link', person: guid(3), employee: await idOf(company, '00123') },
      { kind: 'unlink', person: guid(1), reason: 'wrong person' },
      { kind: 'ignore_person', person: guid(6), reason: 'test account' },
      { kind: 'ignore_employee', employee: await idOf(company, 'K1'), reason: 'works elsewhere' },
    ];
    const before = await kindsOf(company);
    const preview = await previewDecisions(company.context, 'test', { decisions });
    expect(preview).toMatchObject({
      batch: null,
      effects: [
        { person: { guid: guid(2) }, from: null, to: { employeeId: 'B2' }, days: 2 },
        { to: { employeeId: '00123' }, days: 2 },
        { person: { guid: guid(1) }, from: { employeeId: 'E1' }, to: null, days: 2 },
        { person: { guid: guid(6) } },
        { person: null, to: { employeeId: 'K1' } },
      ],
    });
    expect(await kindsOf(company)).toEqual(before);

    const { batch } = await decideLinks(company.context, 'test', { decisions });
    expect(await kindsOf(company)).toMatchObject({
      [guid(1)]: 'unlinked_by_hand',
      [guid(2)]: 'linked',
      [guid(3)]: 'linked',
      [guid(5)]: 'two_people',
      [guid(6)]: 'ignored',
      K1: 'ignored',
    });
    expect(await rowOf(company, '2026-03-10', 'B2')).toMatchObject({
      link: 'linked',
      firstIn: { time: '09:12' },
    });
    const { rows: days } = await company.daily('2026-03-11');
    expect(days.find(({ sourceGuid }) => sourceGuid === guid(1))).toMatchObject({ link: 'unlinked_by_hand' });
    // Linking again, as any run does, leaves what a person decided.
    await company.importDirectory(directory);
    expect(await kindsOf(company)).toMatchObject({ [guid(1)]: 'unlinked_by_hand' });
    expect(await listDecisions(company.context, 'test', { offset: 0, limit: 9 })).toMatchObject({
      total: 5,
      rows: expect.arrayContaining([
        expect.objectContaining({ kind: 'ignore', by: 'tester', reason: 'test account', batch }),
      ]),
    });
    expect(await readAuditTrail(company.context, { limit: 20 })).toContainEqual(
      expect.objectContaining({
        action: 'decided about links',
        after: expect.objectContaining({ decisions: 5 }),
      }),
    );

    expect(await undoDecisions(company.context, batch ?? '')).toBe(5);
    // With the other one out of the way, the import linked this one by the key: that is no decision of this batch.
    const others = Object.fromEntries(Object.entries(before).filter(([name]) => name !== 'E5'));
    expect(await kindsOf(company)).toEqual({ ...others, [guid(5)]: 'linked' });
    await expect(undoDecisions(company.context, batch ?? '')).rejects.toMatchObject({ code: 'not_possible' });
  });

  it('of which one is not possible changes nothing at all, and says which', async () => {
    const company = await openCompany();
    const before = await kindsOf(company);
    const decisions = [
      { kind: 'link', person: guid(2), employee: await idOf(company, 'B2') },
      { kind: 'link', person: guid(3), employee: await idOf(company, 'E1') },
      { kind: 'unlink', person: guid(9) },
    ];
    await expect(decideLinks(company.context, 'test', { decisions })).rejects.toMatchObject({
      faults: [
        { field: 'decisions.1', reason: expect.stringContaining('second person for the same days') },
        { field: 'decisions.2', reason: expect.stringContaining('not linked') },
      ],
    });
    expect(await kindsOf(company)).toEqual(before);
  });

  it('may give an employee two people one after the other; each day shows the one of its dates', async () => {
    const company = await openCompany();
    const e1 = await idOf(company, 'E1');
    const decisions = [
      { kind: 'link', person: guid(1), employee: e1, validTo: '2026-03-10' },
      { kind: 'link', person: guid(3), employee: e1, validFrom: '2026-03-11' },
    ];
    await decideLinks(company.context, 'test', { decisions });
    expect(await rowOf(company, '2026-03-10', 'E1')).toMatchObject({ sourceGuid: guid(1) });
    expect(await rowOf(company, '2026-03-11', 'E1')).toMatchObject({ sourceGuid: guid(3) });
    const { rows } = await company.daily('2026-03-11');
    expect(rows.find(({ sourceGuid }) => sourceGuid === guid(1))).toMatchObject({
      employeeId: null,
      link: 'outside_link',
    });
  });

  it('cannot be undone when somebody of it was decided about again', async () => {
    const company = await openCompany();
    const one = await decideLinks(company.context, 'test', {
      decisions: [{ kind: 'link', person: guid(2), employee: await idOf(company, 'B2') }],
    });
    const two = await decideLinks(company.context, 'test', {
      decisions: [{ kind: 'link', person: guid(2), employee: await idOf(company, 'K1') }],
    });
    await expect(undoDecisions(company.context, one.batch ?? '')).rejects.toMatchObject({
      code: 'not_possible',
    });
    await undoDecisions(company.context, two.batch ?? '');
    expect(await rowOf(company, '2026-03-10', 'B2')).toMatchObject({ link: 'linked' });
    await undoDecisions(company.context, one.batch ?? '');
    expect(await kindsOf(company)).toMatchObject({ [guid(2)]: 'no_source_key' });
  });
});

describe('another identification key', () => {
  it('shows who would be linked, unlinked or moved, and then does that', async () => {
    const company = await openCompany();
    await company.importDirectory('employee_id,first_name,last_name\n900,Lata,Sen\n');
    await decideLinks(company.context, 'test', {
      decisions: [{ kind: 'link', person: guid(9), employee: await idOf(company, 'I9') }],
    });
    const preview = await previewKeyChange(company.context, 'test', 'attendance_number', { limit: 10 });
    expect(preview.counts).toMatchObject({ moved: 1, unlinked: 1, byHand: 1 });
    expect(
      preview.rows.map(({ change, person, from, to }) => [
        change,
        person?.guid,
        from?.employeeId,
        to?.employeeId,
      ]),
    ).toEqual([
      ['moved', guid(1), 'E1', '900'],
      ['unlinked', guid(8), 'E7', undefined],
    ]);
    expect(await rowOf(company, '2026-03-10', 'E1')).toMatchObject({ link: 'linked' });
    await expect(
      changeKey(company.context, 'test', 'attendance_number', { linked: 5, unlinked: 1, moved: 1 }),
    ).rejects.toMatchObject({ code: 'not_possible' });
    const { linked, unlinked, moved } = preview.counts;
    expect(
      await changeKey(company.context, 'test', 'attendance_number', { linked, unlinked, moved }),
    ).toEqual(preview.counts);
    expect(await rowOf(company, '2026-03-10', '900')).toMatchObject({ link: 'linked', sourceGuid: guid(1) });
    expect(await rowOf(company, '2026-03-10', 'I9')).toMatchObject({ link: 'linked' });
    expect((await company.connection()).identificationKey).toBe('attendance_number');
    const again = await previewKeyChange(company.context, 'test', 'attendance_number', { limit: 10 });
    expect(again.rows).toEqual([]);
  });
});

describe('people who are not in the directory', () => {
  it('become employees with their key as Employee ID, linked at once', async () => {
    const company = await openCompany();
    expect(await createPeople(company.context, 'test', [guid(3), guid(9)])).toEqual({
      created: 2,
      linked: 2,
    });
    expect(await rowOf(company, '2026-03-10', 'X9')).toMatchObject({ link: 'linked', name: 'Asha Rao 9' });
    for (const refused of [guid(2), guid(4), guid(5)]) {
      await expect(createPeople(company.context, 'test', [refused])).rejects.toMatchObject({
        code: 'invalid_input',
      });
    }
  });
});

describe('an exclusion rule', () => {
  it('keeps whom it catches out of reports and troubles, with a live count, until it is removed', async () => {
    const company = await openCompany();
    await addExclusion(company.context, { kind: 'number', value: 'x*' });
    await addExclusion(company.context, { kind: 'number', value: '0012?' });
    const caught = (await listExclusions(company.context)).map((rule) => [rule.value, rule.caught] as const);
    expect(caught.toSorted(([a], [b]) => b.localeCompare(a))).toEqual([
      ['x*', { employees: 0, people: 1, examples: ['Indu Bose'] }],
      ['0012?', { employees: 1, people: 0, examples: ['Chitra Sen'] }],
    ]);
    expect(await kindsOf(company)).toMatchObject({ [guid(9)]: 'excluded', '00123': 'excluded' });
    const codes = async () =>
      (await company.daily('2026-03-10')).rows.map(
        ({ employeeId, employeeNumber }) => employeeId ?? employeeNumber,
      );
    expect(await codes()).not.toContain('X9');
    expect(await codes()).not.toContain('00123');
    for (const { id } of await listExclusions(company.context)) await removeExclusion(company.context, id);
    expect(await codes()).toContain('X9');
    await expect(addExclusion(company.context, { kind: 'number', value: '*' })).rejects.toMatchObject({
      code: 'invalid_input',
    });
  });
});
