-- Codes of authenticator apps that were taken lately: each counts once, although the app shows it for longer.
create table sign_in.used_code (
  user_id uuid not null references sign_in."user" on delete cascade,
  -- An HMAC: six digits are soon guessed.
  code bytea not null,
  used_at timestamptz not null,
  primary key (user_id, code)
);
create index used_code_age on sign_in.used_code (used_at);
