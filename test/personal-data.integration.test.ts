import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from './support/test-database.ts';

/**
 * Columns that can hold text or a date, and say nothing of a person: settings of the company, states, codes, hashes of
 * random values. Every other one is a row of docs/privacy.md, with why it is kept and for how long.
 */
const impersonal: Readonly<Record<string, readonly string[]>> = {
  api_token: ['ending', 'name', 'scopes', 'token_hash'],
  attendance_day: ['record_hash'],
  attendance_policy: ['scope', 'subject', 'valid_from', 'valid_to'],
  audit_entry: ['action', 'actor_kind', 'request_id', 'subject_kind'],
  backfill: ['date_from', 'date_to', 'error_code', 'next_date', 'state'],
  connection: [
    'environment',
    'identification_key',
    'key_expires_on',
    'name',
    'new_people',
    'overwrite_fields',
    'people_problem',
    'punch_basis',
    'sealed_credentials',
    'shift_basis',
    'subdomain',
  ],
  date_coverage: ['date'],
  day_request: ['request_id'],
  drift_day: ['changed', 'kind'],
  employee: ['origin'],
  employee_import: [
    'columns',
    'directory_state',
    'encoding',
    'file_hash',
    'format',
    'separator',
    'state',
    'team_from',
  ],
  employee_import_row: ['outcome'],
  exclusion_rule: ['kind'],
  invitation: ['role', 'teams', 'token_hash'],
  link_decision: ['actor_kind', 'kind'],
  membership: ['state'],
  month_lock: ['month'],
  nightly: ['failed'],
  organisation: ['name', 'zone'],
  person_link: ['made_by'],
  reevaluation: ['date_from', 'date_to', 'done_date', 'reason', 'state'],
  retention: ['raw_removed_before'],
  revision: ['changed'],
  run: [
    'dates',
    'date_from',
    'date_to',
    'error_code',
    'error_message',
    'owner',
    'progress',
    'state',
    'trigger',
  ],
  run_chunk: ['date_from', 'date_to', 'error_code', 'state'],
  run_problem: ['code', 'date_from', 'date_to', 'details'],
  schedule: ['blocked_by', 'follow_up_reason', 'last_due_on', 'local_time', 'promised_from', 'zone'],
  'sign_in.credential': ['provider_id', 'scope'],
  'sign_in.one_time_link': ['purpose', 'token_hash'],
  'sign_in.session': ['token'],
};

/** Types that can hold something of a person by themselves; ids, numbers and moments belong to the rows around them. */
const telling = ['text', 'varchar', '_text', 'json', 'jsonb', 'bytea', 'date', 'inet', 'datemultirange'];

describe('docs/privacy.md', () => {
  let database: TestDatabase;
  let page: string;
  beforeAll(async () => {
    database = await createTestDatabase();
    page = await readFile(fileURLToPath(new URL('../docs/privacy.md', import.meta.url)), 'utf8');
  });
  afterAll(() => database?.close());

  async function readColumns(): Promise<readonly string[]> {
    const { rows } = await database.pool.query<{ name: string }>(
      `select case when table_schema = 'public' then '' else table_schema || '.' end || table_name || '.' || column_name as name
      from information_schema.columns c
      join pg_class t on t.oid = format('%I.%I', c.table_schema, c.table_name)::regclass
      where table_schema in ('public', 'sign_in') and not t.relispartition and table_name <> 'hajiri_migration'
        and udt_name = any ($1) order by 1`,
      [telling],
    );
    return rows.map(({ name }) => name);
  }

  it('names every column that can hold something of a person', async () => {
    const named = new Set([...page.matchAll(/`([a-z_]+(?:\.[a-z_]+)+)`/g)].map(([, name]) => name));
    const harmless = new Set(
      Object.entries(impersonal).flatMap(([table, columns]) => columns.map((column) => `${table}.${column}`)),
    );
    const columns = await readColumns();
    expect(columns.length).toBeGreaterThan(60);
    expect(columns.filter((column) => !named.has(column) && !harmless.has(column))).toEqual([]);
    // None is both, and none that is listed is gone.
    expect([...harmless].filter((column) => named.has(column) || !columns.includes(column))).toEqual([]);
  });

  it('says of every table of them why it is kept, and for how long', () => {
    const rows = page.split('\n').filter((line) => /^\| `[a-z_.]+\.[a-z_]+`/.test(line));
    expect(rows.length).toBeGreaterThan(10);
    for (const row of rows) {
      const cells = row.split(/(?<!\\)\|/).map((cell) => cell.trim());
      expect(
        cells.slice(1, -1).filter((cell) => cell === ''),
        row,
      ).toEqual([]);
      expect(cells, row).toHaveLength(6);
    }
  });
});
