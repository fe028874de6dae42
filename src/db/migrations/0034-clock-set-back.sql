-- When a worker looked at a connection last. Should that lie ahead of now, the clock was set back meanwhile, and what was
-- planned then is planned anew.
alter table schedule add column attended_at timestamptz;
grant select (attended_at) on schedule to hajiri_chooser;
