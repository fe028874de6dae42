import { type RawBuilder, sql } from 'kysely';
import type { AttendanceDay, PunchReading } from '../attendance/attendance-day.ts';
import type { Evaluation } from '../attendance/evaluate-day.ts';

/** A day ready to be written: `record` is the JSON text as received, `hash` its SHA-256. */
export type DayToStore = {
  readonly day: AttendanceDay;
  readonly evaluation: Evaluation;
  readonly record: string;
  readonly hash: Buffer;
};

const keyNames = ['source_guid', 'date'];
const valueNames = [
  'employee_number',
  'day_type',
  'shift_start',
  'shift_end',
  'first_in',
  'first_in_premise',
  'first_in_punch_status',
  'first_in_log_source',
  'first_in_unreadable',
  'last_out',
  'last_out_premise',
  'last_out_punch_status',
  'last_out_log_source',
  'last_out_unreadable',
  'gross_minutes',
  'effective_minutes',
  'break_minutes',
  'overtime_minutes',
  'status',
  'flags',
  'record_hash',
  'record',
];

/** The columns that a day brings along, in the order of `toRows`. */
export const dayColumns = sql.raw([...keyNames, ...valueNames].join(', '));
/** The same without the key, for the two sides of an upsert. */
export const valueColumns = sql.raw(valueNames.join(', '));
export const excludedValues = sql.raw(valueNames.map((name) => `excluded.${name}`).join(', '));

/** The days as a table of those columns. The records travel as one JSON array: their quotes need no escaping then. */
export function toRows(days: readonly DayToStore[]): RawBuilder<unknown> {
  const column = (type: string, value: (stored: DayToStore) => unknown) =>
    sql`${days.map(value)}::${sql.raw(type)}[]`;
  const punch = (reading: (day: AttendanceDay) => PunchReading) => [
    column('timestamptz', ({ day }) => punchOf(reading(day))?.at.toString() ?? null),
    column('text', ({ day }) => punchOf(reading(day))?.premise ?? null),
    column('integer', ({ day }) => punchOf(reading(day))?.punchStatus ?? null),
    column('integer', ({ day }) => punchOf(reading(day))?.logSource ?? null),
    column('boolean', ({ day }) => reading(day).kind === 'unreadable'),
  ];
  const columns = [
    column('uuid', ({ day }) => day.sourceGuid),
    column('date', ({ day }) => day.date.toString()),
    column('text', ({ day }) => day.employeeNumber),
    column('integer', ({ day }) => day.dayType),
    column('timestamptz', ({ day }) => day.shiftStart?.toString() ?? null),
    column('timestamptz', ({ day }) => day.shiftEnd?.toString() ?? null),
    ...punch(({ firstIn }) => firstIn),
    ...punch(({ lastOut }) => lastOut),
    column('integer', ({ day }) => day.grossMinutes),
    column('integer', ({ day }) => day.effectiveMinutes),
    column('integer', ({ day }) => day.breakMinutes),
    column('integer', ({ day }) => day.overtimeMinutes),
    column('text', ({ evaluation }) => evaluation.status),
    column('text', ({ evaluation }) => evaluation.flags.join(',')),
    column('text', ({ hash }) => hash.toString('hex')),
  ];
  const records = `[${days.map(({ record }) => record).join(',')}]`;
  return sql`(
    select source_guid, date, employee_number, day_type, shift_start, shift_end,
      first_in, first_in_premise, first_in_punch_status, first_in_log_source, first_in_unreadable,
      last_out, last_out_premise, last_out_punch_status, last_out_log_source, last_out_unreadable,
      gross_minutes, effective_minutes, break_minutes, overtime_minutes,
      status, string_to_array(flags, ','), decode(record_hash, 'hex'), record
    from rows from (unnest(${sql.join(columns)}), json_array_elements(${records}::json)) as r (${dayColumns})
  )`;
}

function punchOf(reading: PunchReading) {
  return reading.kind === 'punch' ? reading.punch : null;
}
