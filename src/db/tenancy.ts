import { type Kysely, sql, type Transaction } from 'kysely';
import { toDatabaseError } from './open-database.ts';
import type { Database, OrganisationId } from './schema.ts';

/** A transaction that sees one organisation and nothing else: row-level security on a role that cannot bypass it. */
export type OrganisationTransaction = Transaction<Database>;

/** A server may write dates in the way of its country; what open-database.ts reads are ISO dates. */
const isoDates = sql`set_config('datestyle', 'ISO, YMD', true)`;

/**
 * Runs `work` as role hajiri_app for one organisation. Role and organisation are set for this transaction only, so
 * that it works behind a pooler which hands out a connection per transaction.
 */
export function withOrganisation<Result>(
  kysely: Kysely<Database>,
  organisation: OrganisationId,
  work: (transaction: OrganisationTransaction) => Promise<Result>,
): Promise<Result> {
  return inTransaction(kysely, async (transaction) => {
    await sql`select set_config('role', 'hajiri_app', true), ${isoDates},
      set_config('hajiri.organisation_id', ${organisation}, true)`.execute(transaction);
    return work(transaction);
  });
}

/**
 * For the statements of `work` alone, the transaction is that of the owner of the tables, who reaches the job queue.
 * Row-level security is forced on the owner, too: of the organisation's own tables it sees nothing.
 */
export async function asOwner<Result>(
  transaction: OrganisationTransaction,
  work: () => Promise<Result>,
): Promise<Result> {
  await sql`select set_config('role', 'none', true)`.execute(transaction);
  const result = await work();
  // Not after a failure: the transaction is aborted then, and the role goes with it.
  await sql`select set_config('role', 'hajiri_app', true)`.execute(transaction);
  return result;
}

/** Runs `work` as the role that may list and make organisations, and see nothing in them. */
export function chooseOrganisation<Result>(
  kysely: Kysely<Database>,
  work: (transaction: Transaction<Database>) => Promise<Result>,
): Promise<Result> {
  return inTransaction(kysely, async (transaction) => {
    await sql`select set_config('role', 'hajiri_chooser', true), ${isoDates}`.execute(transaction);
    return work(transaction);
  });
}

/** The edge of the database: what it or pg throws leaves as a HajiriError, what `work` throws as it is. */
async function inTransaction<Result>(
  kysely: Kysely<Database>,
  work: (transaction: Transaction<Database>) => Promise<Result>,
): Promise<Result> {
  try {
    return await kysely.transaction().execute(work);
  } catch (error) {
    throw toDatabaseError(error);
  }
}

/**
 * For the rest of the transaction, joins read each side once. Statements over all people of a company are cheap that
 * way at every size, while a nested loop, which the planner prefers as long as a freshly filled table has no
 * statistics, takes minutes for a hundred thousand.
 */
export async function planForWholeSets(transaction: OrganisationTransaction): Promise<void> {
  await sql`select set_config('enable_nestloop', 'off', true)`.execute(transaction);
}
