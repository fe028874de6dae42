import { randomUUID } from 'node:crypto';
import * as fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { createTestDatabase, type TestDatabase } from '../../../test/support/test-database.ts';
import { atCommandLine } from '../../accounts/actor.ts';
import type { OrganisationContext } from '../../accounts/organisation-context.ts';
import { createOrganisation } from '../../accounts/organisations.ts';
import { readAuditTrail } from '../../accounts/read-audit-trail.ts';
import { renderEmployeesCsv, renderEmployeesXlsx } from '../../reports/directory/render-employees.ts';
import { changeEmployee } from '../change-employee.ts';
import { importEmployees } from '../import-employees.ts';
import { listEmployees } from '../list-employees.ts';
import { readEmployee } from '../read-employee.ts';
import { applyImport } from './apply-import.ts';
import { fileOf } from './given-file.ts';
import { previewImport } from './preview-import.ts';
import { listImports, readImport, readImportRows } from './read-imports.ts';
import { undoImport } from './undo-import.ts';

const clock = new FakeClock('2026-03-12T05:30:00Z');
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

const csv = (...lines: readonly string[]) => fileOf('people.csv', Buffer.from(lines.join('\n')));
const header = 'employee_id,first_name,last_name,email,team,manager,tags';
const first = csv(
  header,
  'E1,Asha,Rao,asha@acme.example,Weaving,,',
  'E2,Binod,Jha,,Weaving,E1,night; new',
  'E3,Chitra,Sen,,Sales,e1,',
);
const everybody = async () => (await listEmployees(context)).rows;
const idOf = async (employeeId: string) => {
  const found = (await everybody()).find((row) => row.employeeId === employeeId);
  if (found === undefined) throw new Error(`there is no ${employeeId}`);
  return found.id;
};

describe('a preview', () => {
  it('says of each row what it would do, and changes nothing', async () => {
    await importEmployees(context, first);
    const before = await everybody();
    const preview = await previewImport(
      context,
      csv(
        header,
        'E1,Asha,Rao,asha@acme.example,Weaving,,',
        'E2,Binod,Jha-Sen,,Sales,E3,night',
        'E4,Deepa,Nair,,Dyeing,E9,',
        'E5,,Pal,nobody,,,',
      ),
    );
    expect(preview).toMatchObject({
      state: 'previewed',
      fileName: 'people.csv',
      encoding: 'utf-8',
      separator: 'comma',
      counts: { rows: 4, added: 0, changed: 1, unchanged: 1, refused: 2 },
      fileHash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    const { total, rows } = await readImportRows(context, preview.id, { offset: 0, limit: 10 });
    expect(total).toBe(4);
    expect(rows).toMatchObject([
      { line: 2, outcome: 'unchanged', changes: [] },
      {
        line: 3,
        outcome: 'changed',
        employeeId: 'E2',
        changes: [
          { field: 'last_name', before: 'Jha', after: 'Jha-Sen' },
          { field: 'team', before: 'Weaving', after: 'Sales' },
          { field: 'manager', before: 'Asha Rao', after: 'Chitra Sen' },
          { field: 'tags', before: 'night, new', after: 'night' },
        ],
      },
      { line: 4, outcome: 'refused', faults: [{ field: 'manager', reason: 'is the Employee ID of nobody' }] },
      {
        line: 5,
        outcome: 'refused',
        faults: [{ field: 'first_name' }, { field: 'email' }],
      },
    ]);
    expect(await everybody()).toEqual(before);
    await expect(applyImport(context, preview.id)).rejects.toMatchObject({ code: 'invalid_input' });
    expect(await everybody()).toEqual(before);
  });

  it('is done as it was shown, once, and is in the history with hash, who and when', async () => {
    const preview = await previewImport(context, first);
    expect(await applyImport(context, preview.id)).toMatchObject({ added: 3, changed: 0, linked: 0 });
    expect(
      (await everybody()).map(({ firstName, manager, tags }) => [firstName, manager?.name, tags]),
    ).toEqual([
      ['Asha', undefined, []],
      ['Binod', 'Asha Rao', ['night', 'new']],
      ['Chitra', 'Asha Rao', []],
    ]);
    await expect(applyImport(context, preview.id)).rejects.toMatchObject({ code: 'not_possible' });
    expect(await listImports(context, { limit: 5 })).toMatchObject([
      {
        state: 'applied',
        appliedBy: 'tester',
        appliedAt: clock.now().toString(),
        fileHash: preview.fileHash,
      },
    ]);
    expect(await readAuditTrail(context, { limit: 1 })).toMatchObject([
      { action: 'imported employees', after: { added: 3, sha256: preview.fileHash } },
    ]);
  });

  it('is not done when the directory is another one by then', async () => {
    await importEmployees(context, first);
    const preview = await previewImport(context, csv(header, 'E1,Asha,Changed,,,,'));
    await changeEmployee(context, await idOf('E3'), { phone: '+91 20 5555 0100' });
    const before = await everybody();
    await expect(applyImport(context, preview.id)).rejects.toMatchObject({ code: 'not_possible' });
    expect(await everybody()).toEqual(before);
  });
});

describe('an undo', () => {
  it('removes whom the import added and gives the others back what they had, teams by date included', async () => {
    await importEmployees(context, first);
    const before = await everybody();
    clock.advance({ hours: 1 });
    const { importId } = await importEmployees(
      context,
      csv(header, 'E2,Binod,Jha-Sen,b@acme.example,Dyeing,E3,', 'E4,Deepa,Nair,,Dyeing,E2,x'),
      { teamFrom: Temporal.PlainDate.from('2026-03-10') },
    );
    expect((await readEmployee(context, await idOf('E2'))).teams).toEqual([
      { team: 'Weaving', from: null, to: '2026-03-09' },
      { team: 'Dyeing', from: '2026-03-10', to: null },
    ]);
    expect(await undoImport(context, importId)).toEqual({ removed: 1, restored: 1 });
    expect(await everybody()).toEqual(before);
    expect((await readEmployee(context, await idOf('E2'))).teams).toEqual([
      { team: 'Weaving', from: null, to: null },
    ]);
    expect(await readImport(context, importId)).toMatchObject({ state: 'undone', undoneBy: 'tester' });
    await expect(undoImport(context, importId)).rejects.toMatchObject({ code: 'not_possible' });
  });

  it('is refused while something later depends on it, and possible again when that is undone', async () => {
    const one = await importEmployees(context, first);
    clock.advance({ hours: 1 });
    const two = await importEmployees(context, csv(header, 'E3,Chitra,Pal,,Sales,E1,'));
    const before = await everybody();
    expect(await readImport(context, one.importId)).toMatchObject({
      notUndoable: '1 of its employees were changed or removed later',
    });
    await expect(undoImport(context, one.importId)).rejects.toThrow(/changed or removed later/);
    expect(await everybody()).toEqual(before);
    await undoImport(context, two.importId);
    expect(await undoImport(context, one.importId)).toEqual({ removed: 3, restored: 0 });
    expect(await everybody()).toEqual([]);
  });

  it('is refused when somebody else has one of its employees as manager', async () => {
    const { importId } = await importEmployees(context, first);
    clock.advance({ hours: 1 });
    await importEmployees(context, csv(header, 'E9,Esha,Das,,,E3,'));
    await expect(undoImport(context, importId)).rejects.toThrow(/manager/);
  });
});

describe('a round trip through a file', () => {
  const codes = [
    '00123',
    '3E14',
    'MAR1',
    '=1+1',
    '+91',
    '-5',
    '@x',
    "'=x",
    "''-1",
    '1/2',
    'TRUE',
    'é',
    ' A ',
  ];
  const people = codes.map((code, n) => `"${code}",Asha,"R,ao ""${n}""",a${n}@acme.example,Weaving,,"x; y"`);

  it.each([
    ['CSV', async (rows: Awaited<ReturnType<typeof everybody>>) => Buffer.from(renderEmployeesCsv(rows))],
    ['XLSX', renderEmployeesXlsx],
  ])('%s changes nothing: every code comes back byte for byte', async (format, render) => {
    await importEmployees(context, csv(header, ...people));
    // Our own files put apostrophes before formulas; what was imported above was somebody else's.
    const before = await everybody();
    const file = fileOf(`employees.${format.toLowerCase()}`, await render(before));
    const preview = await previewImport(context, file);
    expect(preview.counts).toEqual({
      rows: codes.length,
      added: 0,
      changed: 0,
      unchanged: codes.length,
      refused: 0,
    });
    const elsewhere = await createOrganisation(database.kysely, clock, {
      name: randomUUID(),
      zone: 'Asia/Kolkata',
    });
    const there = { ...context, organisation: elsewhere };
    await importEmployees(there, file);
    const copied = (await listEmployees(there)).rows;
    const plain = (rows: typeof before) => rows.map((row) => ({ ...row, id: null }));
    expect(plain(copied)).toEqual(plain(before));
  });
});

describe('an XLSX file', () => {
  it('of any bytes at all is refused in words', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 80 }), async (rest) => {
        const bytes = Buffer.from([0x50, 0x4b, 0x03, 0x04, ...rest]);
        await expect(importEmployees(context, fileOf('x.xlsx', bytes))).rejects.toMatchObject({
          code: 'invalid_input',
        });
      }),
      { numRuns: 30 },
    );
  });
});
