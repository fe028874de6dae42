import type { ReactNode } from 'react';
import type { RangeReport, RangeReportCell } from '../../../../src/contract/range-reports.ts';
import { PunchTime } from '../../attendance/punch-time.tsx';
import type { TableColumn } from '../../parts/data-table/table-column.ts';
import type { Formats } from '../../time/formats.ts';
import type { reports } from '../../words/english/reports.ts';
import classes from './report-columns.module.css';
import { showWorded, type WordTools } from './worded-cell.tsx';

type ReportRow = RangeReport['rows'][number];
type ReportHead = RangeReport['columns'][number];
type Tools = WordTools & { readonly formats: Formats };

/** In pixels; what is not here is as wide as its kind, and every column at least as wide as its title. */
const widths: Readonly<Record<string, number>> = {
  name: 190,
  employeeId: 100,
  team: 140,
  status: 150,
  flags: 220,
  toDo: 340,
  before: 160,
  after: 160,
  missing: 110,
};
const widthOfKind: Readonly<Record<ReportHead['kind'], number>> = {
  text: 150,
  date: 150,
  time: 92,
  minutes: 92,
  count: 92,
  percent: 100,
  instant: 130,
  worded: 150,
};
const dateWidth = 44;

/** The columns as the server names them, in the reader's words. */
export function toTableColumns(
  { columns, zone }: Pick<RangeReport, 'columns' | 'zone'>,
  tools: Tools,
): readonly TableColumn<ReportRow>[] {
  return columns.map((head) => {
    const { id, kind, isBrief } = head;
    const isOfDate = /^\d/.test(id);
    const title = isOfDate ? tools.formats.dayOfMonth(id) : titleOf(head, tools.t);
    const isNumber = kind === 'minutes' || kind === 'count' || kind === 'percent';
    return {
      id,
      title,
      cell: (row) => showCell(head, row[id] ?? null, zone, tools),
      width: isOfDate ? dateWidth : Math.max(widths[id] ?? widthOfKind[kind], widthOfTitle(title)),
      ...(id === 'name' || id === 'toDo' ? { grows: true } : {}),
      ...(isNumber ? { align: 'end' as const } : {}),
      ...(id === 'name' ? { isPinned: true } : {}),
      ...(isBrief ? {} : { isExtra: true }),
    };
  });
}

/** The letters of a heading are a little narrower than this on the whole; the rest is its padding. */
function widthOfTitle(title: string): number {
  return Math.ceil(title.length * 7.25) + 22;
}

function titleOf({ id, name }: ReportHead, t: Tools['t']): string {
  // A column that a newer server has keeps the server's name.
  return t(`column.${id as keyof (typeof reports)['column']}`, { defaultValue: name });
}

function showCell(head: ReportHead, cell: RangeReportCell, zone: string, tools: Tools): ReactNode {
  const { formats } = tools;
  if (cell === null) return <span className={classes.none}>–</span>;
  if (typeof cell === 'object' && 'instant' in cell) return <PunchTime punch={cell} />;
  if (head.kind === 'worded') return showWorded(head.id, cell, tools);
  if (typeof cell === 'number') return showNumber(head, cell, formats);
  if (typeof cell !== 'string') return cell.join(', ');
  if (head.kind === 'date') return formats.date(cell);
  if (head.kind === 'instant') {
    return (
      <time dateTime={cell} title={cell}>
        {formats.moment(cell, zone)}
      </time>
    );
  }
  if (/^\d/.test(head.id)) {
    return (
      <span className={classes.code} data-code={cell}>
        {cell}
      </span>
    );
  }
  return cell;
}

function showNumber({ kind, id }: ReportHead, value: number, formats: Formats): ReactNode {
  if (kind === 'percent') return `${formats.number(value)} %`;
  if (kind !== 'minutes') return formats.number(value);
  const sign = value < 0 ? '−' : id === 'differenceMinutes' && value > 0 ? '+' : '';
  return `${sign}${formats.duration(Math.abs(value))}`;
}
