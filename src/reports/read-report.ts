import { authorise } from '../accounts/authorise.ts';
import { inOrganisation, type OrganisationContext } from '../accounts/organisation-context.ts';
import { sightOf } from '../accounts/sight.ts';
import { type OrganisationTransaction, planForWholeSets } from '../db/tenancy.ts';
import { readDataAsOf, warningsOf } from './data-as-of.ts';
import type { RowWriter } from './files/row-writer.ts';
import { narrowPeople } from './person-days/narrow-people.ts';
import type { Cells, Report, ReportRequest } from './shape/bind-report.ts';
import { cellJson, type JsonCell } from './shape/cells.ts';
import type { ColumnHead, ReportFilter } from './shape/report-shape.ts';
import { resolveWindow, type WantedDates } from './shape/resolve-window.ts';

/** What is wanted of a report, whatever shows it. */
export type WantedReport = WantedDates & {
  readonly filter?: ReportFilter;
  readonly columns?: readonly string[] | undefined;
};

/** What stands above the rows. */
export type ReportHead = {
  readonly report: string;
  readonly title: string;
  readonly organisation: string;
  readonly from: string;
  readonly to: string;
  /** The IANA zone of every local time here. */
  readonly zone: string;
  readonly dataAsOf: string | null;
  readonly datesNotRead: number;
  readonly warnings: readonly string[];
  readonly madeAt: string;
  readonly filter: ReportFilter;
  readonly columns: readonly ColumnHead[];
};

export type ReportPage = Omit<ReportHead, 'organisation' | 'filter' | 'madeAt'> & {
  readonly rows: readonly Readonly<Record<string, JsonCell>>[];
  /** Where the next page begins; null on the last one. */
  readonly next: string | null;
};

/** One page of a report. Throws InvalidInputError for dates, columns or a cursor that cannot be. */
export function readReportPage(
  context: OrganisationContext,
  report: Report,
  wanted: WantedReport & { readonly limit: number; readonly cursor?: string | undefined },
): Promise<ReportPage> {
  return withRequest(context, report, wanted, async (transaction, request) => {
    const head = toJsonHead(await readHead(transaction, report, request));
    const { rows, next } = await report.readPage(transaction, request, wanted);
    return { ...head, rows: rows.map((cells) => toRecord(head.columns, cells)), next };
  });
}

/** All rows of a report, handed on as they come: memory does not grow with their number. */
export function readWholeReport(
  context: OrganisationContext,
  report: Report,
  wanted: WantedReport,
  begin: (head: ReportHead) => RowWriter,
): Promise<void> {
  return withRequest(context, report, wanted, async (transaction, request) => {
    const writer = begin(await readHead(transaction, report, request));
    await report.readAll(transaction, request, (rows) => writer.addRows(rows));
    await writer.end();
  });
}

type Made = { readonly madeAt: string };

async function withRequest<Result>(
  context: OrganisationContext,
  report: Report,
  { filter = {}, columns, ...dates }: WantedReport,
  work: (transaction: OrganisationTransaction, request: ReportRequest & Made) => Promise<Result>,
): Promise<Result> {
  authorise(context, report.needs);
  const { organisation } = context;
  const window = resolveWindow(context, report, dates);
  const madeAt = context.clock.now().toString();
  const request = { organisation, sight: sightOf(context.actor), window, filter, columns, madeAt };
  // Before the database is asked anything: a column that is none is bad input.
  report.heads(request);
  return inOrganisation(context, async (transaction) => {
    const people = await narrowPeople(transaction, request);
    await planForWholeSets(transaction);
    return work(transaction, { ...request, people });
  });
}

async function readHead(
  transaction: OrganisationTransaction,
  report: Report,
  request: ReportRequest & Made,
): Promise<ReportHead> {
  const { organisation, window, filter, madeAt } = request;
  const { dataAsOf, datesNotRead } = await readDataAsOf(transaction, window);
  return {
    report: report.id,
    title: report.title,
    organisation: organisation.name,
    from: window.from.toString(),
    to: window.to.toString(),
    zone: organisation.zone,
    dataAsOf: dataAsOf?.toString() ?? null,
    datesNotRead,
    warnings: warningsOf(organisation),
    madeAt,
    filter,
    columns: report.heads(request),
  };
}

/** What programs are told above the rows. */
export function toJsonHead({
  organisation: _name,
  filter: _filter,
  madeAt: _at,
  ...head
}: ReportHead): Omit<ReportPage, 'rows' | 'next'> {
  return head;
}

export function toRecord(heads: readonly ColumnHead[], cells: Cells): Readonly<Record<string, JsonCell>> {
  return Object.fromEntries(heads.map(({ id }, index) => [id, cellJson(cells[index] ?? null)]));
}
