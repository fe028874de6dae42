import { type ControlledTransaction, type Kysely, sql, type Transaction } from 'kysely';
import { toDatabaseError } from './open-database.ts';
import type { Database, OrganisationId, UserId } from './schema.ts';

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

/**
 * Runs `work` as the owner of the tables, for what belongs to no organisation: how people sign in. Row-level security is
 * forced on the owner, too: of what belongs to organisations it sees nothing.
 */
export function asInstallation<Result>(
  kysely: Kysely<Database>,
  work: (transaction: Transaction<Database>) => Promise<Result>,
): Promise<Result> {
  return inTransaction(kysely, async (transaction) => {
    await sql`select ${isoDates}`.execute(transaction);
    return work(transaction);
  });
}

/** The same, for who commits or rolls back by hand. */
export async function beginAsInstallation(
  kysely: Kysely<Database>,
): Promise<ControlledTransaction<Database>> {
  const transaction = await kysely.startTransaction().execute();
  await sql`select ${isoDates}`.execute(transaction);
  return transaction;
}

/** For the statements of `work` alone, a transaction of the owner is one of this organisation. */
export async function asOrganisation<Result>(
  transaction: Transaction<Database>,
  organisation: OrganisationId,
  work: (transaction: OrganisationTransaction) => Promise<Result>,
): Promise<Result> {
  await sql`select set_config('role', 'hajiri_app', true),
    set_config('hajiri.organisation_id', ${organisation}, true)`.execute(transaction);
  const result = await work(transaction);
  await sql`select set_config('role', 'none', true), set_config('hajiri.organisation_id', '', true)`.execute(
    transaction,
  );
  return result;
}

/** What somebody proved before an organisation is chosen: who they are, an invitation or a token that they hold, an address. */
export type Proof = {
  readonly userId?: UserId;
  readonly email?: string;
  /** The hash of the invitation's token, in hexadecimal. */
  readonly invitation?: string;
  /** The hash of an API token, in hexadecimal. */
  readonly apiToken?: string;
};

/** For the statements of `work` alone, a transaction of the owner sees what the proof lets one choose from. */
export async function asChooser<Result>(
  transaction: Transaction<Database>,
  { userId = '' as UserId, email = '', invitation = '', apiToken = '' }: Proof, // empty is nobody
  work: (transaction: Transaction<Database>) => Promise<Result>,
): Promise<Result> {
  await sql`select set_config('role', 'hajiri_chooser', true), set_config('hajiri.user_id', ${userId}, true),
    set_config('hajiri.email', ${email}, true), set_config('hajiri.invitation', ${invitation}, true),
    set_config('hajiri.api_token', ${apiToken}, true)`.execute(transaction);
  const result = await work(transaction);
  await sql`select set_config('role', 'none', true), set_config('hajiri.user_id', '', true),
    set_config('hajiri.email', '', true), set_config('hajiri.invitation', '', true),
    set_config('hajiri.api_token', '', true)`.execute(transaction);
  return result;
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
