import type { DailyRow, ReportFlag, ReportPunch } from '../daily/daily-row.ts';
import { dayTypeText, durationText, flagText, statusText } from '../daily/words.ts';
import { type Cell, toMoment, type Worded } from '../shape/cells.ts';
import type { ReportColumn, ReportPlace } from '../shape/report-shape.ts';

type Column = ReportColumn<DailyRow>;

/** Who it is: the same columns at the beginning of every report about days of people. */
export const whoColumns: readonly Column[] = [
  { id: 'date', name: 'Date', kind: 'date', isBrief: true, cell: (row) => row.date },
  { id: 'employeeId', name: 'Employee ID', kind: 'text', isBrief: true, cell: (row) => row.employeeId },
  { id: 'name', name: 'Name', kind: 'text', isBrief: true, cell: (row) => row.name },
  { id: 'email', name: 'E-mail', kind: 'text', cell: (row) => row.email },
  { id: 'team', name: 'Team', kind: 'text', isBrief: true, cell: (row) => row.team },
  { id: 'designation', name: 'Designation', kind: 'text', cell: (row) => row.designation },
  { id: 'location', name: 'Location', kind: 'text', cell: (row) => row.location },
];

export const punchColumns = ({ zone }: ReportPlace): readonly Column[] => [
  {
    id: 'firstIn',
    name: `First in (${zone})`,
    shortName: 'In',
    kind: 'time',
    isBrief: true,
    cell: (row) => momentOf(row.firstIn),
  },
  { id: 'firstInUtc', name: 'First in (UTC)', kind: 'instant', cell: (row) => row.firstIn?.instant ?? null },
  {
    id: 'firstInPremise',
    name: 'First in premise',
    kind: 'text',
    cell: (row) => row.firstIn?.premise ?? null,
  },
  {
    id: 'lastOut',
    name: `Last out (${zone})`,
    shortName: 'Out',
    kind: 'time',
    isBrief: true,
    cell: (row) => momentOf(row.lastOut),
  },
  { id: 'lastOutUtc', name: 'Last out (UTC)', kind: 'instant', cell: (row) => row.lastOut?.instant ?? null },
  {
    id: 'lastOutPremise',
    name: 'Last out premise',
    kind: 'text',
    cell: (row) => row.lastOut?.premise ?? null,
  },
];

export const shiftColumns = ({ zone }: ReportPlace): readonly Column[] => [
  {
    id: 'shiftStart',
    name: `Shift start (${zone})`,
    shortName: 'Shift start',
    kind: 'time',
    cell: (row) => shiftTime(row, row.shiftStart, zone),
  },
  {
    id: 'shiftEnd',
    name: `Shift end (${zone})`,
    shortName: 'Shift end',
    kind: 'time',
    cell: (row) => shiftTime(row, row.shiftEnd, zone),
  },
];

export const hoursColumns: readonly Column[] = [
  {
    id: 'grossMinutes',
    name: 'Gross minutes',
    shortName: 'Gross',
    kind: 'minutes',
    isBrief: true,
    cell: (row) => row.grossMinutes,
  },
  {
    id: 'effectiveMinutes',
    name: 'Effective minutes',
    shortName: 'Effective',
    kind: 'minutes',
    isBrief: true,
    cell: (row) => row.effectiveMinutes,
  },
  { id: 'breakMinutes', name: 'Break minutes', kind: 'minutes', cell: (row) => row.breakMinutes },
  { id: 'expectedMinutes', name: 'Expected minutes', kind: 'minutes', cell: (row) => row.expectedMinutes },
  { id: 'lateMinutes', name: 'Late minutes', kind: 'minutes', cell: (row) => row.lateMinutes },
  { id: 'earlyOutMinutes', name: 'Early out minutes', kind: 'minutes', cell: (row) => row.earlyOutMinutes },
  { id: 'overtimeMinutes', name: 'Overtime minutes', kind: 'minutes', cell: (row) => row.overtimeMinutes },
];

export const stateColumns: readonly Column[] = [
  { id: 'dayType', name: 'Day type', kind: 'worded', cell: (row) => dayTypeCell(row.dayType) },
  { id: 'status', name: 'Status', kind: 'worded', isBrief: true, cell: (row) => statusCell(row) },
  { id: 'flags', name: 'Flags', kind: 'worded', isBrief: true, cell: (row) => flagsCell(row) },
];

/** Where a record came from. */
export const sourceColumns: readonly Column[] = [
  { id: 'link', name: 'Link', kind: 'text', cell: (row) => row.link },
  { id: 'employeeNumber', name: 'Keka employee number', kind: 'text', cell: (row) => row.employeeNumber },
  { id: 'connection', name: 'Connection', kind: 'text', cell: (row) => row.connection },
  { id: 'lastFetched', name: 'Last fetched (UTC)', kind: 'instant', cell: (row) => row.lastFetchedAt },
];

function momentOf(punch: ReportPunch | null): Cell {
  return punch === null ? null : { time: punch.time, dayOffset: punch.dayOffset, instant: punch.instant };
}

function shiftTime(row: DailyRow, at: string | null, zone: string): Cell {
  return at === null ? null : toMoment(Temporal.Instant.from(at), zone, Temporal.PlainDate.from(row.date));
}

function dayTypeCell(dayType: number | null): Worded | null {
  return dayType === null ? null : { code: dayType, text: dayTypeText(dayType) };
}

export function statusCell({ status, dayType }: Pick<DailyRow, 'status' | 'dayType'>): Worded {
  return { code: status, text: statusText(status, dayType) };
}

type Flagged = Pick<
  DailyRow,
  'flags' | 'status' | 'leavingDate' | 'lateMinutes' | 'earlyOutMinutes' | 'overtimeMinutes'
>;

export function flagsCell(row: Flagged): Worded {
  const text = row.flags
    .filter((flag) => flag !== row.status)
    .map((flag) => flagOf(row, flag))
    .join(', ');
  return { code: row.flags, text };
}

/** A flag with its figure, where it has one. */
function flagOf(row: Flagged, flag: ReportFlag): string {
  if (flag === 'leaver' && row.leavingDate !== null) return `leaves ${row.leavingDate}`;
  const minutes = minutesOfFlag(row, flag);
  return minutes === null ? flagText(flag) : `${flagText(flag)} ${durationText(minutes)}`;
}

function minutesOfFlag(row: Flagged, flag: ReportFlag): number | null {
  if (flag === 'late') return row.lateMinutes;
  if (flag === 'early_out') return row.earlyOutMinutes;
  return flag === 'overtime' ? row.overtimeMinutes : null;
}

/** What the company says of the day, beside what the record says. */
export const noteColumns: readonly Column[] = [
  {
    id: 'recordedStatus',
    name: 'Status in the record',
    kind: 'text',
    cell: (row) => statusText(row.recordedStatus, row.dayType),
  },
  { id: 'note', name: 'Note', kind: 'text', cell: (row) => row.note },
  { id: 'notedBy', name: 'Noted by', kind: 'text', cell: (row) => row.notedBy },
];
