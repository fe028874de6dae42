import { authorise } from '../accounts/authorise.ts';
import { inOrganisation, type OrganisationContext } from '../accounts/organisation-context.ts';
import { seenEmployees, sightOf } from '../accounts/sight.ts';

export type EmployeeListing = {
  readonly employeeId: string | null;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string | null;
  readonly team: string | null;
  readonly designation: string | null;
  readonly location: string | null;
  readonly joiningDate: string | null;
  readonly leavingDate: string | null;
  /** Names of the connections in which a Keka person is linked to this employee. */
  readonly linkedIn: readonly string[];
};

export async function listEmployees(context: OrganisationContext): Promise<readonly EmployeeListing[]> {
  authorise(context, 'read the directory');
  return inOrganisation(context, async (transaction) => {
    const rows = await transaction
      .selectFrom('employee as e')
      .leftJoin('person_link as l', 'l.employee', 'e.id')
      .leftJoin('connection as c', 'c.id', 'l.connection_id')
      .select((expression) => [
        'e.employee_id',
        'e.first_name',
        'e.last_name',
        'e.email',
        'e.team',
        'e.designation',
        'e.location',
        'e.joining_date',
        'e.leaving_date',
        expression.fn
          .coalesce(
            expression.fn.agg<string[]>('array_agg', ['c.name']).filterWhere('c.name', 'is not', null),
            expression.val<string[]>([]),
          )
          .as('linked_in'),
      ])
      .where(seenEmployees(sightOf(context.actor)))
      .groupBy(['e.organisation_id', 'e.id'])
      .orderBy('e.first_name')
      .orderBy('e.last_name')
      .orderBy('e.id')
      .execute();
    return rows.map((row) => ({
      employeeId: row.employee_id,
      firstName: row.first_name,
      lastName: row.last_name,
      email: row.email,
      team: row.team,
      designation: row.designation,
      location: row.location,
      joiningDate: row.joining_date?.toString() ?? null,
      leavingDate: row.leaving_date?.toString() ?? null,
      linkedIn: row.linked_in,
    }));
  });
}
