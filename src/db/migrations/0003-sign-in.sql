-- How people sign in. These tables are those of better-auth and of one-time links: they belong to the installation, not
-- to an organisation, and neither of the application's two roles reaches them.
create schema sign_in;

create table sign_in."user" (
  id uuid primary key default gen_random_uuid(),
  name text not null,
  email text not null unique check (email = lower(email)),
  email_verified boolean not null default false,
  image text,
  two_factor_enabled boolean not null default false,
  -- Where the person was last, so that the next sign-in leads there again.
  last_organisation_id uuid references organisation,
  created_at timestamptz not null,
  updated_at timestamptz not null
);

create table sign_in.session (
  id uuid primary key default gen_random_uuid(),
  -- SHA-256 of what the cookie holds: a copy of the database opens no session.
  token text not null unique,
  user_id uuid not null references sign_in."user" on delete cascade,
  organisation_id uuid references organisation,
  ip_address text,
  user_agent text,
  expires_at timestamptz not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index session_of_user on sign_in.session (user_id);
create index session_expiry on sign_in.session (expires_at);

-- One way to sign in: a password (as its scrypt hash), or the person at an OIDC provider.
create table sign_in.credential (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references sign_in."user" on delete cascade,
  provider_id text not null,
  account_id text not null,
  password text,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  unique (provider_id, account_id)
);
create index credential_of_user on sign_in.credential (user_id);

-- Values of a few minutes: the state of a sign-in that is at the provider, a second factor that is awaited.
create table sign_in.verification (
  id uuid primary key default gen_random_uuid(),
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index verification_identifier on sign_in.verification (identifier);
create index verification_expiry on sign_in.verification (expires_at);

create table sign_in.two_factor (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null unique references sign_in."user" on delete cascade,
  -- Encrypted.
  secret text not null,
  backup_codes text not null,
  verified boolean not null default true,
  failed_verification_count integer not null default 0,
  locked_until timestamptz
);

-- A link that makes an owner or sets a new password, once. What the link holds is stored as its SHA-256.
create table sign_in.one_time_link (
  id uuid primary key default gen_random_uuid(),
  purpose text not null check (purpose in ('owner', 'password_reset')),
  token_hash bytea not null unique,
  user_id uuid references sign_in."user" on delete cascade,
  organisation_id uuid references organisation,
  removes_second_factor boolean not null default false,
  made_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  check ((purpose = 'password_reset') = (user_id is not null))
);
create index one_time_link_of_user on sign_in.one_time_link (user_id);

-- How often something was tried lately, for names that exist and for names that do not alike. The key is an HMAC: what
-- was typed as a name may be a password.
create table sign_in.attempt (
  key bytea primary key,
  count integer not null,
  counted_from timestamptz not null
);
create index attempt_age on sign_in.attempt (counted_from);

create function current_user_id() returns uuid
  language sql stable parallel safe
  as $$ select nullif(current_setting('hajiri.user_id', true), '')::uuid $$;

create function current_invitation() returns bytea
  language sql stable parallel safe
  as $$ select decode(nullif(current_setting('hajiri.invitation', true), ''), 'hex') $$;

create function current_email() returns text
  language sql stable parallel safe
  as $$ select nullif(current_setting('hajiri.email', true), '') $$;

-- What a person is in one organisation.
create table membership (
  organisation_id uuid not null references organisation,
  user_id uuid not null references sign_in."user" on delete cascade,
  role text not null check (role in ('owner', 'admin', 'manager', 'employee', 'auditor')),
  teams text[] not null default '{}',
  employee uuid,
  state text not null default 'active' check (state in ('active', 'disabled')),
  made_at timestamptz not null,
  primary key (organisation_id, user_id),
  foreign key (organisation_id, employee) references employee on delete set null (employee),
  check (role = 'manager' or teams = '{}'),
  check (role = 'employee' or employee is null)
);
create index membership_of_user on membership (user_id, organisation_id);

create table invitation (
  organisation_id uuid not null references organisation,
  id uuid not null default gen_random_uuid(),
  email text not null check (email = lower(email)),
  role text not null check (role in ('owner', 'admin', 'manager', 'employee', 'auditor')),
  teams text[] not null default '{}',
  employee uuid,
  token_hash bytea not null unique,
  invited_by text not null,
  made_at timestamptz not null,
  expires_at timestamptz not null,
  accepted_at timestamptz,
  revoked_at timestamptz,
  primary key (organisation_id, id),
  foreign key (organisation_id, employee) references employee on delete set null (employee),
  check (role = 'manager' or teams = '{}'),
  check (role = 'employee' or employee is null)
);
create unique index invitation_open on invitation (email, organisation_id)
  where accepted_at is null and revoked_at is null;

do $$
declare
  name text;
begin
  foreach name in array array['membership', 'invitation'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy own on %I to hajiri_app using (organisation_id = (select current_organisation()))
      with check (organisation_id = (select current_organisation()))', name);
    execute format('grant select, insert, update, delete on %I to hajiri_app', name);
  end loop;
end $$;

-- Before an organisation is chosen, a person sees where they belong, and everybody which organisations have an owner.
create policy choose on membership for select to hajiri_chooser
  using (role = 'owner' or user_id = (select current_user_id()));
grant select (organisation_id, user_id, role, teams, employee, state) on membership to hajiri_chooser;
-- And whoever holds an invitation, or proved an address, sees the invitations that are meant.
create policy choose on invitation for select to hajiri_chooser
  using (token_hash = (select current_invitation()) or email = (select current_email()));
grant select (organisation_id, id, email, role, teams, employee, expires_at, accepted_at, revoked_at)
  on invitation to hajiri_chooser;
