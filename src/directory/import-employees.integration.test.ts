import { randomUUID } from 'node:crypto';
import * as fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../test/support/fake-clock.ts';
import { createTestDatabase, type TestDatabase } from '../../test/support/test-database.ts';
import { atCommandLine } from '../accounts/actor.ts';
import { inOrganisation, type OrganisationContext } from '../accounts/organisation-context.ts';
import { createOrganisation } from '../accounts/organisations.ts';
import { InvalidInputError } from '../errors/hajiri-error.ts';
import { importEmployees } from './import-employees.ts';
import { listEmployees } from './list-employees.ts';

const clock = new FakeClock('2026-03-12T05:30:00Z');
const bytes = (text: string) => new TextEncoder().encode(text);

describe('a file with only some of the columns', () => {
  let database: TestDatabase;
  let context: OrganisationContext;
  let companies = 0;

  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database?.close());
  beforeEach(async () => {
    companies += 1;
    const company = { name: `Company ${companies}`, zone: 'Asia/Kolkata' };
    const organisation = await createOrganisation(database.kysely, clock, company);
    context = { ...atCommandLine('tester'), kysely: database.kysely, clock, organisation };
    await importEmployees(
      context,
      bytes(
        [
          'employee_id,first_name,last_name,email,team,designation,location,time_zone,joining_date,leaving_date',
          ',Asha,Rao,asha@acme.example,Weaving,Weaver,Pune,Asia/Kolkata,2024-02-01,2026-06-30',
        ].join('\n'),
      ),
    );
  });

  it('changes those and leaves the others as they are', async () => {
    const outcome = await importEmployees(
      context,
      bytes('employee_id,first_name,last_name,email\nE001,Asha,Rao,asha@acme.example\n'),
    );
    expect(outcome).toMatchObject({ added: 0, changed: 1, unchanged: 0 });
    expect((await listEmployees(context)).rows).toMatchObject([
      {
        employeeId: 'E001',
        team: 'Weaving',
        designation: 'Weaver',
        location: 'Pune',
        joiningDate: '2024-02-01',
        leavingDate: '2026-06-30',
      },
    ]);
  });

  it('changes nothing when it says nothing new', async () => {
    const partial = bytes('employee_id,first_name,last_name,email\n,Asha,Rao,asha@acme.example\n');
    expect(await importEmployees(context, partial)).toMatchObject({ added: 0, changed: 0, unchanged: 1 });
  });

  it('empties a value only where the column is there and the cell is empty', async () => {
    await importEmployees(
      context,
      bytes('employee_id,first_name,last_name,email,team\nE001,Asha,Rao,asha@acme.example,\n'),
    );
    expect((await listEmployees(context)).rows).toMatchObject([{ team: null, designation: 'Weaver' }]);
  });

  it('never empties an Employee ID that is stored', async () => {
    const header = 'employee_id,first_name,last_name,email\n';
    await importEmployees(context, bytes(`${header}E001,Asha,Rao,asha@acme.example\n`));
    const outcome = await importEmployees(context, bytes(`${header},Asha,Raorane,asha@acme.example\n`));
    expect(outcome).toMatchObject({ added: 0, changed: 1 });
    expect((await listEmployees(context)).rows).toMatchObject([{ employeeId: 'E001', lastName: 'Raorane' }]);
  });

  it('is refused when its leaving date lies before the joining date that is stored', async () => {
    const file = bytes(
      'employee_id,first_name,last_name,email,leaving_date\nE001,Asha,Rao,asha@acme.example,2023-12-31\n',
    );
    await expect(importEmployees(context, file)).rejects.toMatchObject({
      faults: [{ field: 'line 2, leaving_date', reason: 'would leave before the joining date' }],
    });
    expect((await listEmployees(context)).rows).toMatchObject([
      { employeeId: null, leavingDate: '2026-06-30' },
    ]);
  });
});

describe('an import', () => {
  let database: TestDatabase;
  let context: OrganisationContext;

  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database?.close());
  beforeEach(async () => {
    const company = { name: `Company ${randomUUID()}`, zone: 'Asia/Kolkata' };
    const organisation = await createOrganisation(database.kysely, clock, company);
    context = { ...atCommandLine('tester'), kysely: database.kysely, clock, organisation };
  });

  const header = 'employee_id,first_name,last_name,email,joining_date,leaving_date';
  const fileOf = (...lines: readonly string[]) => bytes([header, ...lines].join('\n'));
  const importLines = (...lines: readonly string[]) => importEmployees(context, fileOf(...lines));

  /** Every employee of the company with everything that is stored, in a fixed order. */
  async function snapshot(): Promise<readonly string[]> {
    return inOrganisation(context, async (transaction) => {
      const { rows } = await sql<{ row: string }>`select e::text as row from employee e order by id`.execute(
        transaction,
      );
      return rows.map(({ row }) => row);
    });
  }

  async function codes(): Promise<readonly (string | null)[]> {
    return (await listEmployees(context)).rows.map(({ employeeId }) => employeeId);
  }

  it('adds who is new, changes who differs and writes nothing for the rest', async () => {
    expect(await importLines('1,Asha,Rao', '2,Binod,Jha', ',Chitra,Sen,c@acme.example')).toEqual({
      importId: expect.any(String),
      added: 3,
      changed: 0,
      unchanged: 0,
      linked: 0,
      withoutEmployeeId: 1,
    });
    const before = await snapshot();
    clock.advance({ hours: 1 });
    const again = ['1,Asha,Rao', '2,Binod,Jha', ',Chitra,Sen,c@acme.example'];
    expect(await importLines(...again)).toMatchObject({ added: 0, changed: 0, unchanged: 3 });
    expect(await snapshot()).toEqual(before);
    expect(await importLines('1,Asha,Rao', '2,Binod,Jha-Sen', '4,Deepa,Nair')).toMatchObject({
      added: 1,
      changed: 1,
      unchanged: 1,
    });
  });

  it('keeps codes byte for byte: four codes are four people', async () => {
    await importLines(
      '0030,Asha,Rao',
      '30,Binod,Jha',
      '00123,Chitra,Sen',
      'A-030,Deepa,Nair',
      ' EMP017 ,Esha,Pal',
    );
    expect(await codes()).toEqual(['0030', '30', '00123', 'A-030', ' EMP017 ']);
    expect(await importLines('030,Farid,Khan')).toMatchObject({ added: 1, changed: 0 });
  });

  it('keeps names in any script, from a file of ours with its mark', async () => {
    await importEmployees(
      context,
      bytes('\uFEFFemployee_id,first_name,last_name\r\n1,प्रिया,O’Brien\r\n2,José,李\r\n'),
    );
    expect((await listEmployees(context)).rows).toMatchObject([
      { firstName: 'José', lastName: '李' },
      { firstName: 'प्रिया', lastName: 'O’Brien' },
    ]);
  });

  it('takes the Employee ID for the person, then the e-mail, then the ID in another spelling', async () => {
    await importLines('E1,Asha,Rao,asha@acme.example', ',Binod,Jha,binod@acme.example', 'e3,Chitra,Sen');
    const outcome = await importLines(
      'E1,Asha,Rao,new@acme.example',
      'E2,Binod,Jha,BINOD@acme.example',
      'E3,Chitra,Sen',
      'E4,Deepa,Nair,asha@acme.example',
    );
    expect(outcome).toMatchObject({ added: 1, changed: 3 });
    expect((await listEmployees(context)).rows).toMatchObject([
      { employeeId: 'E1', email: 'new@acme.example' },
      { employeeId: 'E2', firstName: 'Binod' },
      { employeeId: 'E3', firstName: 'Chitra' },
      { employeeId: 'E4', email: 'asha@acme.example' },
    ]);
  });

  it('leaves two employees whose codes differ in capitals two employees', async () => {
    await importLines('EMP1,Asha,Rao', 'emp1,Binod,Jha');
    expect(await importLines('emp1,Binod,Jha', 'EMP1,Asha,Rao')).toMatchObject({
      added: 0,
      changed: 0,
      unchanged: 2,
    });
    const before = await snapshot();
    await expect(importLines('Emp1,Chitra,Sen')).rejects.toMatchObject({
      faults: [{ field: 'line 2, employee_id', reason: expect.stringContaining('2 employees') }],
    });
    expect(await snapshot()).toEqual(before);
  });

  it('adds nobody twice when two import the same file at the same time', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 4 }, () => importLines('1,Asha,Rao', ',Binod,Jha,b@acme.example')),
    );
    expect(outcomes.map(({ added }) => added).toSorted((a, b) => a - b)).toEqual([0, 0, 0, 2]);
    expect(await codes()).toHaveLength(2);
  });

  it('touches no employee of another organisation', async () => {
    await importLines('1,Asha,Rao,asha@acme.example');
    const before = await snapshot();
    const elsewhere = await createOrganisation(database.kysely, clock, {
      name: randomUUID(),
      zone: 'Asia/Dubai',
    });
    const there = { ...context, organisation: elsewhere };
    expect(await importEmployees(there, fileOf('1,Zoë,Khan,asha@acme.example'))).toMatchObject({
      added: 1,
      changed: 0,
    });
    expect(await snapshot()).toEqual(before);
  });

  it.each([
    ['a wrong header', bytes('id,name\n1,Asha\n')],
    ['an Employee ID twice', fileOf('1,Asha,Changed', '3,Chitra,Sen', '3,Deepa,Nair')],
    ['an e-mail twice', fileOf('1,Asha,Changed,x@acme.example', '3,Chitra,Sen,X@acme.example')],
    ['damaged UTF-8', Buffer.from(`${header}\n1,José,Rao\xFF\n`.replace('é', '\u00C3\u00A9'), 'latin1')],
    ['a zero character', fileOf('1,Asha,Changed\0')],
    ['a date that does not exist', fileOf('1,Asha,Changed', '3,Chitra,Sen,,2026-02-29')],
    ['leaving before joining', fileOf('1,Asha,Changed', '3,Chitra,Sen,,2026-03-10,2026-03-09')],
    ['a cell too many', fileOf('1,Asha,Changed,,,,and more')],
    ['an open quotation mark', fileOf('1,Asha,Changed', '3,"Chitra,Sen')],
    ['nothing', bytes('')],
  ])('of %s is refused and changes nothing', async (_, file) => {
    await importLines('1,Asha,Rao', '2,Binod,Jha');
    const before = await snapshot();
    const refusal = importEmployees(context, file);
    await expect(refusal).rejects.toBeInstanceOf(InvalidInputError);
    await expect(refusal).rejects.toThrow(/./);
    expect(await snapshot()).toEqual(before);
  });

  it('for the same Employee ID or e-mail twice names both lines', async () => {
    await expect(
      importLines('7,Asha,Rao,a@acme.example', '8,Binod,Jha', '7,Chitra,Sen,A@ACME.example'),
    ).rejects.toMatchObject({
      faults: [
        { field: 'line 4, employee_id', reason: expect.stringContaining('line 2') },
        { field: 'line 4, email', reason: expect.stringContaining('line 2') },
      ],
    });
  });

  it('tells the first faults and the number of the others, when there are very many', async () => {
    const refusal = importLines(...Array.from({ length: 80 }, () => '1,,Rao'));
    const faults = await refusal.then(
      () => [],
      (error: unknown) => (error instanceof InvalidInputError ? error.faults : []),
    );
    expect(faults).toHaveLength(51);
    expect(faults.at(-1)).toEqual({ field: 'file', reason: 'has 30 more faults' });
  });

  it('of any bytes at all is done as a whole or refused as a whole', async () => {
    const cell = fc.oneof(
      {
        weight: 4,
        arbitrary: fc.constantFrom(
          '1',
          '2',
          '3',
          ' 1',
          'Asha',
          'Rao',
          'a@acme.example',
          'A@acme.example',
          '',
        ),
      },
      {
        weight: 2,
        arbitrary: fc.constantFrom(
          '2026-03-10',
          '2026-02-29',
          '0000-01-01',
          '9999-12-31',
          '"',
          '\0',
          '\u200B',
          '\uD83D\uDE00',
        ),
      },
      { weight: 1, arbitrary: fc.string({ maxLength: 5 }) },
    );
    const name = fc.constantFrom('Asha', 'Zoë', '\u0007');
    const date = fc.constantFrom('', '', '', '2026-03-10', '2026-03-11', '0000-01-01', '9999-12-31');
    const line = fc.oneof(
      { weight: 4, arbitrary: fc.tuple(cell, name, cell, cell, date, date) },
      { weight: 1, arbitrary: fc.array(cell, { maxLength: 8 }) },
    );
    const table = fc
      .record({ lines: fc.array(line, { maxLength: 4 }), end: fc.constantFrom('\n', '\r\n') })
      .map(({ lines, end }) => bytes([header, ...lines.map((cells) => cells.join(','))].join(end)));
    const file = fc.oneof(
      { weight: 9, arbitrary: table },
      { weight: 1, arbitrary: fc.uint8Array({ maxLength: 60 }) },
    );
    let [done, refused] = [0, 0];
    await fc.assert(
      fc.asyncProperty(file, async (file) => {
        const before = await snapshot();
        try {
          const { added } = await importEmployees(context, file);
          expect(await snapshot()).toHaveLength(before.length + added);
          done += 1;
        } catch (error) {
          if (!(error instanceof InvalidInputError)) throw error;
          expect(await snapshot()).toEqual(before);
          refused += 1;
        }
      }),
      { numRuns: 300 },
    );
    // Both ways were tried often enough for the above to mean something.
    expect(Math.min(done, refused)).toBeGreaterThan(20);
  });
});
