import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { DatabaseError, type Pool, type PoolClient } from 'pg';
import type { Clock } from '../clock/clock.ts';
import { HajiriError } from '../errors/hajiri-error.ts';
import { ensureJobTables } from './job-tables.ts';
import { toDatabaseError } from './open-database.ts';

export const migrationsFolder = fileURLToPath(new URL('./migrations', import.meta.url));

type Migration = { readonly name: string; readonly text: string; readonly checksum: string };

const oldestServer = 150_000;
/** Any number, as long as every Hajiri uses the same one. */
const migrationLock = 4_829_103;
/** Attendance is partitioned by month; these are made ahead, so that a fetch rarely has to. */
const monthsBack = 4;
const monthsAhead = 12;

/**
 * Brings the database to the version of this program, in one transaction under a lock: all of it or nothing. Also
 * makes the two roles that tenancy stands on, and the tables of the job queue.
 *
 * Throws `database_unsupported` (server too old, roles not allowed, database newer than the program),
 * `migration_failed` (with the name of the file) or `database_unavailable`.
 */
export async function migrate(
  pool: Pool,
  options: { readonly clock: Clock; readonly folder?: string },
): Promise<readonly string[]> {
  const migrations = await readMigrations(options.folder ?? migrationsFolder);
  await shipped();
  const client = await connect(pool);
  try {
    await client.query('begin');
    await client.query('select pg_advisory_xact_lock($1)', [migrationLock]);
    await checkServer(client);
    await ensureRoles(client);
    const applied = await applyMissing(client, migrations, options.clock.now());
    await ensureMonths(client, options.clock.now());
    // Last, for it sets time limits on the rest of the transaction.
    await ensureJobTables(client);
    await client.query('commit');
    return applied;
  } catch (error) {
    await client.query('rollback').catch(() => {}); // the first error is the one to tell
    throw toDatabaseError(error);
  } finally {
    client.release();
  }
}

let shippedNames: Promise<readonly string[]> | null = null;

/** As they were when this process first looked: a new version may be put in its place while it runs. */
function shipped(): Promise<readonly string[]> {
  shippedNames ??= readdir(migrationsFolder);
  return shippedNames;
}

/** Whether a newer version of the program has changed the database: what this one would do there may be wrong by now. */
export async function isOutdated(pool: Pool): Promise<boolean> {
  const known = await shipped();
  try {
    const { rows } = await pool.query<{ newer: boolean }>(
      'select exists (select from hajiri_migration where name <> all ($1)) as newer',
      [known],
    );
    return rows[0]?.newer === true;
  } catch (error) {
    throw toDatabaseError(error);
  }
}

async function connect(pool: Pool): Promise<PoolClient> {
  try {
    return await pool.connect();
  } catch (error) {
    throw toDatabaseError(error);
  }
}

async function readMigrations(folder: string): Promise<readonly Migration[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(`${folder}/${name}`, 'utf8');
      return { name, text, checksum: createHash('sha256').update(text).digest('hex') };
    }),
  );
}

async function checkServer(client: PoolClient): Promise<void> {
  const { rows } = await client.query<{ version: number }>(
    "select current_setting('server_version_num')::int as version",
  );
  const version = rows[0]?.version ?? 0;
  if (version < oldestServer) {
    throw new HajiriError(
      'database_unsupported',
      `This database is PostgreSQL ${Math.floor(version / 10_000)}; Hajiri needs 15 or newer.`,
      { details: { version } },
    );
  }
}

/**
 * Roles belong to the whole server, so another database of it may have made them already, or may be making them at
 * this moment: the lock of the migration is one of this database only.
 */
async function ensureRoles(client: PoolClient): Promise<void> {
  try {
    await client.query(`do $$
      declare name text;
      begin
        foreach name in array array['hajiri_app', 'hajiri_chooser'] loop
          begin
            if not exists (select from pg_roles where rolname = name) then
              execute format('create role %I nologin nosuperuser nobypassrls nocreatedb nocreaterole noinherit', name);
            end if;
          exception when duplicate_object or unique_violation then null;
          end;
          begin
            -- Up to PostgreSQL 15 every member may set the role, and 'set' is no word there.
            if not pg_has_role(current_user, name,
                case when current_setting('server_version_num')::int < 160000 then 'member' else 'set' end) then
              execute format('grant %I to current_user', name);
            end if;
          exception when unique_violation then null;
          end;
        end loop;
      end $$`);
  } catch (error) {
    if (error instanceof DatabaseError && error.code === '42501') {
      throw new HajiriError(
        'database_unsupported',
        'The database user may not create roles. Let an administrator create the roles hajiri_app and hajiri_chooser (nologin) and grant both to this user.',
        { details: { sqlState: error.code } },
      );
    }
    throw error;
  }
  await refuseBypassingRoles(client);
}

/** Tenancy would be an illusion on a role that row-level security does not bind. */
async function refuseBypassingRoles(client: PoolClient): Promise<void> {
  const { rows } = await client.query<{ rolname: string }>(
    `select rolname from pg_roles
      where rolname in ('hajiri_app', 'hajiri_chooser') and (rolsuper or rolbypassrls)`,
  );
  const [role] = rows;
  if (role !== undefined) {
    throw new HajiriError(
      'database_unsupported',
      `The role ${role.rolname} may bypass row-level security; take SUPERUSER and BYPASSRLS from it.`,
    );
  }
}

/** The first thing that is made, and so the first that a user without rights in this database is refused. */
async function ensureMigrationTable(client: PoolClient): Promise<void> {
  try {
    await client.query(`create table if not exists hajiri_migration (
      name text primary key, checksum text not null, applied_at timestamptz not null)`);
  } catch (error) {
    if (error instanceof DatabaseError && error.code === '42501') {
      throw new HajiriError(
        'database_unsupported',
        'The database user may not make tables in this database. Let an administrator make it the owner of the database.',
        { details: { sqlState: error.code } },
      );
    }
    throw error;
  }
}

async function applyMissing(
  client: PoolClient,
  migrations: readonly Migration[],
  now: Temporal.Instant,
): Promise<readonly string[]> {
  await ensureMigrationTable(client);
  const { rows } = await client.query<{ name: string; checksum: string }>(
    'select name, checksum from hajiri_migration order by name',
  );
  const known = new Map(migrations.map((migration) => [migration.name, migration]));
  for (const { name, checksum } of rows) {
    const migration = known.get(name);
    if (migration === undefined) {
      throw new HajiriError(
        'database_unsupported',
        `This database was last used by a newer Hajiri (${name} is unknown here). Start that version.`,
      );
    }
    if (migration.checksum !== checksum) {
      throw new HajiriError('migration_failed', `The file ${name} is not the one that was applied.`);
    }
  }
  const applied = new Set(rows.map(({ name }) => name));
  const missing = migrations.filter(({ name }) => !applied.has(name));
  for (const migration of missing) await apply(client, migration, now);
  return missing.map(({ name }) => name);
}

async function apply(client: PoolClient, migration: Migration, now: Temporal.Instant): Promise<void> {
  try {
    await client.query(migration.text);
  } catch (error) {
    const sqlState = error instanceof DatabaseError ? (error.code ?? null) : null;
    throw new HajiriError(
      'migration_failed',
      `The migration ${migration.name} failed (${sqlState ?? 'unknown'}); the database is as it was.`,
      { details: { migration: migration.name, sqlState }, cause: error },
    );
  }
  await client.query('insert into hajiri_migration (name, checksum, applied_at) values ($1, $2, $3)', [
    migration.name,
    migration.checksum,
    now.toString(),
  ]);
}

async function ensureMonths(client: PoolClient, now: Temporal.Instant): Promise<void> {
  const today = now.toZonedDateTimeISO('UTC').toPlainDate();
  for (let month = -monthsBack; month <= monthsAhead; month += 1) {
    await client.query('select ensure_attendance_month($1)', [today.add({ months: month }).toString()]);
  }
}
