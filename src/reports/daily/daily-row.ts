import type { DayFlag, DayStatus } from '../../attendance/evaluate-day.ts';
import type { UnlinkedReason } from '../../directory/unlinked-reason.ts';

/** What a day can be in the report: what the rules say of a record, or why there is none. */
export type ReportStatus = DayStatus | 'no_record' | 'not_read_yet' | 'not_linked';

export type ReportFlag =
  | DayFlag
  | 'not_linked'
  | 'no_employee_id'
  | 'no_source_person'
  | 'outside_employment'
  | 'leaver'
  | 'changed'
  | 'withdrawn'
  | 'multiple_records'
  | 'overridden'
  | 'noted';

/** A punch at the place (`HH:MM`, days after the row's date) and as an instant in UTC. */
export type ReportPunch = {
  readonly time: string;
  readonly dayOffset: number;
  readonly instant: string;
  readonly premise: string | null;
  readonly punchStatus: number | null;
  readonly logSource: number | null;
};

/** One line of the Daily Attendance report. Durations are minutes; instants are UTC. */
export type DailyRow = {
  readonly date: string;
  readonly employeeId: string | null;
  readonly name: string | null;
  readonly email: string | null;
  readonly team: string | null;
  readonly designation: string | null;
  readonly location: string | null;
  readonly leavingDate: string | null;
  readonly connection: string | null;
  readonly sourceGuid: string | null;
  readonly employeeNumber: string | null;
  readonly link: 'linked' | UnlinkedReason | 'no_employee_id' | 'no_source_person' | 'outside_link';
  readonly firstIn: ReportPunch | null;
  readonly lastOut: ReportPunch | null;
  readonly grossMinutes: number | null;
  readonly effectiveMinutes: number | null;
  readonly breakMinutes: number | null;
  /** After the start of the shift; 0 when on time. */
  readonly lateMinutes: number | null;
  /** Before the end of the shift; 0 when not early, null until the day is over. */
  readonly earlyOutMinutes: number | null;
  readonly overtimeMinutes: number | null;
  readonly expectedMinutes: number | null;
  readonly shiftStart: string | null;
  readonly shiftEnd: string | null;
  readonly dayType: number | null;
  /** What counts: what the company said of the day, or else what the record says. */
  readonly status: ReportStatus;
  readonly recordedStatus: ReportStatus;
  readonly note: string | null;
  readonly notedBy: string | null;
  readonly flags: readonly ReportFlag[];
  readonly lastFetchedAt: string | null;
};

export type DailyReport = {
  readonly date: string;
  /** The IANA zone in which every local time of this report is given. */
  readonly zone: string;
  /** The oldest of the last complete reads of this date; null when some connection has not read it yet. */
  readonly dataAsOf: string | null;
  /** What a reader must know before trusting the times; almost always empty. */
  readonly warnings: readonly string[];
  readonly rows: readonly DailyRow[];
};
