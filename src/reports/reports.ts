import { detailedReport } from './detailed/detailed-report.ts';
import type { Report } from './shape/bind-report.ts';

/** Every report over a range of dates. A new one is a folder beside these and a line here and in report-shapes.ts. */
export const reports: readonly Report[] = [detailedReport];
