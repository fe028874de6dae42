import { copyFile, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'pg';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { startSandbox } from '../../sandbox/start-sandbox.ts';
import { credentials, smallScenario, smallScenarioStart } from '../../sandbox/testing/small-scenario.ts';
import { FakeClock } from '../../test/support/fake-clock.ts';
import { createTestCompany } from '../../test/support/test-company.ts';
import { createEmptyDatabase, type TestDatabase } from '../../test/support/test-database.ts';
import { systemClock } from '../clock/clock.ts';
import { openEmbeddedServer } from './embedded/embedded-server.ts';
import { migrate, migrationsFolder } from './migrate.ts';
import { openDatabase } from './open-database.ts';

const foundation = '0001-foundation.sql';
const shipped = (await readdir(migrationsFolder)).filter((name) => name.endsWith('.sql')).sort();
const clock = new FakeClock('2026-03-12T05:30:00Z');

async function emptyDatabase(): Promise<TestDatabase> {
  const database = await createEmptyDatabase();
  onTestFinished(() => database.close());
  return database;
}

/** The shipped migrations and those given here, in a folder of their own. */
async function folderWith(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'hajiri-migrations-'));
  onTestFinished(async () => rm(folder, { recursive: true }));
  for (const name of shipped) await copyFile(join(migrationsFolder, name), join(folder, name));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return folder;
}

async function namesOf(pool: Pool, query: string): Promise<readonly string[]> {
  const { rows } = await pool.query<{ name: string }>(query);
  return rows.map(({ name }) => name);
}

const tablesIn = (pool: Pool) =>
  namesOf(
    pool,
    "select relname::text as name from pg_class where relnamespace = 'public'::regnamespace order by 1",
  );
const monthsIn = async (pool: Pool) =>
  (await tablesIn(pool)).filter((name) => /^attendance_day_\d{4}_\d\d$/.test(name));
const appliedIn = (pool: Pool) => namesOf(pool, 'select name from hajiri_migration order by name');

describe('the migrations of an empty database', () => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await emptyDatabase();
  });

  it('are applied once', async () => {
    expect(await migrate(database.pool, { clock })).toEqual(shipped);
    const tables = await tablesIn(database.pool);
    expect(tables).toEqual(
      expect.arrayContaining(['attendance_day', 'employee', 'hajiri_migration', 'person_link']),
    );
    expect(await migrate(database.pool, { clock })).toEqual([]);
    expect(await tablesIn(database.pool)).toEqual(tables);
    expect(await appliedIn(database.pool)).toEqual(shipped);
  });

  it('are applied once when four start at the same time', async () => {
    const pools = Array.from({ length: 4 }, () => openDatabase(database.address));
    const outcomes = await Promise.all(pools.map(({ pool }) => migrate(pool, { clock })));
    await Promise.all(pools.map((pool) => pool.close()));
    expect(outcomes.flat()).toEqual(shipped);
    expect(await appliedIn(database.pool)).toEqual(shipped);
  });

  it('leave nothing at all when one of them fails, whose name is told', async () => {
    const folder = await folderWith({
      '9002-good.sql': 'create table good (id integer)',
      '9003-bad.sql': "create table bad (id integer); select 'canary'::integer",
    });
    const failure = migrate(database.pool, { clock, folder });
    await expect(failure).rejects.toMatchObject({
      code: 'migration_failed',
      message: expect.stringMatching(/9003-bad\.sql.*22P02/),
      details: { migration: '9003-bad.sql', sqlState: '22P02' },
    });
    await expect(failure).rejects.not.toThrow(/canary/);
    expect(await tablesIn(database.pool)).toEqual([]);
    // The next start, with the fault mended, is as if nothing had been.
    const mended = await folderWith({ '9002-good.sql': 'create table good (id integer)' });
    expect(await migrate(database.pool, { clock, folder: mended })).toEqual([...shipped, '9002-good.sql']);
  });

  it('make the months that a fetch will need, with the clock of the installation', async () => {
    await migrate(database.pool, { clock });
    const months = await monthsIn(database.pool);
    expect(months[0]).toBe('attendance_day_2025_11');
    expect(months).toContain('attendance_day_2026_03');
    expect(months.at(-1)).toBe('attendance_day_2027_03');
    const later = new FakeClock('2026-06-30T23:59:59Z');
    await migrate(database.pool, { clock: later });
    expect((await monthsIn(database.pool)).at(-1)).toBe('attendance_day_2027_06');
  });
});

describe('a database that was used before', () => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await emptyDatabase();
    await migrate(database.pool, { clock });
    await database.pool.query(
      "insert into organisation (name, zone, created_at) values ('Acme', 'Asia/Kolkata', now())",
    );
  });

  it('keeps its rows when something is added, and when that fails', async () => {
    const bad = await folderWith({
      '9002-more.sql': 'drop table run_problem; alter table nothing add x integer',
    });
    await expect(migrate(database.pool, { clock, folder: bad })).rejects.toMatchObject({
      code: 'migration_failed',
      message: expect.stringContaining('9002-more.sql'),
    });
    expect(await tablesIn(database.pool)).toContain('run_problem');
    const good = await folderWith({ '9002-more.sql': 'alter table organisation add remark text' });
    expect(await migrate(database.pool, { clock, folder: good })).toEqual(['9002-more.sql']);
    const { rows } = await database.pool.query('select name, remark from organisation');
    expect(rows).toEqual([{ name: 'Acme', remark: null }]);
  });

  it('is refused when a file is no longer the one that was applied', async () => {
    const folder = await folderWith({
      [foundation]: 'select 1',
      '9002-more.sql': 'create table more (id integer)',
    });
    await expect(migrate(database.pool, { clock, folder })).rejects.toMatchObject({
      code: 'migration_failed',
      message: expect.stringContaining(foundation),
    });
    expect(await tablesIn(database.pool)).not.toContain('more');
  });

  it('is refused when a newer Hajiri has used it', async () => {
    const folder = await folderWith({ '9002-newer.sql': 'create table newer (id integer)' });
    await migrate(database.pool, { clock, folder });
    await expect(migrate(database.pool, { clock })).rejects.toMatchObject({
      code: 'database_unsupported',
      message: expect.stringMatching(/newer Hajiri.*9002-newer\.sql/),
    });
    expect(await appliedIn(database.pool)).toEqual([...shipped, '9002-newer.sql']);
  });

  it('can be given any month of attendance that is needed, once, by whoever needs it first', async () => {
    const fetchers = [openDatabase(database.address), openDatabase(database.address)];
    const ensure = (month: string) =>
      Promise.all(fetchers.map(({ pool }) => pool.query('select ensure_attendance_month($1)', [month])));
    await ensure('2024-02-29');
    await ensure('2024-02-01');
    await expect(ensure('1999-12-31')).rejects.toThrow('out of range');
    await Promise.all(fetchers.map((fetcher) => fetcher.close()));
    const old = (await monthsIn(database.pool)).filter((name) => name < 'attendance_day_2025');
    expect(old).toEqual(['attendance_day_2024_02']);
  });
});

it('refuses a server that is too old, before it changes anything', async () => {
  const statements: string[] = [];
  const client = {
    query: async (statement: string) => {
      statements.push(statement);
      return { rows: statement.includes('server_version_num') ? [{ version: 140_012 }] : [] };
    },
    release: () => {},
  };
  // There is no such server at hand: this one only says that it is one.
  const pool = Object.assign(new Pool(), { connect: async () => client });
  await expect(migrate(pool, { clock })).rejects.toMatchObject({
    code: 'database_unsupported',
    message: expect.stringMatching(/PostgreSQL 14.*15 or newer/),
  });
  expect(statements.join('\n')).not.toMatch(/create|alter|insert|commit/i);
  expect(statements.at(-1)).toBe('rollback');
});

describe('a server that has not met Hajiri before', () => {
  async function freshServer() {
    const dataFolder = await mkdtemp(join(tmpdir(), 'hajiri-test-'));
    onTestFinished(async () => rm(dataFolder, { recursive: true, force: true }));
    const server = await openEmbeddedServer({
      dataFolder,
      claim: 'exclusive',
      clock: systemClock,
      settings: { fsync: 'off' },
    });
    onTestFinished(() => server.close());
    const address = { kind: 'socket' as const, ...server.connection };
    const admin = openDatabase(address);
    onTestFinished(() => admin.close());
    const open = (changes: Partial<typeof address>) => {
      const opened = openDatabase({ ...address, ...changes });
      onTestFinished(() => opened.close());
      return { ...opened, address: { ...address, ...changes } };
    };
    return { admin: admin.pool, open };
  }

  it('does the main job for a user who owns only the database and may create roles, as hosted servers have them', async () => {
    const { admin, open } = await freshServer();
    await admin.query("create role tenant login createrole password 'secret'");
    await admin.query('create database company owner tenant');
    const database = open({ user: 'tenant', password: 'secret', database: 'company' });
    expect(await migrate(database.pool, { clock })).toEqual(shipped);
    expect(await migrate(database.pool, { clock })).toEqual([]);

    const moving = new FakeClock(smallScenarioStart, { autoAdvance: true });
    const sandbox = await startSandbox({ scenario: smallScenario(3, ['2026-03-11']), clock: moving });
    onTestFinished(() => sandbox.close());
    const company = await createTestCompany({ database, clock: moving, sandbox, credentials });
    await company.importDirectory('employee_id,first_name,last_name\nE1,Asha,Rao\nE2,Binod,Jha\n');
    const { run } = await company.fetch('2026-03-11');
    expect(run).toMatchObject({ state: 'partial', counts: { inserted: 3, unlinked: 1 } });
    expect(await company.row('2026-03-11', 'E1')).toMatchObject({ name: 'Asha Rao', status: 'present' });
  });

  it('is prepared for two databases at the same time', async () => {
    const { admin, open } = await freshServer();
    for (const database of ['one', 'other']) await admin.query(`create database ${database}`);
    const pools = ['one', 'other'].map((database) => open({ database }).pool);
    const outcomes = await Promise.all(pools.map((pool) => migrate(pool, { clock })));
    expect(outcomes).toEqual([shipped, shipped]);
  });

  it('is refused when it lets the role of the application see past its organisation', async () => {
    const { admin, open } = await freshServer();
    await admin.query('create database company');
    for (const power of ['bypassrls', 'superuser']) {
      await admin.query(`create role hajiri_app ${power}`);
      const { pool } = open({ database: 'company' });
      await expect(migrate(pool, { clock })).rejects.toMatchObject({
        code: 'database_unsupported',
        message: expect.stringMatching(/hajiri_app.*bypass row-level security/),
      });
      expect(await tablesIn(pool)).toEqual([]);
      await admin.query('drop role hajiri_app');
    }
  });
});
