-- The keys that secrets were sealed with, by their names alone, and which of them is the one for what is sealed now:
-- every process has the same answer, and a rotation waits for what is just being sealed with the one before.
create table hajiri_shared.encryption_key (
  id text primary key,
  is_current boolean not null,
  current_since timestamptz not null,
  -- When everything was sealed with it; null while a rotation is under way.
  settled_at timestamptz
);
create unique index encryption_key_current on hajiri_shared.encryption_key (is_current) where is_current;
