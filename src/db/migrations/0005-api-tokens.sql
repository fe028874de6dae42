-- Keys for programs. What a token says is stored as its SHA-256 alone, and belongs to one organisation.
create table api_token (
  organisation_id uuid not null references organisation,
  id uuid not null default gen_random_uuid(),
  name text not null check (name <> ''),
  scopes text[] not null
    check (scopes <> '{}' and scopes <@ array['read_reports', 'start_runs', 'manage_directory', 'manage_connections']),
  token_hash bytea not null unique,
  -- The last four characters, by which people tell tokens apart.
  ending text not null,
  made_by text not null,
  made_at timestamptz not null,
  expires_at timestamptz not null,
  last_used_at timestamptz,
  revoked_at timestamptz,
  primary key (organisation_id, id)
);
create unique index api_token_name on api_token (organisation_id, name) where revoked_at is null;

create function current_api_token() returns bytea
  language sql stable parallel safe
  as $$ select decode(nullif(current_setting('hajiri.api_token', true), ''), 'hex') $$;

alter table api_token enable row level security;
alter table api_token force row level security;
create policy own on api_token to hajiri_app
  using (organisation_id = (select current_organisation())) with check (organisation_id = (select current_organisation()));
grant select, insert, update, delete on api_token to hajiri_app;
-- Before its organisation is known, whoever holds a token sees that one.
create policy choose on api_token for select to hajiri_chooser using (token_hash = (select current_api_token()));
grant select (organisation_id, id, name, scopes, token_hash, expires_at, last_used_at, revoked_at)
  on api_token to hajiri_chooser;
