-- Months that are closed: what Keka changes in them afterwards is held back, to be looked at and accepted.

create table month_lock (
  organisation_id uuid not null references organisation,
  month date not null check (extract(day from month) = 1),
  locked_at timestamptz not null,
  locked_by text not null,
  primary key (organisation_id, month)
);

create table drift_day (
  organisation_id uuid not null,
  connection_id uuid not null,
  date date not null,
  source_guid uuid not null,
  -- changed: differs from the stored day; new: none is stored; withdrawn: Keka no longer has it.
  kind text not null check (kind in ('changed', 'new', 'withdrawn')),
  -- The names of the values that differ.
  changed text[] not null,
  -- As Keka sent it last; null when it sent none.
  record json,
  -- The run that saw it last.
  run_id uuid not null,
  seen_at timestamptz not null,
  primary key (organisation_id, connection_id, date, source_guid),
  foreign key (organisation_id, connection_id) references connection on delete cascade,
  check ((kind = 'withdrawn') = (record is null))
);

alter table run add column held integer not null default 0;
alter table run_chunk add column held integer not null default 0;

do $$
declare
  name text;
begin
  foreach name in array array['month_lock', 'drift_day'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy own on %I to hajiri_app using (organisation_id = (select current_organisation()))
      with check (organisation_id = (select current_organisation()))', name);
    execute format('grant select, insert, update, delete on %I to hajiri_app', name);
  end loop;
end $$;
