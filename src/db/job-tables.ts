import { DatabaseError, type PoolClient } from 'pg';
import { getConstructionPlans } from 'pg-boss';
import { HajiriError } from '../errors/hajiri-error.ts';

/** Where pg-boss keeps its tables: apart from ours, which row-level security binds, and reached by no role of theirs. */
export const jobSchema = 'hajiri_jobs';

/** The version of its tables that the installed pg-boss works with; a test holds it against the package. */
export const jobTablesVersion = 46;

/**
 * Makes the tables of pg-boss within the transaction, and under the lock, of the migration. Throws
 * `database_unsupported` when they are of another version than this program's.
 */
export async function ensureJobTables(client: PoolClient): Promise<void> {
  const { rows } = await client.query<{ exists: boolean }>('select to_regclass($1) is not null as exists', [
    `${jobSchema}.version`,
  ]);
  if (rows[0]?.exists !== true) {
    await makeTables(client);
    return;
  }
  const present = await client.query<{ version: number }>(`select version from ${jobSchema}.version`);
  const version = present.rows[0]?.version ?? null;
  if (version === jobTablesVersion) return;
  throw new HajiriError(
    'database_unsupported',
    `The tables of the job queue are of version ${version ?? 'unknown'}; this Hajiri needs ${jobTablesVersion}.`,
    { details: { version } },
  );
}

async function makeTables(client: PoolClient): Promise<void> {
  try {
    await client.query(withoutTransaction(getConstructionPlans(jobSchema)));
  } catch (error) {
    if (error instanceof DatabaseError && error.code === '42501') {
      throw new HajiriError(
        'database_unsupported',
        `The database user may not make the schema ${jobSchema}. Let an administrator make it the owner of the database.`,
        { details: { sqlState: error.code } },
      );
    }
    throw error;
  }
}

/** The plan brings a transaction of its own; its `commit` would end ours. */
function withoutTransaction(plan: string): string {
  const inner = /^\s*BEGIN;(.*)COMMIT;\s*$/s.exec(plan)?.[1];
  if (inner === undefined) throw new Error('pg-boss no longer makes its tables in one transaction');
  return inner;
}
