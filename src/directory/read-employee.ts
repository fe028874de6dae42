import { sql } from 'kysely';
import { authorise } from '../accounts/authorise.ts';
import { inOrganisation, type OrganisationContext } from '../accounts/organisation-context.ts';
import { seenEmployees, sightOf } from '../accounts/sight.ts';
import { localDay } from '../attendance/local-time.ts';
import type { ConnectionId, EmployeeRef } from '../db/schema.ts';
import type { OrganisationTransaction } from '../db/tenancy.ts';
import { HajiriError } from '../errors/hajiri-error.ts';
import { type EmployeeListing, readEmployees } from './list-employees.ts';
import { shownDate } from './open-dates.ts';

export type EmployeeDetails = EmployeeListing & {
  readonly origin: 'file' | 'person' | 'keka';
  /** Why nobody needs to look for this employee in Keka. */
  readonly ignoredReason: string | null;
  /** Teams in their order; `to` is null for the present one, or the one to come. */
  readonly teams: readonly {
    readonly team: string | null;
    readonly from: string | null;
    readonly to: string | null;
  }[];
  readonly links: readonly {
    readonly connection: { readonly id: ConnectionId; readonly name: string };
    readonly sourceGuid: string;
    readonly name: string | null;
    readonly employeeNumber: string | null;
    readonly email: string | null;
    readonly madeBy: 'key' | 'person';
    readonly validFrom: string | null;
    readonly validTo: string | null;
  }[];
};

/** One employee by our own id. Throws `not_found`, also for one whom the actor does not see. */
export async function readEmployee(context: OrganisationContext, id: string): Promise<EmployeeDetails> {
  authorise(context, 'read the directory');
  return inOrganisation(context, async (transaction) => {
    const found = await findEmployee(transaction, context, id);
    const { rows } = await readEmployees(transaction, context, { only: found.id, limit: 1 });
    const [listing] = rows;
    if (listing === undefined) throw notFound(id);
    return {
      ...listing,
      origin: found.origin,
      ignoredReason: found.ignored_reason,
      teams: await readTeams(transaction, found.id),
      links: await readLinks(transaction, found.id),
    };
  });
}

/** Throws `not_found`, also for one whom the actor does not see. */
export async function findEmployee(
  transaction: OrganisationTransaction,
  context: OrganisationContext,
  id: string,
): Promise<{
  readonly id: EmployeeRef;
  readonly origin: EmployeeDetails['origin'];
  readonly ignored_reason: string | null;
}> {
  const today = localDay(context.clock.now(), context.organisation.zone);
  const found = await transaction
    .selectFrom('employee as e')
    .select(['e.id', 'e.origin', 'e.ignored_reason'])
    .where((where) => where(where.cast('e.id', 'text'), '=', id.toLowerCase()))
    .where(seenEmployees(sightOf(context.actor), today))
    .executeTakeFirst();
  if (found === undefined) throw notFound(id);
  return found;
}

function notFound(id: string): HajiriError {
  return new HajiriError('not_found', `There is no employee ${id.slice(0, 60)}.`);
}

async function readTeams(
  transaction: OrganisationTransaction,
  employee: EmployeeRef,
): Promise<EmployeeDetails['teams']> {
  const { rows } = await sql<{ team: string | null; from: string | null; to: string | null }>`
    select t.name as team, (lag(h.last_day) over (order by h.last_day nulls last) + 1)::text as from,
      h.last_day::text as to
    from (
      select team_id, last_day from team_move where employee = ${employee}
      union all
      select team_id, null from employee where id = ${employee}
    ) h
    left join team t on t.id = h.team_id
    order by h.last_day nulls last`.execute(transaction);
  return rows;
}

async function readLinks(
  transaction: OrganisationTransaction,
  employee: EmployeeRef,
): Promise<EmployeeDetails['links']> {
  const rows = await transaction
    .selectFrom('person_link as l')
    .innerJoin('connection as c', 'c.id', 'l.connection_id')
    .innerJoin('source_person as p', (join) =>
      join.onRef('p.connection_id', '=', 'l.connection_id').onRef('p.guid', '=', 'l.source_guid'),
    )
    .select([
      'c.id as connection_id',
      'c.name as connection_name',
      'p.guid',
      'p.display_name',
      'p.employee_number',
      'p.email',
      'l.made_by',
      'l.valid_from',
      'l.valid_to',
    ])
    .where('l.employee', '=', employee)
    .orderBy('c.name')
    .orderBy('l.valid_from')
    .execute();
  return rows.map((row) => ({
    connection: { id: row.connection_id, name: row.connection_name },
    sourceGuid: row.guid,
    name: row.display_name,
    employeeNumber: row.employee_number,
    email: row.email,
    madeBy: row.made_by,
    validFrom: shownDate(row.valid_from),
    validTo: shownDate(row.valid_to),
  }));
}
