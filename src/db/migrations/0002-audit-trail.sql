-- Who changed what, when, from where: written in the transaction of the change. The application's role can add entries
-- and read them, and has no right to change or remove one.

create table audit_entry (
  organisation_id uuid not null references organisation,
  id bigint generated always as identity,
  at timestamptz not null,
  actor_kind text not null check (actor_kind in ('person', 'token', 'schedule', 'command_line')),
  actor_id uuid,
  actor_name text not null,
  action text not null check (action <> ''),
  subject_kind text not null check (subject_kind <> ''),
  subject_id text,
  subject_name text,
  -- What was changed, and only that. A secret stands here as "set" or by its last four characters.
  before jsonb not null,
  after jsonb not null,
  address text,
  request_id text,
  primary key (organisation_id, id)
);
create index audit_entry_latest on audit_entry (organisation_id, at desc, id desc);
create index audit_entry_subject on audit_entry (subject_id, organisation_id);

-- Not even the owner of the tables changes an entry by mistake.
create function refuse_audit_change() returns trigger
  language plpgsql
as $$ begin raise exception 'the audit trail is append-only'; end $$;
create trigger audit_entry_append_only before update or truncate on audit_entry
  for each statement execute function refuse_audit_change();

alter table audit_entry enable row level security;
alter table audit_entry force row level security;
create policy own on audit_entry to hajiri_app using (organisation_id = (select current_organisation()))
  with check (organisation_id = (select current_organisation()));
grant select, insert on audit_entry to hajiri_app;
