-- How long each kind of data is kept, in days, and up to which date it is done.
create table retention (
  organisation_id uuid primary key references organisation,
  raw_record_days integer not null default 365 check (raw_record_days between 120 and 3650),
  revision_days integer not null default 1095 check (revision_days between 30 and 3650),
  run_days integer not null default 400 check (run_days between 120 and 3650),
  audit_days integer not null default 1095 check (audit_days between 90 and 3650),
  -- Of every date before this one the records as received are gone.
  raw_removed_before date
);

-- Who was erased. Keka goes on telling of them; what it tells is known by this hash and not stored.
create table erased_person (
  organisation_id uuid not null,
  connection_id uuid not null,
  guid_hash bytea not null,
  -- Under which their days are kept: it says nothing of anybody.
  stand_in uuid not null,
  erased_at timestamptz not null,
  primary key (organisation_id, connection_id, guid_hash),
  foreign key (organisation_id, connection_id) references connection on delete cascade
);

do $$
declare
  name text;
begin
  foreach name in array array['retention', 'erased_person'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy own on %I to hajiri_app using (organisation_id = (select current_organisation()))
      with check (organisation_id = (select current_organisation()))', name);
    execute format('grant select, insert, update, delete on %I to hajiri_app', name);
  end loop;
end $$;

-- Entries of the audit trail that are older than they are to be kept are removed by the owner of the tables, one
-- organisation at a time. The roles of the application still have no right to remove one.
create policy expiry on audit_entry for delete using (organisation_id = (select current_organisation()));
create policy expiry_sees on audit_entry for select using (organisation_id = (select current_organisation()));
