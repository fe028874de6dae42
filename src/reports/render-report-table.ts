import type { ReportHead } from './read-report.ts';
import { renderTable } from './render-table.ts';
import type { Cells } from './shape/bind-report.ts';
import { cellText } from './shape/cells.ts';

/** A report for a terminal: what it is about, and the columns that fit. */
export function renderReportTable(head: ReportHead, rows: readonly Cells[], whenEmpty: string): string {
  const columns = head.columns.flatMap(({ shortName, isBrief }, index) =>
    isBrief ? [{ name: shortName, cell: (cells: Cells) => cellText(cells[index] ?? null) }] : [],
  );
  const dates = head.from === head.to ? head.from : `${head.from} to ${head.to}`;
  return [
    ...head.warnings.map((warning) => `! ${warning}`),
    `${head.title} · ${dates} · times in ${head.zone} · ${asOfText(head)}`,
    `${rows.length} ${rows.length === 1 ? 'line' : 'lines'}`,
    '',
    rows.length === 0
      ? isNarrowed(head)
        ? 'Nothing fits the filter.'
        : whenEmpty
      : renderTable(columns, rows),
  ].join('\n');
}

export function asOfText({ dataAsOf, datesNotRead }: Pick<ReportHead, 'dataAsOf' | 'datesNotRead'>): string {
  if (dataAsOf !== null) return `data as of ${dataAsOf}`;
  return `${datesNotRead} ${datesNotRead === 1 ? 'date' : 'dates'} not read completely yet`;
}

function isNarrowed({ filter }: ReportHead): boolean {
  return Object.values(filter).some((value) => value !== undefined);
}
