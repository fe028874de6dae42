import type { OrganisationTransaction } from '../../db/tenancy.ts';
import { HajiriError } from '../../errors/hajiri-error.ts';

/** The import with that id. Throws `not_found`. */
export async function findImport(transaction: OrganisationTransaction, id: string) {
  const found = await transaction
    .selectFrom('employee_import')
    .selectAll()
    .where((where) => where(where.cast('id', 'text'), '=', id.toLowerCase()))
    .executeTakeFirst();
  if (found === undefined) throw new HajiriError('not_found', `There is no import ${id.slice(0, 60)}.`);
  return found;
}

export type StoredImport = Awaited<ReturnType<typeof findImport>>;
