import { type RawBuilder, sql } from 'kysely';
import type { AttendanceDay, PunchReading } from '../attendance/attendance-day.ts';
import type { Evaluation } from '../attendance/evaluate-day.ts';
import { createWriter } from './written-values.ts';

/** A day ready to be written; `record` is the JSON text as received. */
export type DayToStore = {
  readonly day: AttendanceDay;
  readonly evaluation: Evaluation;
  readonly record: string;
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
/** Flags travel as one text; the hash is worked out where the processor has less to do. */
const unpacked: Readonly<Record<string, string>> = {
  flags: "string_to_array(flags, ',')",
  record_hash: "sha256(convert_to(record, 'UTF8'))",
  record: 'record::json',
};
const sentColumns = sql.raw([...keyNames, ...valueNames].filter((name) => name !== 'record_hash').join(', '));
const unpackedColumns = sql.raw(
  [...keyNames, ...valueNames].map((name) => unpacked[name] ?? name).join(', '),
);
/** The same without the key, for the two sides of an upsert. */
export const valueColumns = sql.raw(valueNames.join(', '));
export const excludedValues = sql.raw(valueNames.map((name) => `excluded.${name}`).join(', '));

/**
 * The days as a table of those columns. Records travel as lines of one text, and whatever cannot hold a quote, a comma or a
 * blank as ready-made array text: escaping them one by one costs more than all the rest.
 */
export function toRows(days: readonly DayToStore[]): RawBuilder<unknown> {
  const plain = (type: string, value: (stored: DayToStore) => string | number | boolean | null) =>
    sql`${`{${days.map((stored) => value(stored) ?? 'NULL').join(',')}}`}::${sql.raw(type)}[]`;
  const free = (value: (stored: DayToStore) => string | null) => sql`${days.map(value)}::text[]`;
  const punch = (reading: (day: AttendanceDay) => PunchReading) => [
    plain('timestamptz', ({ day }) => punchOf(reading(day))?.at.toString() ?? null),
    free(({ day }) => punchOf(reading(day))?.premise ?? null),
    plain('integer', ({ day }) => punchOf(reading(day))?.punchStatus ?? null),
    plain('integer', ({ day }) => punchOf(reading(day))?.logSource ?? null),
    plain('boolean', ({ day }) => reading(day).kind === 'unreadable'),
  ];
  const [writeDate, writeShift] = [createWriter(), createWriter()];
  const columns = [
    plain('uuid', ({ day }) => day.sourceGuid),
    plain('date', ({ day }) => writeDate(day.date)),
    free(({ day }) => day.employeeNumber),
    plain('integer', ({ day }) => day.dayType),
    plain('timestamptz', ({ day }) => (day.shiftStart === null ? null : writeShift(day.shiftStart))),
    plain('timestamptz', ({ day }) => (day.shiftEnd === null ? null : writeShift(day.shiftEnd))),
    ...punch(({ firstIn }) => firstIn),
    ...punch(({ lastOut }) => lastOut),
    plain('integer', ({ day }) => day.grossMinutes),
    plain('integer', ({ day }) => day.effectiveMinutes),
    plain('integer', ({ day }) => day.breakMinutes),
    plain('integer', ({ day }) => day.overtimeMinutes),
    plain('text', ({ evaluation }) => evaluation.status),
    free(({ evaluation }) => evaluation.flags.join(',')),
  ];
  // JSON text has no line breaks of its own: they are always escaped.
  const records = days.map(({ record }) => record).join('\n');
  return sql`(
    select ${unpackedColumns}
    from rows from (unnest(${sql.join(columns)}), string_to_table(${records}, E'\\n')) as r (${sentColumns})
  )`;
}

function punchOf(reading: PunchReading) {
  return reading.kind === 'punch' ? reading.punch : null;
}
