-- What an organisation asks of a day, by dates; and the days that are judged anew after that has changed.

create table attendance_policy (
  organisation_id uuid not null references organisation,
  -- A number that stays with it; the days that it judged carry it.
  number integer not null check (number > 0),
  scope text not null check (scope in ('organisation', 'location', 'team', 'shift')),
  -- The name of a place, the id of a team, a shift as HH:MM-HH:MM.
  subject text,
  valid_from date not null,
  valid_to date,
  late_grace_minutes integer not null check (late_grace_minutes between 0 and 720),
  early_out_grace_minutes integer not null check (early_out_grace_minutes between 0 and 720),
  full_day_minutes integer check (full_day_minutes between 1 and 1440),
  half_day_minutes integer check (half_day_minutes between 1 and 1440),
  short_span_minutes integer not null check (short_span_minutes between 0 and 720),
  overtime_after_minutes integer check (overtime_after_minutes between 0 and 1440),
  made_at timestamptz not null,
  made_by text not null,
  -- Kept, for the days that it judged and no other one may carry its number.
  removed_at timestamptz,
  primary key (organisation_id, number),
  check ((scope = 'organisation') = (subject is null)),
  check (valid_from <= valid_to),
  check (half_day_minutes <= full_day_minutes)
);
create unique index attendance_policy_start on attendance_policy (organisation_id, scope, subject, valid_from)
  nulls not distinct where removed_at is null;

create table reevaluation (
  organisation_id uuid not null references organisation,
  id uuid not null default gen_random_uuid(),
  reason text not null check (reason in ('policy', 'rules', 'directory')),
  date_from date not null,
  date_to date not null,
  state text not null check (state in ('waiting', 'finished')),
  -- The last day that is dealt with; null before the first.
  done_connection uuid,
  done_date date,
  done_guid uuid,
  -- The rules of the program that it brings the days up to.
  rules_version smallint not null,
  judged integer not null default 0,
  changed integer not null default 0,
  requested_at timestamptz not null,
  ended_at timestamptz,
  primary key (organisation_id, id),
  check (date_from <= date_to),
  check ((state = 'finished') = (ended_at is not null))
);

do $$
declare
  name text;
begin
  foreach name in array array['attendance_policy', 'reevaluation'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy own on %I to hajiri_app using (organisation_id = (select current_organisation()))
      with check (organisation_id = (select current_organisation()))', name);
    execute format('grant select, insert, update, delete on %I to hajiri_app', name);
  end loop;
end $$;
