import { AsyncLocalStorage } from 'node:async_hooks';
import {
  type CompiledQuery,
  type ControlledTransaction,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely';
import type { Clock } from '../../clock/clock.ts';
import { toDatabaseError } from '../../db/open-database.ts';
import type { Database } from '../../db/schema.ts';
import { asInstallation, beginAsInstallation } from '../../db/tenancy.ts';
import type { Origin } from '../actor.ts';
import type { SignInTables, SignInTransaction } from './sign-in-tables.ts';

/**
 * One act of signing in or out, of better-auth and of ours, in one transaction: a session and its audit entry are there
 * both, or neither. The transaction begins with the first write, so that no connection waits while a password is hashed.
 */
export type SignInScope = {
  readonly clock: Clock;
  readonly origin: Origin;
  /** The transaction, begun if it was not yet. Its role is the owner of the tables. */
  transaction(): Promise<SignInTransaction>;
};

type Scope = SignInScope & {
  begun: Promise<ControlledTransaction<Database & SignInTables>> | null;
  failure: Error | null;
};

const scopes = new AsyncLocalStorage<Scope>();

/** Commits what was written when `work` returns, and undoes it when it throws. Throws HajiriError for the database's. */
export async function inSignInScope<Result>(
  { kysely, clock, origin }: { kysely: Kysely<Database>; clock: Clock; origin: Origin },
  work: (scope: SignInScope) => Promise<Result>,
): Promise<Result> {
  const scope: Scope = {
    clock,
    origin,
    begun: null,
    failure: null,
    transaction() {
      scope.begun ??= beginAsInstallation(kysely).then((transaction) =>
        transaction.$extendTables<SignInTables>(),
      );
      return scope.begun;
    },
  };
  try {
    const result = await scopes.run(scope, () => work(scope));
    // better-auth turns some failures of the database into answers of its own.
    if (scope.failure !== null) throw scope.failure;
    await (await scope.begun)?.commit().execute();
    return result;
  } catch (error) {
    const transaction = await scope.begun?.catch(() => null);
    // The first error is the one to tell.
    await transaction
      ?.rollback()
      .execute()
      .catch(() => {});
    throw toDatabaseError(scope.failure ?? error);
  }
}

/** The scope that is open here. better-auth's own hooks run inside of it. */
export function currentSignInScope(): SignInScope {
  const scope = scopes.getStore();
  if (scope === undefined) throw new Error('there is no scope to sign in within');
  return scope;
}

/** What better-auth is given as its database: every statement goes to the transaction of the scope that is open. */
export function createScopedKysely(kysely: Kysely<Database>): Kysely<unknown> {
  const connection: DatabaseConnection = {
    async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
      const scope = scopes.getStore();
      if (scope === undefined) throw new Error('a statement outside of a scope to sign in within');
      try {
        const result = await execute(kysely, scope, query);
        return { ...result, rows: result.rows.map((row) => withDates(row) as Row) }; // the same columns
      } catch (error) {
        scope.failure ??= error instanceof Error ? error : new Error('the database failed', { cause: error });
        throw error;
      }
    },
    streamQuery() {
      throw new Error('better-auth streams nothing');
    },
  };
  const never = () => Promise.reject(new Error('the scope has the transaction'));
  const driver: Driver = {
    init: async () => {},
    acquireConnection: async () => connection,
    beginTransaction: never,
    commitTransaction: never,
    rollbackTransaction: never,
    releaseConnection: async () => {},
    destroy: async () => {},
  };
  const dialect: Dialect = {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => driver,
    createIntrospector: (database) => new PostgresIntrospector(database),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  };
  return new Kysely({ dialect });
}

async function execute(
  kysely: Kysely<Database>,
  scope: Scope,
  query: CompiledQuery,
): Promise<QueryResult<unknown>> {
  if (scope.begun === null && query.query.kind === 'SelectQueryNode') {
    return asInstallation(kysely, (transaction) => transaction.executeQuery(query));
  }
  const transaction = await scope.transaction();
  return transaction.executeQuery(query);
}

/** better-auth knows the Date of old; the rest of the program has Temporal. */
function withDates(row: unknown): unknown {
  if (typeof row !== 'object' || row === null) return row;
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      value instanceof Temporal.Instant ? new Date(value.epochMilliseconds) : value,
    ]),
  );
}
