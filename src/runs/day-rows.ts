import { type RawBuilder, sql } from 'kysely';
import type { AttendanceDay, PunchReading } from '../attendance/attendance-day.ts';
import type { Evaluation } from '../attendance/evaluate-day.ts';
import { booleans, dates, instants, integers, texts, uuids } from '../db/array-parameters.ts';

/** A day ready to be written; `record` is the JSON text as received. */
export type DayToStore = {
  readonly day: AttendanceDay;
  readonly evaluation: Evaluation;
  readonly record: string;
};

type Days = readonly DayToStore[];

type Column = {
  readonly name: string;
  /** What is sent for it. */
  readonly sent: (days: Days) => RawBuilder<unknown>;
  /** How that becomes the stored value, where it is not the value itself. */
  readonly stored?: RawBuilder<unknown>;
};

const keyColumns: readonly Column[] = [
  { name: 'source_guid', sent: (days) => uuids(days, ({ day }) => day.sourceGuid) },
  { name: 'date', sent: (days) => dates(days, ({ day }) => day.date) },
];

const valueColumns: readonly Column[] = [
  { name: 'employee_number', sent: (days) => texts(days, ({ day }) => day.employeeNumber) },
  { name: 'day_type', sent: (days) => integers(days, ({ day }) => day.dayType) },
  { name: 'shift_start', sent: (days) => instants(days, ({ day }) => day.shiftStart) },
  { name: 'shift_end', sent: (days) => instants(days, ({ day }) => day.shiftEnd) },
  { name: 'shift_minutes', sent: (days) => integers(days, ({ day }) => day.shiftMinutes) },
  ...punchColumns('first_in', ({ firstIn }) => firstIn),
  ...punchColumns('last_out', ({ lastOut }) => lastOut),
  { name: 'gross_minutes', sent: (days) => integers(days, ({ day }) => day.grossMinutes) },
  { name: 'effective_minutes', sent: (days) => integers(days, ({ day }) => day.effectiveMinutes) },
  { name: 'break_minutes', sent: (days) => integers(days, ({ day }) => day.breakMinutes) },
  { name: 'keka_overtime_minutes', sent: (days) => integers(days, ({ day }) => day.overtimeMinutes) },
  { name: 'status', sent: (days) => texts(days, ({ evaluation }) => evaluation.status) },
  {
    name: 'flags',
    sent: (days) => texts(days, ({ evaluation }) => evaluation.flags.join(',')),
    stored: sql`string_to_array(flags, ',')`,
  },
  { name: 'is_open', sent: (days) => booleans(days, ({ evaluation }) => evaluation.isOpen) },
  { name: 'late_minutes', sent: (days) => integers(days, ({ evaluation }) => evaluation.lateMinutes) },
  {
    name: 'early_out_minutes',
    sent: (days) => integers(days, ({ evaluation }) => evaluation.earlyOutMinutes),
  },
  {
    name: 'overtime_minutes',
    sent: (days) => integers(days, ({ evaluation }) => evaluation.overtimeMinutes),
  },
  {
    name: 'expected_minutes',
    sent: (days) => integers(days, ({ evaluation }) => evaluation.expectedMinutes),
  },
  { name: 'policy', sent: (days) => integers(days, ({ evaluation }) => evaluation.policy) },
  {
    name: 'record',
    sent: (days) => texts(days, ({ record }) => record),
    stored: sql`record::json`,
  },
];

function punchColumns(name: string, reading: (day: AttendanceDay) => PunchReading): readonly Column[] {
  const punch = ({ day }: DayToStore) => {
    const read = reading(day);
    return read.kind === 'punch' ? read.punch : null;
  };
  return [
    { name, sent: (days) => instants(days, (stored) => punch(stored)?.at ?? null) },
    { name: `${name}_premise`, sent: (days) => texts(days, (stored) => punch(stored)?.premise ?? null) },
    {
      name: `${name}_punch_status`,
      sent: (days) => integers(days, (stored) => punch(stored)?.punchStatus ?? null),
    },
    {
      name: `${name}_log_source`,
      sent: (days) => integers(days, (stored) => punch(stored)?.logSource ?? null),
    },
    {
      name: `${name}_unreadable`,
      sent: (days) => booleans(days, ({ day }) => reading(day).kind === 'unreadable'),
    },
  ];
}

const columns = [...keyColumns, ...valueColumns];
const namesOf = (given: readonly Column[]) => given.map(({ name }) => name);

/** The hash of the record is worked out by the database, which has less to do than this process. */
const recordHash = sql`sha256(convert_to(record, 'UTF8'))`;

/** The columns that a day brings along, in the order of `toRows`. */
export const dayColumns = sql.raw([...namesOf(columns), 'record_hash'].join(', '));
const storedColumns = sql.join([...columns.map(({ name, stored }) => stored ?? sql.raw(name)), recordHash]);

const newNames = [...namesOf(valueColumns), 'record_hash'];
/** The same without the key, for the two sides of an upsert. */
export const newColumns = sql.raw(newNames.join(', '));
export const excludedValues = sql.raw(newNames.map((name) => `excluded.${name}`).join(', '));

/**
 * The days as a table of those columns. Each is unnested in the list of what is selected, where rows pass one by one;
 * as a table in "from", every column would be laid aside as a whole first, which costs as much as reading them.
 */
export function toRows(days: Days): RawBuilder<unknown> {
  const sent = columns.map((column) => sql`unnest(${column.sent(days)}) as ${sql.raw(column.name)}`);
  return sql`(select ${storedColumns} from (select ${sql.join(sent)}) as r)`;
}
