import type { OrganisationTransaction } from '../../db/tenancy.ts';
import { HajiriError } from '../../errors/hajiri-error.ts';

/** The connection with that id or name, as far as links need it. Throws `not_found`. */
export async function findConnectionOfLinks(transaction: OrganisationTransaction, idOrName: string) {
  const found = await transaction
    .selectFrom('connection')
    .select([
      'organisation_id',
      'id',
      'name',
      'identification_key',
      'people_read_at',
      'people_problem',
      'new_people',
      'overwrite_fields',
    ])
    .where((where) =>
      where.or([where(where.cast('id', 'text'), '=', idOrName.toLowerCase()), where('name', '=', idOrName)]),
    )
    .executeTakeFirst();
  if (found === undefined)
    throw new HajiriError('not_found', `There is no connection "${idOrName.slice(0, 60)}".`);
  return found;
}

export type ConnectionOfLinks = Awaited<ReturnType<typeof findConnectionOfLinks>>;
