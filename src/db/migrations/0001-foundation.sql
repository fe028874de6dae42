-- Everything is keyed by organisation, and read and written only as role hajiri_app, which row-level security binds.
-- The organisation of a transaction is the setting hajiri.organisation_id; without it no row is visible.

create function current_organisation() returns uuid
  language sql stable parallel safe
  as $$ select nullif(current_setting('hajiri.organisation_id', true), '')::uuid $$;

create table organisation (
  id uuid primary key default gen_random_uuid(),
  name text not null unique check (name <> ''),
  zone text not null,
  created_at timestamptz not null
);

create table connection (
  organisation_id uuid not null references organisation,
  id uuid not null default gen_random_uuid(),
  name text not null check (name <> ''),
  subdomain text not null,
  environment text not null check (environment in ('keka', 'kekademo')),
  identification_key text not null
    check (identification_key in ('employee_number', 'attendance_number', 'email', 'guid')),
  requests_per_minute integer not null default 50 check (requests_per_minute between 1 and 1000),
  auto_run boolean not null default true,
  -- How times without a certain basis are read (utc, or wall time in the organisation's zone).
  punch_basis text not null default 'utc' check (punch_basis in ('utc', 'local')),
  shift_basis text not null default 'utc' check (shift_basis in ('utc', 'local')),
  -- AES-256-GCM envelope of Client ID, Client Secret and API Key; the connection's id is bound to it.
  sealed_credentials text not null,
  people_read_at timestamptz,
  created_at timestamptz not null,
  primary key (organisation_id, id),
  unique (organisation_id, name)
);

create table employee (
  organisation_id uuid not null references organisation,
  id uuid not null default gen_random_uuid(),
  -- As typed, byte for byte: a code is text, never a number.
  employee_id text,
  match_key text,
  first_name text not null,
  last_name text not null,
  email text,
  team text,
  designation text,
  location text,
  time_zone text,
  joining_date date,
  leaving_date date,
  imported_at timestamptz not null,
  primary key (organisation_id, id),
  unique (employee_id, organisation_id),
  check ((employee_id is null) = (match_key is null)),
  check (leaving_date >= joining_date)
);
-- Besides the primary keys, indexes begin with what tells rows apart. One that began with the organisation would look
-- as good as the primary key to the planner while a table has no statistics yet, and be read from end to end.
create index employee_match_key on employee (match_key, organisation_id);
create index employee_email on employee (lower(email), organisation_id);

create table source_person (
  organisation_id uuid not null,
  connection_id uuid not null,
  guid uuid not null,
  employee_number text,
  attendance_number text,
  email text,
  display_name text,
  department text,
  location text,
  joining_date date,
  exit_date date,
  employment_status integer,
  -- The value of the connection's identification key in the form in which codes are compared.
  match_key text,
  first_seen_at timestamptz not null,
  profile_read_at timestamptz,
  primary key (organisation_id, connection_id, guid),
  foreign key (organisation_id, connection_id) references connection on delete cascade
);
create index source_person_match_key on source_person (match_key, organisation_id, connection_id);

-- A link is kept by Keka's GUID: a changed e-mail or a code that is given to someone else never moves history.
create table person_link (
  organisation_id uuid not null,
  connection_id uuid not null,
  source_guid uuid not null,
  employee uuid not null,
  made_by text not null check (made_by in ('key', 'person')),
  made_at timestamptz not null,
  primary key (organisation_id, connection_id, source_guid),
  unique (employee, organisation_id, connection_id),
  foreign key (organisation_id, connection_id, source_guid) references source_person on delete cascade,
  foreign key (organisation_id, employee) references employee on delete cascade
);

create table run (
  organisation_id uuid not null references organisation,
  id uuid not null default gen_random_uuid(),
  connection_id uuid not null,
  trigger text not null check (trigger in ('manual', 'demo', 'schedule')),
  date_from date not null,
  date_to date not null,
  state text not null check (state in ('running', 'succeeded', 'partial', 'failed', 'interrupted')),
  started_at timestamptz not null,
  ended_at timestamptz,
  -- Which process does it, and until when it is believed to be alive without another sign.
  owner text not null,
  lease_expires_at timestamptz not null,
  error_code text,
  error_message text,
  inserted integer not null default 0,
  changed integer not null default 0,
  unchanged integer not null default 0,
  unlinked integer not null default 0,
  invalid integer not null default 0,
  pages integer not null default 0,
  requests integer not null default 0,
  retries integer not null default 0,
  rate_limited integer not null default 0,
  waited_milliseconds bigint not null default 0,
  primary key (organisation_id, id),
  foreign key (organisation_id, connection_id) references connection on delete cascade,
  check (date_from <= date_to),
  check ((state = 'running') = (ended_at is null))
);
-- One active run for one connection, whatever races for it.
create unique index run_active on run (organisation_id, connection_id) where state = 'running';
create index run_latest on run (organisation_id, connection_id, started_at desc);

create table run_chunk (
  organisation_id uuid not null,
  run_id uuid not null,
  number integer not null,
  date_from date not null,
  date_to date not null,
  state text not null check (state in ('committed', 'unverified', 'failed')),
  attempts integer not null,
  pages integer not null,
  announced integer,
  received integer not null,
  inserted integer not null,
  changed integer not null,
  unchanged integer not null,
  invalid integer not null,
  error_code text,
  ended_at timestamptz not null,
  primary key (organisation_id, run_id, number),
  foreign key (organisation_id, run_id) references run on delete cascade
);

create table run_problem (
  organisation_id uuid not null,
  run_id uuid not null,
  number integer not null,
  code text not null,
  source_guid uuid,
  employee uuid,
  date_from date,
  date_to date,
  days integer,
  -- Safe facts only (field, reason, page, status, expected, actual, …): never a person's data.
  details jsonb not null default '{}',
  primary key (organisation_id, run_id, number),
  foreign key (organisation_id, run_id) references run on delete cascade
);

-- Which dates were read completely, and when: what makes "no record" differ from "not read yet".
create table date_coverage (
  organisation_id uuid not null,
  connection_id uuid not null,
  date date not null,
  first_complete_read_at timestamptz not null,
  last_complete_read_at timestamptz not null,
  last_run_id uuid not null,
  people integer not null,
  primary key (organisation_id, connection_id, date),
  foreign key (organisation_id, connection_id) references connection on delete cascade
);

-- One row for one person and date, linked or not. No foreign keys: a check for each of 100,000 rows costs more than
-- the row, and source_person rows are written in the same transaction.
create table attendance_day (
  organisation_id uuid not null,
  connection_id uuid not null,
  date date not null,
  source_guid uuid not null,
  employee_number text,
  day_type integer,
  shift_start timestamptz,
  shift_end timestamptz,
  first_in timestamptz,
  first_in_premise text,
  first_in_punch_status integer,
  first_in_log_source integer,
  first_in_unreadable boolean not null,
  last_out timestamptz,
  last_out_premise text,
  last_out_punch_status integer,
  last_out_log_source integer,
  last_out_unreadable boolean not null,
  gross_minutes integer,
  effective_minutes integer,
  break_minutes integer,
  overtime_minutes integer,
  status text not null,
  flags text[] not null,
  rules_version smallint not null,
  first_read_at timestamptz not null,
  first_run_id uuid not null,
  changed_at timestamptz,
  -- Complete reads in a row that no longer held this day.
  missed_reads smallint not null default 0,
  record_hash bytea not null,
  -- The record as received; json, not jsonb, keeps its order and repeated names.
  record json not null,
  primary key (organisation_id, connection_id, date, source_guid)
) partition by range (date);

create table revision (
  organisation_id uuid not null,
  id bigint generated always as identity,
  connection_id uuid not null,
  date date not null,
  source_guid uuid not null,
  run_id uuid not null,
  revised_at timestamptz not null,
  changed text[] not null,
  before jsonb not null,
  after jsonb not null,
  record_before json not null,
  primary key (organisation_id, id)
);
create index revision_of_day on revision (source_guid, date, organisation_id, connection_id);

-- Makes the partition of one month. A table that is attached takes a lock that readers and a running fetch do not
-- notice; "partition of" would lock them out.
create function ensure_attendance_month(month date) returns void
  language plpgsql security definer set search_path = public, pg_temp
as $$
declare
  first_day date := date_trunc('month', month)::date;
  name text := 'attendance_day_' || to_char(first_day, 'YYYY_MM');
begin
  if first_day < date '2000-01-01' or first_day > date '2100-01-01' then
    raise exception 'month % is out of range', first_day;
  end if;
  if to_regclass(name) is not null then return; end if;
  perform pg_advisory_xact_lock(hashtext('hajiri.ensure_attendance_month'));
  -- Not to_regclass again: it remembers that there was none before the wait.
  if exists (select from pg_class where relname = name and relnamespace = 'public'::regnamespace) then return; end if;
  execute format('create table %I (like attendance_day including all)', name);
  execute format('alter table attendance_day attach partition %I for values from (%L) to (%L)',
    name, first_day, (first_day + interval '1 month')::date);
end $$;
revoke all on function ensure_attendance_month(date) from public;
grant execute on function ensure_attendance_month(date) to hajiri_app;

alter table organisation enable row level security;
alter table organisation force row level security;
create policy own on organisation to hajiri_app
  using (id = (select current_organisation())) with check (id = (select current_organisation()));
-- Choosing an organisation comes before belonging to one: this role sees names and zones, nothing else.
create policy choose on organisation to hajiri_chooser using (true) with check (true);
grant select, insert on organisation to hajiri_chooser;
grant select, update on organisation to hajiri_app;

do $$
declare
  name text;
begin
  foreach name in array array['connection', 'employee', 'source_person', 'person_link', 'run', 'run_chunk',
    'run_problem', 'date_coverage', 'attendance_day', 'revision']
  loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy own on %I to hajiri_app using (organisation_id = (select current_organisation()))
      with check (organisation_id = (select current_organisation()))', name);
    execute format('grant select, insert, update, delete on %I to hajiri_app', name);
  end loop;
end $$;
grant usage on schema public to hajiri_app, hajiri_chooser;
