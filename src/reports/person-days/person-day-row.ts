import type { UnlinkedReason } from '../../directory/unlinked-reason.ts';
import type { ReportFlag, ReportStatus } from '../daily/daily-row.ts';

/** A day of a person as the database gives it. Durations are minutes. */
export type PersonDayRow = {
  date: Temporal.PlainDate;
  /** The same on every day of one person: our id of an employee, or where an unlinked person stands in Keka. */
  person: string;
  is_employee: boolean;
  employee_id: string | null;
  name: string | null;
  email: string | null;
  team: string | null;
  designation: string | null;
  location: string | null;
  leaving_date: Temporal.PlainDate | null;
  connection_id: string | null;
  connection_name: string | null;
  source_guid: string | null;
  employee_number: string | null;
  unlinked_reason: UnlinkedReason | 'no_employee_id' | 'no_source_person' | 'outside_link' | null;
  /** 1 for the record that counts where a person has several of one date. */
  record_number: number;
  first_in: Temporal.Instant | null;
  first_in_premise: string | null;
  first_in_punch_status: number | null;
  first_in_log_source: number | null;
  last_out: Temporal.Instant | null;
  last_out_premise: string | null;
  last_out_punch_status: number | null;
  last_out_log_source: number | null;
  gross_minutes: number | null;
  effective_minutes: number | null;
  break_minutes: number | null;
  late_minutes: number | null;
  early_out_minutes: number | null;
  overtime_minutes: number | null;
  expected_minutes: number | null;
  shift_start: Temporal.Instant | null;
  shift_end: Temporal.Instant | null;
  day_type: number | null;
  /** What counts: what the company said, or else what the record says. */
  status: ReportStatus;
  recorded_status: ReportStatus;
  note: string | null;
  noted_by: string | null;
  flags: ReportFlag[];
  last_fetched_at: Temporal.Instant | null;
};
