-- When the upkeep of each organisation is due. The worker looks for due ones without belonging to any organisation, so
-- the role that chooses sees whose they are and when, and nothing else.
create table nightly (
  organisation_id uuid primary key references organisation,
  next_due_at timestamptz not null,
  last_started_at timestamptz,
  last_ended_at timestamptz,
  -- The jobs of the last night that failed, by name.
  failed text[] not null default '{}'
);
alter table nightly enable row level security;
alter table nightly force row level security;
create policy own on nightly to hajiri_app
  using (organisation_id = (select current_organisation())) with check (organisation_id = (select current_organisation()));
create policy choose on nightly for select to hajiri_chooser using (true);
grant select, insert, update, delete on nightly to hajiri_app;
grant select (organisation_id, next_due_at) on nightly to hajiri_chooser;
