import { flagText, statusText } from '../daily/words.ts';
import type { ReportHead } from '../read-report.ts';
import type { ReportFilter } from '../shape/report-shape.ts';

/** What a file says of itself: name and value, a line each. */
export function coverLines(head: ReportHead, rows: number): readonly (readonly [string, string])[] {
  return [
    ['Organisation', head.organisation],
    ['Dates', head.from === head.to ? head.from : `${head.from} to ${head.to}`],
    ['Local times', `in ${head.zone}`],
    ['Data as of', asOf(head)],
    ...filterLines(head.filter),
    ['Rows', String(rows)],
    ['Made', head.madeAt],
    ...head.warnings.map((warning) => ['Warning', warning] as const),
  ];
}

function asOf({ dataAsOf, datesNotRead }: ReportHead): string {
  if (dataAsOf !== null) return dataAsOf;
  return `incomplete: ${datesNotRead} ${datesNotRead === 1 ? 'date is' : 'dates are'} not read completely yet`;
}

export function filterLines(filter: ReportFilter): readonly (readonly [string, string])[] {
  const { search, team, location, employee, status, flag } = filter;
  const lines: readonly (readonly [string, readonly string[] | undefined])[] = [
    ['Filter: search', search === undefined || search === '' ? undefined : [search]],
    ['Filter: team', team?.map(none)],
    ['Filter: location', location?.map(none)],
    ['Filter: Employee ID', employee],
    ['Filter: status', status?.map((one) => statusText(one, null))],
    ['Filter: flag', flag?.map(flagText)],
  ];
  const given = lines.flatMap(([name, values]) =>
    values === undefined ? [] : [[name, values.join(', ')] as const],
  );
  return given.length === 0 ? [['Filter', 'none: everybody']] : given;
}

function none(name: string): string {
  return name === '-' ? 'none' : name;
}
