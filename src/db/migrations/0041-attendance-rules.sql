-- What the rules make of a day besides its status and flags. Reports read "overtime_minutes"; what Keka itself calls
-- overtime is one of the facts that it follows from.
alter table attendance_day rename column overtime_minutes to keka_overtime_minutes;
alter table attendance_day
  -- How long the shift asks to work, without its break.
  add column shift_minutes integer,
  -- The same record will be judged otherwise once the day is over.
  add column is_open boolean not null default false,
  add column late_minutes integer,
  add column early_out_minutes integer,
  add column overtime_minutes integer,
  add column expected_minutes integer,
  -- The number of the policy that was applied; null where nobody had made one.
  add column policy integer;

-- The owner of the tables is bound by row-level security, too; what is done here is done for every organisation.
alter table attendance_day no force row level security;
-- Few at any time, and found by the index that goes.
update attendance_day set is_open = true where status in ('pending', 'in_progress');
drop index attendance_day_open;
create index attendance_day_open on attendance_day (organisation_id, connection_id, date) where is_open;
alter table attendance_day force row level security;
