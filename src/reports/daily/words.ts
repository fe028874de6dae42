import type { ReportFlag, ReportStatus } from './daily-row.ts';

const statuses: Readonly<Record<Exclude<ReportStatus, 'unknown_day_type'>, string>> = {
  present: 'Present',
  half_day: 'Half day',
  absent: 'Absent',
  on_leave: 'On leave',
  weekly_off: 'Weekly off',
  half_weekly_off: 'Half weekly off',
  holiday: 'Holiday',
  in_progress: 'In progress',
  pending: 'Pending',
  no_record: 'No record',
  not_read_yet: 'Not read yet',
  not_linked: 'Not linked',
};

/** A status as a person reads it. A day type that nobody knows is shown with its number. */
export function statusText(status: ReportStatus, dayType: number | null): string {
  if (status !== 'unknown_day_type') return statuses[status];
  return dayType === null ? 'Unknown' : `Unknown (${dayType})`;
}

const flags: Readonly<Record<ReportFlag, string>> = {
  missing_in: 'missing in',
  missing_out: 'missing out',
  single_punch: 'single punch',
  implausible_punch: 'implausible punch',
  bad_timestamp: 'unreadable time',
  worked_on_weekly_off: 'worked on weekly off',
  worked_on_holiday: 'worked on holiday',
  half_weekly_off: 'half weekly off',
  unknown_day_type: 'unknown day type',
  hours_not_computed: 'hours not computed yet',
  late: 'late',
  early_out: 'early out',
  overtime: 'overtime',
  short_span: 'in and out close together',
  below_half_day: 'less than half a day',
  on_leave: 'on leave',
  half_day_leave: 'half a day of leave',
  work_from_home: 'work from home',
  on_duty: 'on duty',
  not_linked: 'not linked',
  no_employee_id: 'no Employee ID',
  no_source_person: 'nobody in Keka',
  outside_employment: 'outside employment',
  leaver: 'leaving',
  changed: 'changed since first read',
  withdrawn: 'no longer in Keka',
  multiple_records: 'several records',
  overridden: 'status by the company',
  noted: 'note',
};

export function flagText(flag: ReportFlag): string {
  return flags[flag];
}

const dayTypes = ['Working day', 'Holiday', 'Weekly off', 'First half off', 'Second half off'];

export function dayTypeText(dayType: number): string {
  return dayTypes[dayType] ?? `Unknown (${dayType})`;
}

export function durationText(minutes: number): string {
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')}`;
}
