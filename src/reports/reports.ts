import { absenteesReport } from './absentees/absentees-report.ts';
import { changedDaysReport } from './changed-days/changed-days-report.ts';
import { dateWiseReport } from './date-wise/date-wise-report.ts';
import { detailedReport } from './detailed/detailed-report.ts';
import { earlyDeparturesReport } from './early-departures/early-departures-report.ts';
import { hoursReport } from './hours/hours-report.ts';
import { inOutReport } from './in-out/in-out-report.ts';
import { lateArrivalsReport } from './late-arrivals/late-arrivals-report.ts';
import { missingPunchesReport } from './missing-punches/missing-punches-report.ts';
import { musterReport } from './muster/muster-report.ts';
import { perPersonReport } from './per-person/per-person-report.ts';
import type { Report } from './shape/bind-report.ts';

/**
 * Every report over a range of dates. A new one is a folder beside these with its shape and its query, a line here, and
 * one in `contract/range-reports.ts` and `contract/endpoints.ts`.
 */
export const reports: readonly Report[] = [
  detailedReport,
  dateWiseReport,
  musterReport,
  inOutReport,
  lateArrivalsReport,
  earlyDeparturesReport,
  absenteesReport,
  missingPunchesReport,
  hoursReport,
  perPersonReport,
  changedDaysReport,
];
