import { toLocalTime } from '../../attendance/local-time.ts';
import type { DailyRow, ReportPunch } from '../daily/daily-row.ts';
import type { PersonDayRow } from './person-day-row.ts';

/** A day of a person as reports tell it, with times as the clock at the company shows them. */
export function toReportRow(row: PersonDayRow, zone: string): DailyRow {
  return {
    date: row.date.toString(),
    employeeId: row.employee_id,
    name: row.name,
    email: row.email,
    team: row.team,
    designation: row.designation,
    location: row.location,
    leavingDate: row.leaving_date?.toString() ?? null,
    connection: row.connection_name,
    sourceGuid: row.source_guid,
    employeeNumber: row.employee_number,
    link: row.unlinked_reason ?? 'linked',
    firstIn: toPunch(row, 'first_in', zone),
    lastOut: toPunch(row, 'last_out', zone),
    grossMinutes: row.gross_minutes,
    effectiveMinutes: row.effective_minutes,
    breakMinutes: row.break_minutes,
    lateMinutes: row.late_minutes,
    earlyOutMinutes: row.early_out_minutes,
    overtimeMinutes: row.overtime_minutes,
    expectedMinutes: row.expected_minutes,
    shiftStart: row.shift_start?.toString() ?? null,
    shiftEnd: row.shift_end?.toString() ?? null,
    dayType: row.day_type,
    status: row.status,
    recordedStatus: row.recorded_status,
    note: row.note,
    notedBy: row.noted_by,
    flags: row.flags,
    lastFetchedAt: row.last_fetched_at?.toString() ?? null,
  };
}

function toPunch(row: PersonDayRow, which: 'first_in' | 'last_out', zone: string): ReportPunch | null {
  const at = row[which];
  if (at === null) return null;
  return {
    ...toLocalTime(at, zone, row.date),
    instant: at.toString(),
    premise: row[`${which}_premise`],
    punchStatus: row[`${which}_punch_status`],
    logSource: row[`${which}_log_source`],
  };
}
