import { sql } from 'kysely';
import type { Organisation } from '../../accounts/organisation-context.ts';
import { type AttendanceDay, shiftMinutesOf } from '../../attendance/attendance-day.ts';
import {
  type DayFlag,
  type DayStatus,
  type Evaluation,
  rulesVersion,
} from '../../attendance/evaluate-day.ts';
import type { ConnectionId } from '../../db/schema.ts';
import type { OrganisationTransaction } from '../../db/tenancy.ts';
import { type StoredDayRow, toAttendanceDay } from '../stored-day.ts';

/** A stored day with what the rules made of it, and whether it was over when it was last read. */
export type DayToJudge = {
  readonly day: AttendanceDay;
  readonly isFinal: boolean;
  readonly stored: Evaluation;
  readonly rulesVersion: number;
};

export type DaysWanted = {
  readonly connectionId: ConnectionId;
  readonly date: Temporal.PlainDate;
  /** Only those behind this person. */
  readonly after: string | null;
  readonly limit: number;
  /** Only these people. */
  readonly guids?: readonly string[];
};

type Row = StoredDayRow & {
  status: DayStatus;
  flags: DayFlag[];
  is_open: boolean;
  late_minutes: number | null;
  early_out_minutes: number | null;
  overtime_minutes: number | null;
  expected_minutes: number | null;
  policy: number | null;
  rules_version: number;
  is_final: boolean;
  shift_effective: number | null;
  shift_whole: number | null;
  shift_break: number | null;
};

/** The days of one date, by person. Grace: minutes after a shift in which a punch may still come. */
export async function readDaysToJudge(
  transaction: OrganisationTransaction,
  organisation: Organisation,
  { connectionId, date, after, limit, guids }: DaysWanted,
  graceMinutes: number,
): Promise<readonly DayToJudge[]> {
  const dayEnd = date.add({ days: 1 }).toZonedDateTime(organisation.zone).toInstant();
  const overAt = sql`greatest(${dayEnd}::timestamptz,
    coalesce(d.shift_end, ${dayEnd}::timestamptz) + make_interval(mins => ${graceMinutes}))`;
  const { rows } = await sql<Row>`
    select d.source_guid, d.date, d.employee_number, d.day_type, d.shift_start, d.shift_end, d.shift_minutes,
      d.first_in, d.first_in_premise, d.first_in_punch_status, d.first_in_log_source, d.first_in_unreadable,
      d.last_out, d.last_out_premise, d.last_out_punch_status, d.last_out_log_source, d.last_out_unreadable,
      d.gross_minutes, d.effective_minutes, d.break_minutes, d.keka_overtime_minutes,
      d.status, d.flags, d.is_open, d.late_minutes, d.early_out_minutes, d.overtime_minutes, d.expected_minutes,
      d.policy, d.rules_version,
      -- Every complete read judges anew what was open; what a read no longer had was judged before.
      case when d.missed_reads = 0 and v.last_complete_read_at is not null then v.last_complete_read_at > ${overAt}
        else not d.is_open end as is_final,
      ${hoursIn('shiftEffectiveDuration')} as shift_effective, ${hoursIn('shiftDuration')} as shift_whole,
      ${hoursIn('shiftBreakDuration')} as shift_break
    from attendance_day d
    left join date_coverage v on v.organisation_id = d.organisation_id and v.connection_id = d.connection_id
      and v.date = d.date
    where d.organisation_id = ${organisation.id} and d.connection_id = ${connectionId} and d.date = ${date}
      ${after === null ? sql`` : sql`and d.source_guid > ${after}::uuid`}
      ${guids === undefined ? sql`` : sql`and d.source_guid = any (${guids}::uuid[])`}
    order by d.source_guid limit ${limit}`.execute(transaction);
  return rows.map(toDayToJudge);
}

/** Days that older rules judged have the length of their shift in the record alone. */
function hoursIn(field: string) {
  const value = sql`(d.record ->> ${sql.lit(field)})`;
  return sql`case when d.shift_minutes is null and d.rules_version < 2 and ${value} ~ '^[0-9]{1,4}([.][0-9]{1,12})?$'
    then ${value}::float8 end`;
}

function toDayToJudge(row: Row): DayToJudge {
  const facts = toAttendanceDay(row);
  const record = {
    shiftEffectiveDuration: row.shift_effective,
    shiftDuration: row.shift_whole,
    shiftBreakDuration: row.shift_break,
  };
  const day =
    row.rules_version < 2 && facts.shiftMinutes === null
      ? { ...facts, shiftMinutes: shiftMinutesOf(record, facts.shiftStart, facts.shiftEnd) }
      : facts;
  return {
    day: row.flags.includes('bad_timestamp') ? withUnreadable(day) : day,
    isFinal: row.is_final,
    rulesVersion: row.rules_version,
    stored: {
      status: row.status,
      flags: row.flags,
      isOpen: row.is_open,
      lateMinutes: row.late_minutes,
      earlyOutMinutes: row.early_out_minutes,
      overtimeMinutes: row.overtime_minutes,
      expectedMinutes: row.expected_minutes,
      policy: row.policy,
    },
  };
}

/** Where an earlier punch stands in for one that can no longer be read, the flag alone tells of it. */
function withUnreadable(day: AttendanceDay): AttendanceDay {
  const { firstIn, lastOut } = day;
  if (firstIn.kind === 'unreadable' || lastOut.kind === 'unreadable') return day;
  if (firstIn.kind === 'punch') return { ...day, firstIn: { ...firstIn, newest: 'unreadable' } };
  return lastOut.kind === 'punch' ? { ...day, lastOut: { ...lastOut, newest: 'unreadable' } } : day;
}

/** Whether the day has to be written: what the rules make of it differs from what is stored, or older rules did that. */
export function isOutOfDate({ stored, rulesVersion: version }: DayToJudge, judged: Evaluation): boolean {
  return (
    version !== rulesVersion ||
    judged.status !== stored.status ||
    judged.isOpen !== stored.isOpen ||
    judged.lateMinutes !== stored.lateMinutes ||
    judged.earlyOutMinutes !== stored.earlyOutMinutes ||
    judged.overtimeMinutes !== stored.overtimeMinutes ||
    judged.expectedMinutes !== stored.expectedMinutes ||
    judged.policy !== stored.policy ||
    judged.flags.length !== stored.flags.length ||
    judged.flags.some((flag, index) => flag !== stored.flags[index])
  );
}
