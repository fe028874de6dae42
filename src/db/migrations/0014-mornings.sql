-- Unattended mornings: when a connection is due, what was tried and what succeeded, runs that wait for a worker, and
-- ranges that are read little by little.

create table schedule (
  organisation_id uuid not null,
  connection_id uuid not null,
  local_time text not null default '05:30' check (local_time ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  zone text not null default 'UTC',
  recheck_ages integer[] not null default '{1,2,3,5,7,10,14,21,28,35}',
  -- From this date on every date is to be read. It moves on past what Keka serves no longer.
  promised_from date not null,
  -- Null while Auto-Run is off.
  next_due_at timestamptz,
  -- The due time that was claimed last, and the date that it was for where the schedule is.
  last_due_at timestamptz,
  last_due_on date,
  -- A try that is planned besides the due times, and why.
  follow_up_at timestamptz,
  follow_up_reason text,
  -- How many tries there were since the last due time.
  attempts integer not null default 0,
  -- Three facts that are never one: what was tried last, what succeeded last, and what is next.
  last_attempt_run_id uuid,
  last_attempt_at timestamptz,
  last_success_run_id uuid,
  last_success_at timestamptz,
  -- Why no process takes this connection's due times, when one saw that it could not.
  blocked_by text,
  -- When a worker looks at this connection next. It looks without belonging to any organisation.
  wake_at timestamptz,
  -- Grows with every run that starts: what an older run wants to commit is refused.
  fence bigint not null default 0,
  primary key (organisation_id, connection_id),
  foreign key (organisation_id, connection_id) references connection on delete cascade,
  check ((follow_up_at is null) = (follow_up_reason is null))
);
create index schedule_wake on schedule (wake_at);

create table backfill (
  organisation_id uuid not null,
  id uuid not null default gen_random_uuid(),
  connection_id uuid not null,
  date_from date not null,
  date_to date not null,
  -- The first date that is not dealt with yet.
  next_date date not null,
  state text not null check (state in ('running', 'paused', 'finished', 'failed', 'cancelled')),
  requested_at timestamptz not null,
  ended_at timestamptz,
  -- Tries of the part that is next, and when the next one is.
  attempts integer not null default 0,
  retry_at timestamptz,
  error_code text,
  -- Dates that Keka refused or that could not be verified.
  days_missing integer not null default 0,
  primary key (organisation_id, id),
  foreign key (organisation_id, connection_id) references connection on delete cascade,
  check (date_from <= date_to),
  check ((state in ('running', 'paused')) = (ended_at is null))
);
create unique index backfill_open on backfill (organisation_id, connection_id) where state in ('running', 'paused');

alter table run
  drop constraint run_trigger_check,
  drop constraint run_state_check,
  drop constraint run_check1,
  alter column owner drop not null,
  alter column lease_expires_at drop not null,
  add constraint run_trigger_check check (trigger in ('manual', 'demo', 'schedule', 'catch_up', 'retry', 'backfill')),
  add constraint run_state_check
    check (state in ('queued', 'running', 'succeeded', 'partial', 'failed', 'interrupted')),
  add constraint run_ended check ((state in ('queued', 'running')) = (ended_at is null)),
  add constraint run_owned check (state <> 'running' or (owner is not null and lease_expires_at is not null)),
  -- The dates that it reads; date_from and date_to are the first and the last of them.
  add column dates datemultirange,
  add column requested_at timestamptz,
  -- The due time that it is for.
  add column due_at timestamptz,
  add column attempt integer not null default 1,
  -- The run whose work it takes up.
  add column follows uuid,
  add column backfill_id uuid,
  add column fence bigint not null default 0,
  -- Grows while its process lives.
  add column beat bigint not null default 0,
  -- Whether every date was read and verified; null until the end.
  add column is_complete boolean,
  add column accept_unusual_count boolean not null default false,
  add column cancel_requested_at timestamptz,
  -- When a job for it was sent last.
  add column dispatched_at timestamptz,
  add column progress jsonb;

-- The owner of the tables is bound by row-level security, too; what is done here is done for every organisation.
alter table run no force row level security;
alter table run_chunk no force row level security;
alter table connection no force row level security;
alter table schedule no force row level security;
update run r set
  dates = datemultirange(daterange(date_from, date_to, '[]')),
  requested_at = started_at,
  is_complete = case when state = 'running' then null else state in ('succeeded', 'partial') and not exists (
    select from run_chunk c where c.organisation_id = r.organisation_id and c.run_id = r.id and c.state <> 'committed')
  end;
alter table run alter column dates set not null, alter column requested_at set not null;
-- Looked at by the first worker, which knows when it is due next.
insert into schedule (organisation_id, connection_id, promised_from, last_attempt_run_id, last_attempt_at,
  last_success_run_id, last_success_at, wake_at)
select c.organisation_id, c.id, current_date - 1, a.id, a.started_at, s.id, s.started_at, now()
from connection c
left join lateral (select id, started_at from run r where r.organisation_id = c.organisation_id
  and r.connection_id = c.id order by started_at desc limit 1) a on true
left join lateral (select id, started_at from run r where r.organisation_id = c.organisation_id
  and r.connection_id = c.id and r.is_complete order by started_at desc limit 1) s on true;
alter table schedule force row level security;
alter table connection force row level security;
alter table run_chunk force row level security;
alter table run force row level security;

create unique index run_due on run (organisation_id, connection_id, due_at) where due_at is not null;
create index run_open on run (organisation_id, connection_id) where state in ('queued', 'running');
create index run_of_backfill on run (backfill_id, organisation_id) where backfill_id is not null;
-- Few at any time: days that were not over when they were read.
create index attendance_day_open on attendance_day (organisation_id, connection_id, date)
  where status in ('pending', 'in_progress');

do $$
declare
  name text;
begin
  foreach name in array array['schedule', 'backfill'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy own on %I to hajiri_app using (organisation_id = (select current_organisation()))
      with check (organisation_id = (select current_organisation()))', name);
    execute format('grant select, insert, update, delete on %I to hajiri_app', name);
  end loop;
end $$;

create policy choose on schedule for select to hajiri_chooser using (true);
grant select (organisation_id, connection_id, wake_at) on schedule to hajiri_chooser;
-- Whoever watches over runs sees which ones are under way and whether they live, and nothing of what they do.
create policy choose on run for select to hajiri_chooser using (state = 'running');
grant select (organisation_id, id, state, owner, beat) on run to hajiri_chooser;

-- What belongs to the whole installation and to no organisation. The roles of the application reach nothing in it.
create schema hajiri_shared;

-- The requests of the last minutes to each company, whichever process sent them: Keka counts them together.
create table hajiri_shared.keka_request (
  company text not null,
  sent_at timestamptz not null,
  process uuid not null
);
create index keka_request_of_company on hajiri_shared.keka_request (company, sent_at);

-- Takes a place for a request, or says in how many milliseconds to ask again. A process that is alone with a company
-- keeps within the limit by itself, and more exactly; it is always let through.
create function hajiri_shared.take_request(
  of_company text, of_process uuid, present timestamptz, most integer, span interval
) returns integer
  language plpgsql
as $$
declare
  by_all integer;
  by_others integer;
  free_at timestamptz;
begin
  perform pg_advisory_xact_lock(hashtextextended('hajiri.keka_request ' || of_company, 0));
  -- What lies far ahead was written under a clock that was wrong.
  delete from hajiri_shared.keka_request
    where company = of_company and (sent_at < present - 2 * span or sent_at > present + span);
  select count(*), count(*) filter (where process <> of_process) into by_all, by_others
    from hajiri_shared.keka_request where company = of_company and sent_at > present - span;
  if by_others = 0 or by_all < most then
    insert into hajiri_shared.keka_request values (of_company, present, of_process);
    return 0;
  end if;
  select sent_at + span into free_at from hajiri_shared.keka_request
    where company = of_company and sent_at > present - span order by sent_at offset by_all - most limit 1;
  return greatest(1, ceil(extract(epoch from free_at - present) * 1000))::integer;
end $$;
