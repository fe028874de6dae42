import type { Permission } from '../../accounts/permissions.ts';
import type { DateWindow } from '../../runs/date-window.ts';
import type { ReportFlag, ReportStatus } from '../daily/daily-row.ts';
import type { Cell, CellKind } from './cells.ts';

export type ColumnHead = {
  readonly id: string;
  readonly name: string;
  /** Where there is little room, and the zone stands above. */
  readonly shortName: string;
  readonly kind: CellKind;
  /** One of the few that fit on a terminal and on paper. */
  readonly isBrief: boolean;
};

type Named = Omit<ColumnHead, 'isBrief' | 'shortName'> & {
  readonly isBrief?: boolean;
  readonly shortName?: string;
};

export type ReportColumn<Row> = Named & {
  readonly cell: (row: Row) => Cell;
};

/** What columns depend on besides a row. */
export type ReportPlace = { readonly zone: string; readonly window: DateWindow };

export const reportFilterNames = ['search', 'team', 'location', 'employee', 'status', 'flag'] as const;
export type ReportFilterName = (typeof reportFilterNames)[number];

/** Which days or people are wanted. Within one filter any of its values will do; `-` is no team, or no place. */
export type ReportFilter = {
  /** Words that all occur in name, Employee ID, e-mail or number in Keka. */
  readonly search?: string | undefined;
  readonly team?: readonly string[] | undefined;
  readonly location?: readonly string[] | undefined;
  /** Employee IDs; for people who are not linked, their numbers in Keka. */
  readonly employee?: readonly string[] | undefined;
  readonly status?: readonly ReportStatus[] | undefined;
  readonly flag?: readonly ReportFlag[] | undefined;
};

/** A report in itself, without its query: what it is called, what it takes, what its columns are. */
export type ReportShape<Row> = {
  readonly id: string;
  readonly title: string;
  /** One sentence for whoever chooses a report. */
  readonly about: string;
  readonly needs: Permission;
  readonly filters: readonly ReportFilterName[];
  /** How many dates it takes at most. */
  readonly mostDays: number;
  /** The dates without any given: the last seven, or the month so far, up to yesterday where the company is. */
  readonly usualWindow: 'week' | 'month';
  /** What is said instead of an empty table. */
  readonly whenEmpty: string;
  readonly columns: (place: ReportPlace) => readonly ReportColumn<Row>[];
};

export function toHead(
  { id, name, shortName = name, kind, isBrief = false }: Named,
  isChosen = false,
): ColumnHead {
  return { id, name, shortName, kind, isBrief: isBrief || isChosen };
}

/** Filters of a report that sums days up: which people, not which days. */
export const peopleFilterNames = [
  'search',
  'team',
  'location',
  'employee',
] as const satisfies readonly ReportFilterName[];
