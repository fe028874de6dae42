import type { ConnectionId, EmployeeRef } from '../db/schema.ts';
import type { OrganisationTransaction } from '../db/tenancy.ts';
import { HajiriError, InvalidInputError } from '../errors/hajiri-error.ts';

/** One person, in the directory, in Keka or in both. */
export type Person = {
  /** Null when the directory does not have them. */
  readonly employee: EmployeeRef | null;
  readonly sources: readonly { readonly connectionId: ConnectionId; readonly guid: string }[];
};

/**
 * The person with this Employee ID, e-mail address or id of Keka, with everything that is linked to them. Throws `not_found`, and
 * InvalidInputError when it may be several.
 */
export async function findPerson(transaction: OrganisationTransaction, text: string): Promise<Person> {
  const wanted = text.trim();
  const employees = await transaction
    .selectFrom('employee')
    .select('id')
    .where((where) =>
      where.or([
        where('employee_id', '=', wanted),
        where(where.cast('id', 'text'), '=', wanted.toLowerCase()),
        where(where.fn<string>('lower', ['email']), '=', wanted.toLowerCase()),
      ]),
    )
    .execute();
  if (employees.length > 1) throw several();
  const [employee] = employees;
  if (employee !== undefined) {
    const links = await transaction
      .selectFrom('person_link')
      .select(['connection_id as connectionId', 'source_guid as guid'])
      .where('employee', '=', employee.id)
      .execute();
    return { employee: employee.id, sources: links };
  }
  const sources = await transaction
    .selectFrom('source_person as p')
    .leftJoin('person_link as l', (join) =>
      join
        .onRef('l.organisation_id', '=', 'p.organisation_id')
        .onRef('l.connection_id', '=', 'p.connection_id')
        .onRef('l.source_guid', '=', 'p.guid'),
    )
    .select(['p.connection_id as connectionId', 'p.guid', 'l.employee'])
    .where((where) =>
      where.or([
        where(where.cast('p.guid', 'text'), '=', wanted.toLowerCase()),
        where(where.fn<string>('lower', ['p.email']), '=', wanted.toLowerCase()),
      ]),
    )
    .execute();
  const [first] = sources;
  if (first === undefined) throw new HajiriError('not_found', 'There is no such person.');
  // One person may be in several companies of Keka under the same id, and nobody else has it.
  if (new Set(sources.map(({ guid }) => guid)).size > 1) throw several();
  const linked = sources.find(({ employee }) => employee !== null);
  if (linked?.employee !== undefined && linked.employee !== null) {
    return findPerson(transaction, linked.employee);
  }
  return { employee: null, sources: sources.map(({ connectionId, guid }) => ({ connectionId, guid })) };
}

function several(): InvalidInputError {
  return new InvalidInputError([
    { field: 'person', reason: 'may be several people; give the Employee ID or the id in Keka' },
  ]);
}
