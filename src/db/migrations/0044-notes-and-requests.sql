-- What a company says of a day beside Keka: a note, or another status; and the requests of people that explain days.

create table day_note (
  organisation_id uuid not null,
  id uuid not null default gen_random_uuid(),
  date date not null,
  -- Of whom: an employee, or somebody in Keka who is linked with none.
  employee uuid,
  connection_id uuid,
  source_guid uuid,
  -- What counts instead of what the record says; null for a note alone.
  status text check (status in ('present', 'half_day', 'absent', 'on_leave', 'weekly_off', 'holiday')),
  note text not null check (note <> ''),
  made_at timestamptz not null,
  made_by text not null,
  -- Kept when another one takes its place, or when it is taken back.
  ended_at timestamptz,
  primary key (organisation_id, id),
  foreign key (organisation_id, employee) references employee on delete cascade,
  foreign key (organisation_id, connection_id) references connection on delete cascade,
  check ((employee is null) = (source_guid is not null)),
  check (source_guid is null or connection_id is not null)
);
create unique index day_note_present on day_note (organisation_id, date, employee, connection_id, source_guid)
  nulls not distinct where ended_at is null;

create table day_request (
  organisation_id uuid not null,
  connection_id uuid not null,
  kind text not null check (kind in ('leave', 'work_from_home', 'on_duty')),
  -- As Keka has it.
  request_id text not null,
  source_guid uuid not null,
  date_from date not null,
  date_to date not null,
  -- Only the second half of the first day, only the first half of the last one.
  begins_at_noon boolean not null,
  ends_at_noon boolean not null,
  state text not null check (state in ('approved', 'pending', 'ended')),
  -- What Keka calls the leave.
  name text,
  read_at timestamptz not null,
  primary key (organisation_id, connection_id, kind, request_id),
  foreign key (organisation_id, connection_id) references connection on delete cascade,
  check (date_from <= date_to)
);
create index day_request_of_person on day_request (connection_id, source_guid, organisation_id);

-- Whether requests are read: many keys may not.
alter table connection add column read_requests boolean not null default false;
alter table reevaluation drop constraint reevaluation_reason_check,
  add check (reason in ('policy', 'rules', 'directory', 'requests'));

do $$
declare
  name text;
begin
  foreach name in array array['day_note', 'day_request'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy own on %I to hajiri_app using (organisation_id = (select current_organisation()))
      with check (organisation_id = (select current_organisation()))', name);
    execute format('grant select, insert, update, delete on %I to hajiri_app', name);
  end loop;
end $$;
