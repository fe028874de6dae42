import type { AttendanceDay, PunchReading } from '../attendance/attendance-day.ts';

/** The facts of a day as they are stored, without what the rules made of them. */
export type StoredDayRow = {
  source_guid: string;
  date: Temporal.PlainDate;
  employee_number: string | null;
  day_type: number | null;
  shift_start: Temporal.Instant | null;
  shift_end: Temporal.Instant | null;
  shift_minutes: number | null;
  first_in: Temporal.Instant | null;
  first_in_premise: string | null;
  first_in_punch_status: number | null;
  first_in_log_source: number | null;
  first_in_unreadable: boolean;
  last_out: Temporal.Instant | null;
  last_out_premise: string | null;
  last_out_punch_status: number | null;
  last_out_log_source: number | null;
  last_out_unreadable: boolean;
  gross_minutes: number | null;
  effective_minutes: number | null;
  break_minutes: number | null;
  keka_overtime_minutes: number | null;
};

export function toAttendanceDay(row: StoredDayRow): AttendanceDay {
  return {
    sourceGuid: row.source_guid,
    date: row.date,
    employeeNumber: row.employee_number,
    dayType: row.day_type,
    shiftStart: row.shift_start,
    shiftEnd: row.shift_end,
    shiftMinutes: row.shift_minutes,
    firstIn: toReading(row.first_in_unreadable, row.first_in, {
      premise: row.first_in_premise,
      punchStatus: row.first_in_punch_status,
      logSource: row.first_in_log_source,
    }),
    lastOut: toReading(row.last_out_unreadable, row.last_out, {
      premise: row.last_out_premise,
      punchStatus: row.last_out_punch_status,
      logSource: row.last_out_log_source,
    }),
    grossMinutes: row.gross_minutes,
    effectiveMinutes: row.effective_minutes,
    breakMinutes: row.break_minutes,
    overtimeMinutes: row.keka_overtime_minutes,
  };
}

function toReading(
  unreadable: boolean,
  at: Temporal.Instant | null,
  rest: { premise: string | null; punchStatus: number | null; logSource: number | null },
): PunchReading {
  if (unreadable) return { kind: 'unreadable' };
  return at === null ? { kind: 'none' } : { kind: 'punch', punch: { at, ...rest } };
}
