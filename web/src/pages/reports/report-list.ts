import type { RangeReportId } from '../../../../src/contract/range-reports.ts';

export type ReportEntry = {
  readonly id: RangeReportId;
  /** A report of one month takes a month, the others any dates. */
  readonly takes: 'month' | 'dates';
  /** Whether its rows are single days, which have a status. */
  readonly hasStatus: boolean;
  /** What a row leads to: that day of that person, the day as a whole, or the days of that person. */
  readonly leadsTo: 'day of person' | 'day' | 'days of person';
};

type ReportGroup = {
  readonly name: 'overall' | 'days' | 'notable';
  readonly reports: readonly ReportEntry[];
};

const ofDays = { takes: 'dates', hasStatus: true, leadsTo: 'day of person' } as const;

/** Every report over a range of dates, by what somebody looks for. */
export const reportGroups: readonly ReportGroup[] = [
  {
    name: 'overall',
    reports: [
      { id: 'muster', takes: 'month', hasStatus: false, leadsTo: 'days of person' },
      { id: 'date-wise', takes: 'dates', hasStatus: false, leadsTo: 'day' },
      { id: 'hours', takes: 'dates', hasStatus: false, leadsTo: 'days of person' },
      { id: 'per-person', takes: 'dates', hasStatus: false, leadsTo: 'days of person' },
    ],
  },
  {
    name: 'days',
    reports: [
      { id: 'detailed', ...ofDays },
      { id: 'in-out', ...ofDays },
    ],
  },
  {
    name: 'notable',
    reports: [
      { id: 'absentees', ...ofDays, hasStatus: false },
      { id: 'late-arrivals', ...ofDays, hasStatus: false },
      { id: 'early-departures', ...ofDays, hasStatus: false },
      { id: 'missing-punches', ...ofDays },
      { id: 'changed-days', ...ofDays },
    ],
  },
];

const byId: ReadonlyMap<string, ReportEntry> = new Map(
  reportGroups.flatMap(({ reports }) => reports).map((report) => [report.id, report]),
);

export function findReport(id: string): ReportEntry | undefined {
  return byId.get(id);
}
