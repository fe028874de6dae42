import { type RawBuilder, sql } from 'kysely';
import type { Organisation } from '../../accounts/organisation-context.ts';
import type { Sight } from '../../accounts/sight.ts';
import type { OrganisationTransaction } from '../../db/tenancy.ts';
import { InvalidInputError } from '../../errors/hajiri-error.ts';
import type { DateWindow } from '../../runs/date-window.ts';
import type { NarrowPeople } from '../person-days/narrow-people.ts';
import type { Cell } from './cells.ts';
import { fromCursor, isAfter, type KeyPart, keyOfRow, orderBy, toCursor } from './page-key.ts';
import {
  type ColumnHead,
  type ReportColumn,
  type ReportFilter,
  type ReportPlace,
  type ReportShape,
  toHead,
} from './report-shape.ts';

/** What a report is asked for, everything resolved. */
export type ReportRequest = {
  readonly organisation: Organisation;
  readonly sight: Sight;
  readonly window: DateWindow;
  readonly filter: ReportFilter;
  /** The only people of whom there can be a row, where they are few. */
  readonly people?: NarrowPeople | null;
  /** Ids of columns in the order that is wanted; all of them without it. */
  readonly columns?: readonly string[] | undefined;
};

export type Cells = readonly Cell[];

/** A report with its query. Every rendering takes its rows from here, in one order. */
export type Report = ReportShape<never> & {
  /** Throws InvalidInputError for a column that the report does not have. */
  readonly heads: (request: ReportRequest) => readonly ColumnHead[];
  /** Some rows after those before `cursor`, and the cursor of the next page if there is one. */
  readonly readPage: (
    transaction: OrganisationTransaction,
    request: ReportRequest,
    page: { readonly limit: number; readonly cursor?: string | undefined },
  ) => Promise<{ readonly rows: readonly Cells[]; readonly next: string | null }>;
  /** All rows, a thousand at a time: memory does not grow with their number. */
  readonly readAll: (
    transaction: OrganisationTransaction,
    request: ReportRequest,
    take: (rows: readonly Cells[]) => Promise<void>,
  ) => Promise<void>;
};

const rowsAtATime = 1000;

export function bindReport<Found extends object, Row = Found>(
  shape: ReportShape<Row>,
  query: {
    readonly rows: (request: ReportRequest) => RawBuilder<Found>;
    /** What rows are sorted by; the first part is the date in a report that is read date by date. */
    readonly key: readonly KeyPart[];
    /** The rows of a date follow from that date alone: a page need not look at those behind it. */
    readonly isDateByDate?: true;
    readonly toRow: (found: Found, place: ReportPlace) => Row;
  },
): Report {
  const allColumns = shape.columns;
  const { key, toRow } = query;
  const toCells = (request: ReportRequest): ((found: Found) => Cells) => {
    const place = placeOf(request);
    const columns = choose(allColumns(place), request.columns);
    return (found) => {
      const row = toRow(found, place);
      return columns.map(({ cell }) => cell(row));
    };
  };
  return {
    ...shape,
    heads: (request) => {
      // Who chooses columns wants to see them all.
      const isChosen = request.columns !== undefined;
      return choose(allColumns(placeOf(request)), request.columns).map((column) => toHead(column, isChosen));
    },
    async readPage(transaction, request, { limit, cursor }) {
      const after = cursor === undefined ? null : fromCursor(key, cursor);
      const found: (Found & { page_key: string[] })[] = [];
      for (const window of windowsOf(request.window, query.isDateByDate === true, after?.[0])) {
        const isNext = after === null ? sql`true` : isAfter(key, after);
        const { rows } = await sql<Found & { page_key: string[] }>`
          select r.*, ${keyOfRow(key)} as page_key from (${query.rows({ ...request, window })}) r where ${isNext}
          order by ${orderBy(key)} limit ${limit + 1 - found.length}`.execute(transaction);
        found.push(...rows);
        if (found.length > limit) break;
      }
      const shown = found.slice(0, limit);
      const last = shown.at(-1);
      const next = found.length > limit && last !== undefined ? toCursor(last.page_key) : null;
      return { rows: shown.map(toCells(request)), next };
    },
    async readAll(transaction, request, take) {
      const cells = toCells(request);
      // Without it the planner looks for what is soon there, and everything is wanted here.
      await sql`select set_config('cursor_tuple_fraction', '1', true)`.execute(transaction);
      await sql`declare report_rows no scroll cursor for
        select r.* from (${query.rows(request)}) r order by ${orderBy(key)}`.execute(transaction);
      for (;;) {
        const { rows } = await sql<Found>`fetch ${sql.lit(rowsAtATime)} from report_rows`.execute(
          transaction,
        );
        if (rows.length > 0) await take(rows.map(cells));
        if (rows.length < rowsAtATime) break;
      }
      await sql`close report_rows`.execute(transaction);
    },
  };
}

/** Where a page is looked for: date after date, or all at once. More dates at a time when the first have few rows. */
function* windowsOf(
  { from, to }: DateWindow,
  isDateByDate: boolean,
  begin: string | undefined,
): Generator<DateWindow> {
  if (!isDateByDate) {
    yield { from, to };
    return;
  }
  const earlier = (a: Temporal.PlainDate, b: Temporal.PlainDate) =>
    Temporal.PlainDate.compare(a, b) < 0 ? a : b;
  const wanted = begin === undefined ? from : Temporal.PlainDate.from(begin);
  let first = Temporal.PlainDate.compare(wanted, from) < 0 ? from : wanted;
  for (let days = 1; Temporal.PlainDate.compare(first, to) <= 0; days *= 4) {
    const last = earlier(to, first.add({ days: days - 1 }));
    yield { from: first, to: last };
    first = last.add({ days: 1 });
  }
}

function placeOf({ organisation, window }: ReportRequest): ReportPlace {
  return { zone: organisation.zone, window };
}

function choose<Row>(
  columns: readonly ReportColumn<Row>[],
  wanted: readonly string[] | undefined,
): readonly ReportColumn<Row>[] {
  if (wanted === undefined) return columns;
  const byId = new Map(columns.map((column) => [column.id, column]));
  const chosen = [...new Set(wanted)].flatMap((id) => byId.get(id) ?? []);
  if (chosen.length < new Set(wanted).size || chosen.length === 0) {
    const reason = `must be of ${columns.map(({ id }) => id).join(', ')}`;
    throw new InvalidInputError([{ field: 'columns', reason }]);
  }
  return chosen;
}
