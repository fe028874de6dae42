import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../test/support/fake-clock.ts';
import { createTestDatabase, type TestDatabase } from '../../test/support/test-database.ts';
import { createOrganisation } from '../accounts/organisations.ts';
import type { OrganisationContext } from '../db/organisation-context.ts';
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
    context = { kysely: database.kysely, clock, organisation };
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
    expect(await listEmployees(context)).toMatchObject([
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
    expect(await listEmployees(context)).toMatchObject([{ team: null, designation: 'Weaver' }]);
  });

  it('is refused when its leaving date lies before the joining date that is stored', async () => {
    const file = bytes(
      'employee_id,first_name,last_name,email,leaving_date\nE001,Asha,Rao,asha@acme.example,2023-12-31\n',
    );
    await expect(importEmployees(context, file)).rejects.toMatchObject({
      faults: [{ field: 'line 2', reason: 'would leave before the joining date' }],
    });
    expect(await listEmployees(context)).toMatchObject([{ employeeId: null, leavingDate: '2026-06-30' }]);
  });
});
