import { randomBytes, randomUUID } from 'node:crypto';
import { type RawBuilder, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/support/test-database.ts';
import { openDatabase } from './open-database.ts';
import type { OrganisationId, UserId } from './schema.ts';
import {
  asChooser,
  asInstallation,
  asOrganisation,
  chooseOrganisation,
  type Proof,
  withOrganisation,
} from './tenancy.ts';

// Nothing here knows the tables: a new one is in these tests as soon as a migration makes it.

/** Values that a check asks for, by column, or by table and column. */
const sampleValues: Readonly<Record<string, unknown>> = {
  environment: 'keka',
  identification_key: 'email',
  trigger: 'manual',
  made_by: 'key',
  actor_kind: 'schedule',
  role: 'employee',
  'api_token.scopes': ['read_reports'],
  'run.state': 'running',
  'run.owner': '{}',
  'run.lease_expires_at': '2026-03-11T05:31:00Z',
  'backfill.state': 'running',
  'run_chunk.state': 'committed',
  'employee_import.state': 'previewed',
  'employee_import.format': 'csv',
  'exclusion_rule.kind': 'tag',
  'link_decision.kind': 'link',
  'attendance_policy.scope': 'organisation',
  'month_lock.month': '2026-03-01',
  'day_request.kind': 'leave',
  'day_request.state': 'approved',
  'drift_day.kind': 'withdrawn',
  'reevaluation.reason': 'policy',
  'reevaluation.state': 'waiting',
};

const samplesByType: Readonly<Record<string, () => unknown>> = {
  uuid: randomUUID,
  text: () => `sample ${randomUUID()}`,
  int2: () => 1,
  int4: () => 1,
  bool: () => false,
  datemultirange: () => '{}',
  date: () => '2026-03-10',
  timestamptz: () => '2026-03-11T05:30:00Z',
  json: () => '{}',
  jsonb: () => '{}',
  bytea: () => randomBytes(32),
  _text: () => [],
};

type Table = { name: string; secured: boolean; forced: boolean };
type Column = { name: string; type: string };
type Row = Readonly<Record<string, unknown>>;

const acme = randomUUID() as OrganisationId; // made below
const bolt = randomUUID() as OrganisationId; // made below

let database: TestDatabase;
let tables: readonly Table[];
let partitions: readonly string[];

beforeAll(async () => {
  database = await createTestDatabase();
  await database.pool.query("select ensure_attendance_month('2026-03-10')");
  tables = await readRows<Table>(sql`
    select relname::text as name, relrowsecurity as secured, relforcerowsecurity as forced
    from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'f')
      and not relispartition and relname <> 'hajiri_migration' order by relname`);
  const found = await readRows<{ name: string }>(
    sql`select relname::text as name from pg_class
      where relnamespace = 'public'::regnamespace and relispartition and relkind = 'r' order by relname`,
  );
  partitions = found.map(({ name }) => name);
  for (const organisation of [acme, bolt]) {
    for (const { name } of tables) await insertSample(name, organisation);
  }
});
afterAll(() => database?.close());

/** As the owner of the tables, who is not bound here. */
async function readRows<Result>(query: RawBuilder<unknown>): Promise<readonly Result[]> {
  return (await query.execute(database.kysely)).rows as Result[]; // each query says which
}

async function sampleOf(table: string, organisation: OrganisationId): Promise<Row> {
  const needed = await readRows<Column>(sql`
    select column_name::text as name, udt_name::text as type from information_schema.columns
    where table_schema = 'public' and table_name = ${table} and is_identity = 'NO'
      and (is_nullable = 'NO' and column_default is null or column_name in ('organisation_id', 'id')
        -- What a check asks for together with another column.
        or table_name = 'run' and column_name in ('owner', 'lease_expires_at')
        or table_name = 'day_note' and column_name = 'employee')`);
  const row: Record<string, unknown> = {};
  for (const { name, type } of needed) {
    const sample = samplesByType[type];
    if (sample === undefined) throw new Error(`there is no sample of ${type} yet, for ${table}.${name}`);
    row[name] = sampleValues[`${table}.${name}`] ?? sampleValues[name] ?? sample();
  }
  return { ...row, [tenantColumn(table)]: organisation };
}

function tenantColumn(table: string): string {
  return table === 'organisation' ? 'id' : 'organisation_id';
}

function insertion(table: string, row: Row): RawBuilder<unknown> {
  const names = sql.join(Object.keys(row).map((name) => sql.ref(name)));
  return sql`insert into ${sql.table(table)} (${names}) values (${sql.join(Object.values(row))})`;
}

async function insertSample(table: string, organisation: OrganisationId): Promise<void> {
  const row = await sampleOf(table, organisation);
  await database.kysely.transaction().execute(async (transaction) => {
    // Samples refer to nothing; what is tested is who sees them.
    await sql`set local session_replication_role = replica`.execute(transaction);
    await insertion(table, row).execute(transaction);
  });
}

/** How many rows a statement gave or touched for an organisation; all of it is undone. */
async function countFor(organisation: OrganisationId, statement: RawBuilder<unknown>): Promise<number> {
  const undo = new Error('undo');
  let count = -1;
  const work = withOrganisation(database.kysely, organisation, async (transaction) => {
    const { rows, numAffectedRows } = await statement.execute(transaction);
    count = Number(numAffectedRows ?? rows.length);
    throw undo;
  });
  await expect(work).rejects.toBe(undo);
  return count;
}

function refused(organisation: OrganisationId, statement: RawBuilder<unknown>): Promise<void> {
  const work = withOrganisation(database.kysely, organisation, (transaction) =>
    statement.execute(transaction),
  );
  return expect(work).rejects.toMatchObject({ details: { sqlState: '42501' } });
}

/** The tables of which each organisation has rows of its own. */
const ownTables = () => tables.map(({ name }) => name).filter((name) => name !== 'organisation');

/** Entries are added and read, and never changed or removed. */
const appendOnly: ReadonlySet<string> = new Set(['audit_entry']);
const changeable = (names: readonly string[]) => names.filter((name) => !appendOnly.has(name));

describe('the tables', () => {
  it('are all secured by row, also against their owner, and none is a view', async () => {
    expect(tables.length).toBeGreaterThan(10);
    expect(tables.filter(({ secured, forced }) => !secured || !forced)).toEqual([]);
  });

  it('have a policy for the role of the application that names the organisation, in reading and in writing', async () => {
    const policies = await readRows<{ table: string; using: string; check: string }>(sql`
      select tablename::text as table, qual as using, with_check as check from pg_policies
      where schemaname = 'public' and 'hajiri_app' = any (roles) and permissive = 'PERMISSIVE'`);
    expect(policies.map(({ table }) => table).sort()).toEqual(tables.map(({ name }) => name));
    for (const { using, check } of policies) {
      expect(using).toContain('current_organisation()');
      expect(check).toContain('current_organisation()');
    }
  });

  it('cannot be told past each other by a function that runs with the rights of its owner', async () => {
    const definers = await readRows<{ name: string; settings: string[] | null }>(sql`
      select proname::text as name, proconfig as settings from pg_proc
      where pronamespace = 'public'::regnamespace and prosecdef`);
    expect(definers).toEqual([
      { name: 'ensure_attendance_month', settings: ['search_path=public, pg_temp'] },
    ]);
  });
});

describe('the roles', () => {
  it('have no power beyond what they are granted, cannot sign in and belong to no other role', async () => {
    const roles = await readRows(sql`
      select rolname::text as name, rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication as power,
        rolcanlogin as can_sign_in, exists (select from pg_auth_members where member = r.oid) as is_member
      from pg_roles r where rolname in ('hajiri_app', 'hajiri_chooser') order by 1`);
    const harmless = { power: false, can_sign_in: false, is_member: false };
    expect(roles).toEqual([
      { name: 'hajiri_app', ...harmless },
      { name: 'hajiri_chooser', ...harmless },
    ]);
  });

  it('own nothing', async () => {
    const owned = await readRows(sql`
      select relname from pg_class where pg_get_userbyid(relowner) in ('hajiri_app', 'hajiri_chooser')`);
    expect(owned).toEqual([]);
  });

  it('may do this with tables and nothing else', async () => {
    const granted = await readRows<{ role: string; table: string; privileges: string }>(sql`
      select role, relname::text as table, string_agg(privilege, ' ' order by privilege) as privileges
      from pg_class, unnest(array['hajiri_app', 'hajiri_chooser']) as role,
        unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) as privilege
      where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
        and (has_table_privilege(role, pg_class.oid, privilege)
          or (privilege in ('SELECT', 'INSERT', 'UPDATE', 'REFERENCES')
            and has_any_column_privilege(role, pg_class.oid, privilege)))
      group by role, relname`);
    const expected = [
      { role: 'hajiri_chooser', table: 'organisation', privileges: 'INSERT SELECT' },
      ...Object.keys(seenByChooser).map((table) => ({
        role: 'hajiri_chooser',
        table,
        privileges: 'SELECT',
      })),
      { role: 'hajiri_app', table: 'organisation', privileges: 'SELECT UPDATE' },
      ...ownTables().map((table) => ({
        role: 'hajiri_app',
        table,
        privileges: appendOnly.has(table) ? 'INSERT SELECT' : 'DELETE INSERT SELECT UPDATE',
      })),
    ];
    expect([...granted].sort(byRoleAndTable)).toEqual(expected.sort(byRoleAndTable));
  });
});

/**
 * What the worker has to see of every organisation to know where there is something to do, and what a person has to see
 * to know where they belong. Which rows of the latter is a matter of what was proved; see below.
 */
const seenByChooser: Readonly<Record<string, readonly string[]>> = {
  api_token: [
    'expires_at',
    'id',
    'last_used_at',
    'name',
    'organisation_id',
    'revoked_at',
    'scopes',
    'token_hash',
  ],
  invitation: [
    'accepted_at',
    'email',
    'employee',
    'expires_at',
    'id',
    'organisation_id',
    'revoked_at',
    'role',
    'teams',
  ],
  membership: ['employee', 'organisation_id', 'role', 'state', 'teams', 'user_id'],
  nightly: ['next_due_at', 'organisation_id'],
  run: ['beat', 'id', 'organisation_id', 'owner', 'state'],
  schedule: ['attended_at', 'connection_id', 'organisation_id', 'wake_at'],
};

it('the role that chooses sees these columns and no others', async () => {
  const columns = await readRows<{ table: string; names: string[] }>(sql`
    select relname::text as table, array_agg(attname::text order by attname) as names
    from pg_class c join pg_attribute a on a.attrelid = c.oid
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and attnum > 0 and not attisdropped
      and relname <> 'organisation' and has_column_privilege('hajiri_chooser', c.oid, attnum, 'SELECT')
    group by relname`);
  expect(Object.fromEntries(columns.map(({ table, names }) => [table, names]))).toEqual(seenByChooser);
});

function byRoleAndTable(a: { role: string; table: string }, b: { role: string; table: string }): number {
  return `${a.role} ${a.table}` < `${b.role} ${b.table}` ? -1 : 1;
}

describe('within an organisation', () => {
  it('every table has its own row in it and none of the other, without any filter', async () => {
    for (const { name } of tables) {
      for (const organisation of [acme, bolt]) {
        const everything = sql<Row>`select * from ${sql.table(name)}`;
        const { rows } = await withOrganisation(database.kysely, organisation, (transaction) =>
          everything.execute(transaction),
        );
        expect(
          rows.map((row) => row[tenantColumn(name)]),
          name,
        ).toEqual([organisation]);
      }
    }
  });

  it('a row of the other cannot be found by asking for it', async () => {
    for (const { name } of tables) {
      const theirs = sql`select from ${sql.table(name)} where ${sql.ref(tenantColumn(name))} = ${bolt}`;
      expect(await countFor(acme, theirs), name).toBe(0);
    }
  });

  it('an update or a deletion touches no row of the other, with a filter for it or without any', async () => {
    for (const name of changeable(tables.map((table) => table.name))) {
      const tenant = sql.ref(tenantColumn(name));
      const update = sql`update ${sql.table(name)} set ${tenant} = ${tenant}`;
      expect(await countFor(acme, update), name).toBe(1);
      expect(await countFor(acme, sql`${update} where ${tenant} = ${bolt}`), name).toBe(0);
    }
    for (const name of changeable(ownTables())) {
      const deletion = sql`delete from ${sql.table(name)}`;
      expect(await countFor(acme, deletion), name).toBe(1);
      expect(await countFor(acme, sql`${deletion} where organisation_id = ${bolt}`), name).toBe(0);
    }
  });

  it('an entry of the audit trail can be neither changed nor removed', async () => {
    for (const name of appendOnly) {
      await refused(acme, sql`update ${sql.table(name)} set organisation_id = organisation_id`);
      await refused(acme, sql`delete from ${sql.table(name)}`);
      const byOwner = sql`update ${sql.table(name)} set organisation_id = organisation_id`;
      await expect(byOwner.execute(database.kysely)).rejects.toThrow('append-only');
    }
  });

  it('no row can be made for the other, nor be given to it', async () => {
    for (const name of ownTables()) {
      await refused(acme, insertion(name, await sampleOf(name, bolt)));
      await refused(acme, sql`update ${sql.table(name)} set organisation_id = ${bolt}`);
    }
    await refused(acme, sql`update organisation set id = ${bolt}`);
  });

  it('no organisation can be made or removed', async () => {
    await refused(acme, insertion('organisation', await sampleOf('organisation', acme)));
    await refused(acme, sql`delete from organisation`);
  });

  it('no row can refer to a row of the other', async () => {
    const references = await readRows<{
      table: string;
      columns: string[];
      target: string;
      keys: string[];
    }>(sql`
      select conrelid::regclass::text as table, confrelid::regclass::text as target,
        array(select attname::text from unnest(conkey) with ordinality k (number, position)
          join pg_attribute on attrelid = conrelid and attnum = number order by position) as columns,
        array(select attname::text from unnest(confkey) with ordinality k (number, position)
          join pg_attribute on attrelid = confrelid and attnum = number order by position) as keys
      from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace and conparentid = 0
        and confrelid <> 'organisation'::regclass
        and confrelid in (select oid from pg_class where relnamespace = 'public'::regnamespace)`);
    expect(references.length).toBeGreaterThan(6);
    for (const { table, columns, target, keys } of references) {
      const [theirs] = await readRows<Row>(
        sql`select * from ${sql.table(target)} where organisation_id = ${bolt}`,
      );
      const changes = columns.flatMap((column, index) =>
        column === 'organisation_id' ? [] : [sql`${sql.ref(column)} = ${theirs?.[keys[index] ?? '']}`],
      );
      const work = withOrganisation(database.kysely, acme, (transaction) =>
        sql`update ${sql.table(table)} set ${sql.join(changes)}`.execute(transaction),
      );
      await expect(work, `${table} refers to ${target}`).rejects.toMatchObject({
        details: { sqlState: '23503' },
      });
    }
  });

  it.each(['select', 'update', 'delete'])(
    'a month of attendance cannot be reached past its table: %s',
    async (verb) => {
      expect(partitions).toContain('attendance_day_2026_03');
      const statements: Readonly<Record<string, (name: string) => RawBuilder<unknown>>> = {
        select: (name) => sql`select from ${sql.table(name)}`,
        update: (name) => sql`update ${sql.table(name)} set status = 'absent'`,
        delete: (name) => sql`delete from ${sql.table(name)}`,
      };
      for (const name of partitions) {
        const statement = statements[verb]?.(name);
        if (statement !== undefined) await refused(acme, statement);
      }
    },
  );

  it('a month that a fetch made itself is closed to it too', async () => {
    await withOrganisation(database.kysely, acme, (transaction) =>
      sql`select ensure_attendance_month('2020-02-01')`.execute(transaction),
    );
    await refused(acme, sql`select from attendance_day_2020_02`);
  });

  it('the list of migrations is closed', async () => {
    await refused(acme, sql`select from hajiri_migration`);
    const work = chooseOrganisation(database.kysely, (transaction) =>
      sql`select from hajiri_migration`.execute(transaction),
    );
    await expect(work).rejects.toMatchObject({ details: { sqlState: '42501' } });
  });
});

describe('without an organisation', () => {
  async function asApplication(setting: string | null, statement: RawBuilder<unknown>) {
    return database.kysely.transaction().execute(async (transaction) => {
      await sql`select set_config('role', 'hajiri_app', true)`.execute(transaction);
      if (setting !== null) {
        await sql`select set_config('hajiri.organisation_id', ${setting}, true)`.execute(transaction);
      }
      return statement.execute(transaction);
    });
  }

  it.each([null, '', randomUUID()])(
    'nothing is to be seen or touched with the setting %j',
    async (setting) => {
      for (const { name } of tables) {
        const { rows } = await asApplication(setting, sql`select from ${sql.table(name)}`);
        expect(rows, name).toEqual([]);
        if (appendOnly.has(name)) continue;
        const tenant = sql.ref(tenantColumn(name));
        const { numAffectedRows } = await asApplication(
          setting,
          sql`update ${sql.table(name)} set ${tenant} = ${tenant}`,
        );
        expect(Number(numAffectedRows), name).toBe(0);
      }
    },
  );

  it('no row can be made for anybody', async () => {
    for (const name of ownTables()) {
      await expect(asApplication(null, insertion(name, await sampleOf(name, acme)))).rejects.toThrow(
        'row-level security',
      );
    }
  });

  it('the role that chooses one sees the names of organisations and nothing in them', async () => {
    const choose = <Result>(statement: RawBuilder<Result>) =>
      chooseOrganisation(database.kysely, (transaction) => statement.execute(transaction));
    const { rows } = await choose(sql<{ id: string }>`select id from organisation`);
    expect(rows.map(({ id }) => id).sort()).toEqual([acme, bolt].sort());
    for (const name of [...ownTables(), ...partitions]) {
      await expect(choose(sql`select * from ${sql.table(name)}`)).rejects.toMatchObject({
        details: { sqlState: '42501' },
      });
    }
    for (const statement of [sql`update organisation set name = 'x'`, sql`delete from organisation`]) {
      await expect(choose(statement)).rejects.toMatchObject({ details: { sqlState: '42501' } });
    }
  });
});

describe('before an organisation is chosen', () => {
  const asRole = (proof: Proof, statement: RawBuilder<{ id: string }>) =>
    asInstallation(database.kysely, (transaction) =>
      asChooser(transaction, proof, async () => (await statement.execute(transaction)).rows.length),
    );
  const memberships = sql<{ id: string }>`select user_id as id from membership`;
  const invitations = sql<{ id: string }>`select id from invitation`;

  it('a person sees where they belong, and nobody else does', async () => {
    const [theirs] = await readRows<{ user_id: UserId }>(
      sql`select user_id from membership where organisation_id = ${acme}`,
    );
    expect(await asRole({}, memberships)).toBe(0);
    expect(await asRole({ userId: randomUUID() as UserId }, memberships)).toBe(0); // of nobody
    expect(await asRole(theirs === undefined ? {} : { userId: theirs.user_id }, memberships)).toBe(1);
  });

  it('an invitation is seen by whoever holds it or has its address, and by nobody else', async () => {
    const [theirs] = await readRows<{ email: string; hash: string }>(
      sql`select email, encode(token_hash, 'hex') as hash from invitation where organisation_id = ${acme}`,
    );
    expect(await asRole({}, invitations)).toBe(0);
    expect(await asRole({ email: 'somebody@else.example', invitation: 'ab12' }, invitations)).toBe(0);
    expect(await asRole({ email: theirs?.email ?? '' }, invitations)).toBe(1);
    expect(await asRole({ invitation: theirs?.hash ?? '' }, invitations)).toBeGreaterThan(0);
  });

  it('an API token is seen by whoever holds it, and by nobody else', async () => {
    const tokens = sql<{ id: string }>`select id from api_token`;
    const [theirs] = await readRows<{ hash: string }>(
      sql`select encode(token_hash, 'hex') as hash from api_token where organisation_id = ${acme}`,
    );
    expect(await asRole({}, tokens)).toBe(0);
    expect(await asRole({ apiToken: 'ab12' }, tokens)).toBe(0);
    expect(await asRole({ apiToken: theirs?.hash ?? '' }, tokens)).toBe(1);
  });

  it('a transaction that was lent to an organisation or to a proof sees neither afterwards', async () => {
    const count = sql<{ count: string }>`select count(*)::text as count from membership`;
    await asInstallation(database.kysely, async (transaction) => {
      const own = await asOrganisation(transaction, acme, () => count.execute(transaction));
      expect(own.rows).toEqual([{ count: '1' }]);
      // The owner of the tables: row-level security is forced on it.
      const { rows } = await sql`select current_setting('hajiri.organisation_id', true) as organisation,
        current_setting('role') as role`.execute(transaction);
      expect(rows).toEqual([{ organisation: '', role: 'none' }]);
    });
  });
});

describe('the tables of sign-in', () => {
  it('are out of reach for the roles of the application', async () => {
    const reachable = await readRows(sql`
      select role from unnest(array['hajiri_app', 'hajiri_chooser']) as role
      where has_schema_privilege(role, 'sign_in', 'usage')`);
    expect(reachable).toEqual([]);
    const granted = await readRows(sql`
      select relname from pg_class, unnest(array['hajiri_app', 'hajiri_chooser']) as role
      where relnamespace = 'sign_in'::regnamespace and relkind = 'r'
        and has_table_privilege(role, pg_class.oid, 'SELECT, INSERT, UPDATE, DELETE')`);
    expect(granted).toEqual([]);
  });
});

describe('a connection of the pool', () => {
  it('keeps neither role nor organisation after the transaction, however that ended', async () => {
    const single = openDatabase(database.address, { maxConnections: 1 });
    onTestFinished(() => single.close());
    const identity = sql`
      select pg_backend_pid() as pid, current_user::text as role, current_setting('hajiri.organisation_id', true) as organisation`;
    const before = (await identity.execute(single.kysely)).rows[0];
    const inside = await withOrganisation(single.kysely, acme, (transaction) =>
      identity.execute(transaction),
    );
    expect(inside.rows[0]).toMatchObject({ role: 'hajiri_app', organisation: acme });
    const failing = withOrganisation(single.kysely, bolt, () => Promise.reject(new Error('stop')));
    await expect(failing).rejects.toThrow('stop');
    await chooseOrganisation(single.kysely, (transaction) => identity.execute(transaction));
    const { rows } = await sql`${identity}`.execute(single.kysely);
    // What was never set reads as nothing, what was set and is gone as empty.
    expect(rows[0]).toEqual({ ...(before as Row), organisation: '' });
  });

  it('serves two organisations at the same time without mixing them', async () => {
    const ids = Array.from({ length: 40 }, (_, index) => (index % 2 === 0 ? acme : bolt));
    const seen = await Promise.all(
      ids.map((id) =>
        withOrganisation(database.kysely, id, async (transaction) => {
          const { rows } = await sql<{ id: string }>`select organisation_id as id from employee`.execute(
            transaction,
          );
          return rows.map((row) => row.id);
        }),
      ),
    );
    expect(seen).toEqual(ids.map((id) => [id]));
  });
});
