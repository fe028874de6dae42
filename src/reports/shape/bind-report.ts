import { type RawBuilder, sql } from 'kysely';
import type { Organisation } from '../../accounts/organisation-context.ts';
import type { Sight } from '../../accounts/sight.ts';
import type { OrganisationTransaction } from '../../db/tenancy.ts';
import { InvalidInputError } from '../../errors/hajiri-error.ts';
import type { DateWindow } from '../../runs/date-window.ts';
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
    readonly key: readonly KeyPart[];
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
      const after = cursor === undefined ? sql`true` : isAfter(key, fromCursor(key, cursor));
      const { rows } = await sql<Found & { page_key: string[] }>`
        select r.*, ${keyOfRow(key)} as page_key from (${query.rows(request)}) r where ${after}
        order by ${orderBy(key)} limit ${limit + 1}`.execute(transaction);
      const shown = rows.slice(0, limit);
      const last = shown.at(-1);
      const next = rows.length > limit && last !== undefined ? toCursor(last.page_key) : null;
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
