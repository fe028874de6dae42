-- The directory in full: teams with dated moves, managers, imports with preview and undo, links with validity dates and
-- decisions about them, exclusion rules, and what is to happen with new people in Keka.

-- The owner of the tables is bound by forced row-level security, too; these hold rows that are changed below.
alter table employee no force row level security;
alter table source_person no force row level security;
alter table connection no force row level security;

create table team (
  organisation_id uuid not null references organisation,
  id uuid not null default gen_random_uuid(),
  name text not null check (name <> ''),
  parent uuid,
  made_at timestamptz not null,
  primary key (organisation_id, id),
  unique (name, organisation_id),
  foreign key (organisation_id, parent) references team,
  check (parent <> id)
);

alter table employee
  add column phone text,
  -- The team since the last move; where there was another before, team_move says until when.
  add column team_id uuid,
  add column manager uuid,
  add column status text not null default 'active' check (status in ('active', 'inactive')),
  add column tags text[] not null default '{}',
  add column origin text not null default 'file' check (origin in ('file', 'person', 'keka')),
  add column changed_at timestamptz,
  -- The import that wrote this row last; null once anything else has.
  add column import_id uuid,
  -- Why nobody needs to look for this employee in Keka.
  add column ignored_reason text,
  -- The exclusion rule that catches this employee.
  add column excluded_by uuid,
  add foreign key (organisation_id, team_id) references team,
  add foreign key (organisation_id, manager) references employee on delete set null (manager),
  add check (manager <> id);
create index employee_manager on employee (manager, organisation_id) where manager is not null;
create index employee_excluded on employee (excluded_by, organisation_id) where excluded_by is not null;

insert into team (organisation_id, name, made_at)
select organisation_id, team, min(imported_at) from employee where team is not null group by organisation_id, team;
update employee e set team_id = t.id from team t where t.organisation_id = e.organisation_id and t.name = e.team;
alter table employee drop column team;

-- An earlier team: the employee was in it up to and including last_day. One row for each move, none for who never moved.
create table team_move (
  organisation_id uuid not null,
  employee uuid not null,
  last_day date not null,
  team_id uuid,
  made_at timestamptz not null,
  primary key (organisation_id, employee, last_day),
  foreign key (organisation_id, employee) references employee on delete cascade,
  foreign key (organisation_id, team_id) references team
);

alter table connection
  -- What becomes of people in Keka who are not in the directory: nothing, a suggestion, an employee.
  add column new_people text not null default 'suggest' check (new_people in ('never', 'suggest', 'create')),
  -- Which fields of an employee follow Keka.
  add column overwrite_fields text[] not null default '{}',
  -- Since when changed profiles are still to be read; people_read_at is the last time that everybody's were.
  add column people_changed_read_at timestamptz,
  -- The code of what kept the last read of people from happening.
  add column people_problem text;

-- Every key in the form in which codes are compared, so that another identification key needs no row to be written.
alter table source_person
  add column number_key text,
  add column attendance_key text,
  add column email_key text,
  add column first_name text,
  add column last_name text,
  add column job_title text,
  -- A person decided that the key says nothing about this one.
  add column held boolean not null default false,
  add column ignored_reason text,
  add column excluded_by uuid;
update source_person p set
  number_key = case when c.identification_key = 'employee_number' then p.match_key end,
  attendance_key = case when c.identification_key = 'attendance_number' then p.match_key end,
  email_key = case when c.identification_key = 'email' then p.match_key end
from connection c where c.organisation_id = p.organisation_id and c.id = p.connection_id;
-- The other keys come with the next read of everybody's profile.
update connection set people_read_at = null;
drop index source_person_match_key;
alter table source_person drop column match_key;
create index source_person_excluded on source_person (excluded_by, organisation_id) where excluded_by is not null;

-- The key of a person that is compared with Employee IDs.
create function source_key(identification_key text, number_key text, attendance_key text, email_key text, guid uuid)
  returns text language sql immutable parallel safe
  as $$ select case identification_key when 'employee_number' then number_key when 'attendance_number' then attendance_key
    when 'email' then email_key else guid::text end $$;

-- Without foreign keys: a check for each row costs more than the row, and a change of key writes everybody's. Whoever
-- writes links holds the lock that remove_links takes, so that no link outlives its employee or its person.
alter table person_link
  add column valid_from date not null default '0001-01-01',
  add column valid_to date not null default '9999-12-31',
  add check (valid_from <= valid_to),
  drop constraint person_link_employee_organisation_id_connection_id_key,
  drop constraint person_link_organisation_id_connection_id_source_guid_fkey,
  drop constraint person_link_organisation_id_employee_fkey;
create index person_link_employee on person_link (employee, organisation_id, connection_id);

create function lock_links(organisation uuid) returns void
  language sql
  as $$ select pg_advisory_xact_lock(hashtext('hajiri.links'), hashtext(organisation::text)) $$;

create function remove_links_of_employees() returns trigger
  language plpgsql
  as $$ begin
    perform lock_links(organisation_id) from (select distinct organisation_id from gone) g;
    delete from person_link l using gone g where l.organisation_id = g.organisation_id and l.employee = g.id;
    return null;
  end $$;
create trigger employee_links after delete on employee referencing old table as gone
  for each statement execute function remove_links_of_employees();

create function remove_links_of_people() returns trigger
  language plpgsql
  as $$ begin
    perform lock_links(organisation_id) from (select distinct organisation_id from gone) g;
    delete from person_link l using gone g where l.organisation_id = g.organisation_id
      and l.connection_id = g.connection_id and l.source_guid = g.guid;
    return null;
  end $$;
create trigger source_person_links after delete on source_person referencing old table as gone
  for each statement execute function remove_links_of_people();

-- What a person decided about one person in Keka or one employee, with the state before and after: an undo restores.
create table link_decision (
  organisation_id uuid not null references organisation,
  id bigint generated always as identity,
  -- Decisions that were made together.
  batch uuid not null,
  at timestamptz not null,
  actor_kind text not null,
  actor_name text not null,
  kind text not null check (kind in ('link', 'unlink', 'ignore', 'restore')),
  connection_id uuid,
  source_guid uuid,
  employee uuid,
  reason text,
  before jsonb not null,
  after jsonb not null,
  undone_at timestamptz,
  undone_by text,
  primary key (organisation_id, id),
  foreign key (organisation_id, connection_id) references connection on delete cascade
);
create index link_decision_latest on link_decision (organisation_id, at desc, id desc);

create table exclusion_rule (
  organisation_id uuid not null references organisation,
  id uuid not null default gen_random_uuid(),
  kind text not null check (kind in ('tag', 'number', 'location')),
  -- As typed; in a number * stands for any characters and ? for one.
  value text not null check (value <> ''),
  made_at timestamptz not null,
  made_by text not null,
  primary key (organisation_id, id),
  unique (kind, value, organisation_id)
);

create table employee_import (
  organisation_id uuid not null references organisation,
  id uuid not null default gen_random_uuid(),
  state text not null check (state in ('previewed', 'applied', 'undone')),
  file_name text not null,
  -- SHA-256 of the bytes as they were given.
  file_hash bytea not null,
  format text not null check (format in ('csv', 'xlsx')),
  encoding text,
  separator text,
  columns text[] not null,
  -- The first day on which a changed team counts.
  team_from date not null,
  -- Something that is another text as soon as any employee is another row: a preview is of one state of the directory.
  directory_state text,
  rows integer not null,
  added integer not null,
  changed integer not null,
  unchanged integer not null,
  refused integer not null,
  made_at timestamptz not null,
  made_by text not null,
  applied_at timestamptz,
  applied_by text,
  linked integer,
  undone_at timestamptz,
  undone_by text,
  primary key (organisation_id, id)
);
create index employee_import_latest on employee_import (organisation_id, made_at desc);

-- A row of the file as it was understood, what it means, and, once applied, what stood there before.
create table employee_import_row (
  organisation_id uuid not null,
  import_id uuid not null,
  line integer not null,
  employee_id text,
  match_key text,
  first_name text,
  last_name text,
  email text,
  phone text,
  team text,
  designation text,
  location text,
  time_zone text,
  joining_date date,
  leaving_date date,
  manager_key text,
  status text,
  tags text[],
  outcome text not null default 'new' check (outcome in ('new', 'changed', 'unchanged', 'refused')),
  -- Whom it means; of a new one, the id that it will have.
  employee uuid not null default gen_random_uuid(),
  manager uuid,
  -- Why it is refused: a list of field and reason.
  faults jsonb,
  before jsonb,
  primary key (organisation_id, import_id, line),
  foreign key (organisation_id, import_id) references employee_import on delete cascade
);

do $$
declare
  name text;
begin
  foreach name in array array['team', 'team_move', 'link_decision', 'exclusion_rule', 'employee_import',
    'employee_import_row']
  loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy own on %I to hajiri_app using (organisation_id = (select current_organisation()))
      with check (organisation_id = (select current_organisation()))', name);
    execute format('grant select, insert, update, delete on %I to hajiri_app', name);
  end loop;
end $$;
alter table employee force row level security;
alter table source_person force row level security;
alter table connection force row level security;
