import type { InsertType, SelectType } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/support/test-database.ts';
import type { Database } from './schema.ts';

/** Which types of PostgreSQL a type of schema.ts may stand for. */
type SqlType<Value> = [Value] extends [Temporal.Instant]
  ? 'timestamptz'
  : [Value] extends [Temporal.PlainDate]
    ? 'date'
    : [Value] extends [boolean]
      ? 'bool'
      : [Value] extends [number]
        ? 'int2' | 'int4' | 'int8'
        : [Value] extends [string]
          ? 'text' | 'uuid' | 'datemultirange'
          : [Value] extends [string[]]
            ? '_text'
            : [Value] extends [number[]]
              ? '_int4'
              : [Value] extends [Buffer]
                ? 'bytea'
                : 'json' | 'jsonb';

/** `text`, or `text?` where null may stand. */
type Nullable<Column> =
  null extends SelectType<Column> ? (unknown extends SelectType<Column> ? '' : '?') : '';

/** `text = default` where an insert may leave the column out although null may not stand there. */
type Filled<Column> =
  undefined extends InsertType<Column>
    ? ' = default'
    : [InsertType<Column>] extends [never]
      ? ' = default'
      : '';

type Manifest = {
  readonly [Table in keyof Database]: {
    readonly [Name in keyof Database[Table]]: `${SqlType<NonNullable<SelectType<Database[Table][Name]>>>}${Nullable<
      Database[Table][Name]
    >}${Filled<Database[Table][Name]>}`;
  };
};

/** The compiler holds this list against schema.ts, and the test below against the database. */
const manifest = {
  organisation: { id: 'uuid = default', name: 'text', zone: 'text', created_at: 'timestamptz' },
  connection: {
    organisation_id: 'uuid',
    id: 'uuid = default',
    name: 'text',
    subdomain: 'text',
    environment: 'text',
    identification_key: 'text',
    requests_per_minute: 'int4 = default',
    auto_run: 'bool = default',
    punch_basis: 'text = default',
    shift_basis: 'text = default',
    sealed_credentials: 'text',
    key_expires_on: 'date?',
    people_read_at: 'timestamptz?',
    new_people: 'text = default',
    overwrite_fields: '_text = default',
    people_changed_read_at: 'timestamptz?',
    people_problem: 'text?',
    read_requests: 'bool = default',
    created_at: 'timestamptz',
  },
  employee: {
    organisation_id: 'uuid',
    id: 'uuid = default',
    employee_id: 'text?',
    match_key: 'text?',
    first_name: 'text',
    last_name: 'text',
    email: 'text?',
    designation: 'text?',
    location: 'text?',
    time_zone: 'text?',
    joining_date: 'date?',
    leaving_date: 'date?',
    imported_at: 'timestamptz',
    phone: 'text?',
    team_id: 'uuid?',
    manager: 'uuid?',
    status: 'text = default',
    tags: '_text = default',
    origin: 'text = default',
    changed_at: 'timestamptz?',
    import_id: 'uuid?',
    ignored_reason: 'text?',
    excluded_by: 'uuid?',
  },
  team: {
    organisation_id: 'uuid',
    id: 'uuid = default',
    name: 'text',
    parent: 'uuid?',
    made_at: 'timestamptz',
  },
  team_move: {
    organisation_id: 'uuid',
    employee: 'uuid',
    last_day: 'date',
    team_id: 'uuid?',
    made_at: 'timestamptz',
  },
  source_person: {
    organisation_id: 'uuid',
    connection_id: 'uuid',
    guid: 'uuid',
    employee_number: 'text?',
    attendance_number: 'text?',
    email: 'text?',
    display_name: 'text?',
    department: 'text?',
    location: 'text?',
    joining_date: 'date?',
    exit_date: 'date?',
    employment_status: 'int4?',
    first_seen_at: 'timestamptz',
    profile_read_at: 'timestamptz?',
    number_key: 'text?',
    attendance_key: 'text?',
    email_key: 'text?',
    first_name: 'text?',
    last_name: 'text?',
    job_title: 'text?',
    held: 'bool = default',
    ignored_reason: 'text?',
    excluded_by: 'uuid?',
  },
  person_link: {
    organisation_id: 'uuid',
    connection_id: 'uuid',
    source_guid: 'uuid',
    employee: 'uuid',
    made_by: 'text',
    made_at: 'timestamptz',
    valid_from: 'date = default',
    valid_to: 'date = default',
  },
  link_decision: {
    organisation_id: 'uuid',
    id: 'int8 = default',
    batch: 'uuid',
    at: 'timestamptz',
    actor_kind: 'text',
    actor_name: 'text',
    kind: 'text',
    connection_id: 'uuid?',
    source_guid: 'uuid?',
    employee: 'uuid?',
    reason: 'text?',
    before: 'jsonb',
    after: 'jsonb',
    undone_at: 'timestamptz?',
    undone_by: 'text?',
  },
  exclusion_rule: {
    organisation_id: 'uuid',
    id: 'uuid = default',
    kind: 'text',
    value: 'text',
    made_at: 'timestamptz',
    made_by: 'text',
  },
  employee_import: {
    organisation_id: 'uuid',
    id: 'uuid = default',
    state: 'text',
    file_name: 'text',
    file_hash: 'bytea',
    format: 'text',
    encoding: 'text?',
    separator: 'text?',
    columns: '_text',
    team_from: 'date',
    directory_state: 'text?',
    rows: 'int4',
    added: 'int4',
    changed: 'int4',
    unchanged: 'int4',
    refused: 'int4',
    made_at: 'timestamptz',
    made_by: 'text',
    applied_at: 'timestamptz?',
    applied_by: 'text?',
    linked: 'int4?',
    undone_at: 'timestamptz?',
    undone_by: 'text?',
  },
  employee_import_row: {
    organisation_id: 'uuid',
    import_id: 'uuid',
    line: 'int4',
    employee_id: 'text?',
    match_key: 'text?',
    first_name: 'text?',
    last_name: 'text?',
    email: 'text?',
    phone: 'text?',
    team: 'text?',
    designation: 'text?',
    location: 'text?',
    time_zone: 'text?',
    joining_date: 'date?',
    leaving_date: 'date?',
    manager_key: 'text?',
    status: 'text?',
    tags: '_text?',
    outcome: 'text = default',
    employee: 'uuid = default',
    manager: 'uuid?',
    faults: 'jsonb?',
    before: 'jsonb?',
  },
  run: {
    organisation_id: 'uuid',
    id: 'uuid = default',
    connection_id: 'uuid',
    trigger: 'text',
    date_from: 'date',
    date_to: 'date',
    state: 'text',
    started_at: 'timestamptz',
    ended_at: 'timestamptz?',
    owner: 'text?',
    lease_expires_at: 'timestamptz?',
    error_code: 'text?',
    error_message: 'text?',
    inserted: 'int4 = default',
    changed: 'int4 = default',
    unchanged: 'int4 = default',
    unlinked: 'int4 = default',
    invalid: 'int4 = default',
    held: 'int4 = default',
    pages: 'int4 = default',
    requests: 'int4 = default',
    retries: 'int4 = default',
    rate_limited: 'int4 = default',
    waited_milliseconds: 'int8 = default',
    dates: 'datemultirange',
    requested_at: 'timestamptz',
    due_at: 'timestamptz?',
    attempt: 'int4 = default',
    follows: 'uuid?',
    backfill_id: 'uuid?',
    fence: 'int8 = default',
    beat: 'int8 = default',
    is_complete: 'bool?',
    accept_unusual_count: 'bool = default',
    cancel_requested_at: 'timestamptz?',
    dispatched_at: 'timestamptz?',
    progress: 'jsonb?',
  },
  run_chunk: {
    organisation_id: 'uuid',
    run_id: 'uuid',
    number: 'int4',
    date_from: 'date',
    date_to: 'date',
    state: 'text',
    attempts: 'int4',
    pages: 'int4',
    announced: 'int4?',
    received: 'int4',
    inserted: 'int4',
    changed: 'int4',
    unchanged: 'int4',
    invalid: 'int4',
    held: 'int4 = default',
    error_code: 'text?',
    ended_at: 'timestamptz',
  },
  run_problem: {
    organisation_id: 'uuid',
    run_id: 'uuid',
    number: 'int4',
    code: 'text',
    source_guid: 'uuid?',
    employee: 'uuid?',
    date_from: 'date?',
    date_to: 'date?',
    days: 'int4?',
    details: 'jsonb',
  },
  date_coverage: {
    organisation_id: 'uuid',
    connection_id: 'uuid',
    date: 'date',
    first_complete_read_at: 'timestamptz',
    last_complete_read_at: 'timestamptz',
    last_run_id: 'uuid',
    people: 'int4',
  },
  attendance_day: {
    organisation_id: 'uuid',
    connection_id: 'uuid',
    date: 'date',
    source_guid: 'uuid',
    employee_number: 'text?',
    day_type: 'int4?',
    shift_start: 'timestamptz?',
    shift_end: 'timestamptz?',
    shift_minutes: 'int4?',
    first_in: 'timestamptz?',
    first_in_premise: 'text?',
    first_in_punch_status: 'int4?',
    first_in_log_source: 'int4?',
    first_in_unreadable: 'bool',
    last_out: 'timestamptz?',
    last_out_premise: 'text?',
    last_out_punch_status: 'int4?',
    last_out_log_source: 'int4?',
    last_out_unreadable: 'bool',
    gross_minutes: 'int4?',
    effective_minutes: 'int4?',
    break_minutes: 'int4?',
    keka_overtime_minutes: 'int4?',
    status: 'text',
    flags: '_text',
    is_open: 'bool = default',
    late_minutes: 'int4?',
    early_out_minutes: 'int4?',
    overtime_minutes: 'int4?',
    expected_minutes: 'int4?',
    policy: 'int4?',
    rules_version: 'int2',
    first_read_at: 'timestamptz',
    first_run_id: 'uuid',
    changed_at: 'timestamptz?',
    missed_reads: 'int2 = default',
    record_hash: 'bytea',
    record: 'json',
  },
  revision: {
    organisation_id: 'uuid',
    id: 'int8 = default',
    connection_id: 'uuid',
    date: 'date',
    source_guid: 'uuid',
    run_id: 'uuid',
    revised_at: 'timestamptz',
    changed: '_text',
    before: 'jsonb',
    after: 'jsonb',
    record_before: 'json',
  },
  nightly: {
    organisation_id: 'uuid',
    next_due_at: 'timestamptz',
    last_started_at: 'timestamptz?',
    last_ended_at: 'timestamptz?',
    failed: '_text = default',
  },
  audit_entry: {
    organisation_id: 'uuid',
    id: 'int8 = default',
    at: 'timestamptz',
    actor_kind: 'text',
    actor_id: 'uuid?',
    actor_name: 'text',
    action: 'text',
    subject_kind: 'text',
    subject_id: 'text?',
    subject_name: 'text?',
    before: 'jsonb',
    after: 'jsonb',
    address: 'text?',
    request_id: 'text?',
  },
  membership: {
    organisation_id: 'uuid',
    user_id: 'uuid',
    role: 'text',
    teams: '_text = default',
    employee: 'uuid?',
    state: 'text = default',
    made_at: 'timestamptz',
  },
  invitation: {
    organisation_id: 'uuid',
    id: 'uuid = default',
    email: 'text',
    role: 'text',
    teams: '_text = default',
    employee: 'uuid?',
    token_hash: 'bytea',
    invited_by: 'text',
    made_at: 'timestamptz',
    expires_at: 'timestamptz',
    accepted_at: 'timestamptz?',
    revoked_at: 'timestamptz?',
  },
  api_token: {
    organisation_id: 'uuid',
    id: 'uuid = default',
    name: 'text',
    scopes: '_text',
    token_hash: 'bytea',
    ending: 'text',
    made_by: 'text',
    made_at: 'timestamptz',
    expires_at: 'timestamptz',
    last_used_at: 'timestamptz?',
    revoked_at: 'timestamptz?',
  },
  attendance_policy: {
    organisation_id: 'uuid',
    number: 'int4',
    scope: 'text',
    subject: 'text?',
    valid_from: 'date',
    valid_to: 'date?',
    late_grace_minutes: 'int4',
    early_out_grace_minutes: 'int4',
    full_day_minutes: 'int4?',
    half_day_minutes: 'int4?',
    short_span_minutes: 'int4',
    overtime_after_minutes: 'int4?',
    made_at: 'timestamptz',
    made_by: 'text',
    removed_at: 'timestamptz?',
  },
  reevaluation: {
    organisation_id: 'uuid',
    id: 'uuid = default',
    reason: 'text',
    date_from: 'date',
    date_to: 'date',
    state: 'text',
    done_connection: 'uuid?',
    done_date: 'date?',
    done_guid: 'uuid?',
    rules_version: 'int2',
    judged: 'int4 = default',
    changed: 'int4 = default',
    requested_at: 'timestamptz',
    ended_at: 'timestamptz?',
  },
  month_lock: {
    organisation_id: 'uuid',
    month: 'date',
    locked_at: 'timestamptz',
    locked_by: 'text',
  },
  drift_day: {
    organisation_id: 'uuid',
    connection_id: 'uuid',
    date: 'date',
    source_guid: 'uuid',
    kind: 'text',
    changed: '_text',
    record: 'json?',
    run_id: 'uuid',
    seen_at: 'timestamptz',
  },
  day_note: {
    organisation_id: 'uuid',
    id: 'uuid = default',
    date: 'date',
    employee: 'uuid?',
    connection_id: 'uuid?',
    source_guid: 'uuid?',
    status: 'text?',
    note: 'text',
    made_at: 'timestamptz',
    made_by: 'text',
    ended_at: 'timestamptz?',
  },
  day_request: {
    organisation_id: 'uuid',
    connection_id: 'uuid',
    kind: 'text',
    request_id: 'text',
    source_guid: 'uuid',
    date_from: 'date',
    date_to: 'date',
    begins_at_noon: 'bool',
    ends_at_noon: 'bool',
    state: 'text',
    name: 'text?',
    read_at: 'timestamptz',
  },
  retention: {
    organisation_id: 'uuid',
    raw_record_days: 'int4 = default',
    revision_days: 'int4 = default',
    run_days: 'int4 = default',
    audit_days: 'int4 = default',
    raw_removed_before: 'date?',
  },
  erased_person: {
    organisation_id: 'uuid',
    connection_id: 'uuid',
    guid_hash: 'bytea',
    stand_in: 'uuid',
    erased_at: 'timestamptz',
  },
  schedule: {
    organisation_id: 'uuid',
    connection_id: 'uuid',
    local_time: 'text = default',
    zone: 'text = default',
    recheck_ages: '_int4 = default',
    promised_from: 'date',
    next_due_at: 'timestamptz?',
    last_due_at: 'timestamptz?',
    last_due_on: 'date?',
    follow_up_at: 'timestamptz?',
    follow_up_reason: 'text?',
    attempts: 'int4 = default',
    last_attempt_run_id: 'uuid?',
    last_attempt_at: 'timestamptz?',
    last_success_run_id: 'uuid?',
    last_success_at: 'timestamptz?',
    blocked_by: 'text?',
    wake_at: 'timestamptz?',
    attended_at: 'timestamptz?',
    fence: 'int8 = default',
  },
  backfill: {
    organisation_id: 'uuid',
    id: 'uuid = default',
    connection_id: 'uuid',
    date_from: 'date',
    date_to: 'date',
    next_date: 'date',
    state: 'text',
    requested_at: 'timestamptz',
    ended_at: 'timestamptz?',
    attempts: 'int4 = default',
    retry_at: 'timestamptz?',
    error_code: 'text?',
    days_missing: 'int4 = default',
  },
} as const satisfies Manifest;

type Column = {
  table: string;
  name: string;
  type: string;
  is_nullable: boolean;
  is_filled: boolean;
};

describe('schema.ts', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database?.close());

  async function readColumns(): Promise<readonly Column[]> {
    const { rows } = await database.pool.query<Column>(`
      select c.table_name::text as table, c.column_name::text as name, c.udt_name::text as type,
        c.is_nullable = 'YES' as is_nullable, c.column_default is not null or c.is_identity = 'YES' as is_filled
      from information_schema.columns c
      join pg_class t on t.oid = format('public.%I', c.table_name)::regclass
      where c.table_schema = 'public' and not t.relispartition and c.table_name <> 'hajiri_migration'
      order by c.table_name, c.ordinal_position`);
    return rows;
  }

  it('has the tables and columns of the database, with their types, and no others', async () => {
    const columns = await readColumns();
    const found = Object.entries(Object.groupBy(columns, ({ table }) => table)).map(
      ([table, columns = []]) => [
        table,
        Object.fromEntries(
          columns.map(({ name, type, is_nullable }) => [name, type + (is_nullable ? '?' : '')]),
        ),
      ],
    );
    const expected = Object.entries(manifest).map(([table, columns]) => [
      table,
      Object.fromEntries(
        Object.entries(columns).map(([name, kind]) => [name, kind.replace(' = default', '')]),
      ),
    ]);
    expect(Object.fromEntries(found)).toEqual(Object.fromEntries(expected));
  });

  it('lets an insert leave out only what the database fills in', async () => {
    const filled = new Set(
      (await readColumns()).filter(({ is_filled }) => is_filled).map(({ table, name }) => `${table}.${name}`),
    );
    const leftOut = Object.entries(manifest).flatMap(([table, columns]) =>
      Object.entries(columns)
        .filter(([, kind]) => kind.endsWith(' = default'))
        .map(([name]) => `${table}.${name}`),
    );
    expect(leftOut.length).toBeGreaterThan(10);
    expect(leftOut.filter((column) => !filled.has(column))).toEqual([]);
  });
});
