import type { OrganisationContext } from '../../accounts/organisation-context.ts';
import type { FileFormat } from '../files/format-names.ts';
import type { Write } from '../files/row-writer.ts';
import { writeRows } from '../files/write-rows.ts';
import { toHead } from '../shape/report-shape.ts';
import type { DailyReport } from './daily-row.ts';
import { dailyColumns, placeOf } from './render-daily.ts';
import type { DailySelection } from './select-rows.ts';

/** Writes the rows of a Daily Attendance report that `selection` left as a file. */
export function writeDaily(
  { organisation, clock }: Pick<OrganisationContext, 'organisation' | 'clock'>,
  report: DailyReport,
  { sort: _order, ...filter }: DailySelection,
  format: FileFormat,
  write: Write,
): Promise<void> {
  const columns = dailyColumns(placeOf(report));
  const head = {
    report: 'daily-attendance',
    title: 'Daily Attendance',
    organisation: organisation.name,
    from: report.date,
    to: report.date,
    zone: report.zone,
    dataAsOf: report.dataAsOf,
    datesNotRead: report.dataAsOf === null ? 1 : 0,
    warnings: report.warnings,
    madeAt: clock.now().toString(),
    filter,
    columns: columns.map((column) => toHead(column)),
  };
  const rows = report.rows.map((row) => columns.map(({ cell }) => cell(row)));
  return writeRows(head, rows, format, write);
}
