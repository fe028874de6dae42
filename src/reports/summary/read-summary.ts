import { sql } from 'kysely';
import { authorise } from '../../accounts/authorise.ts';
import { inOrganisation, type OrganisationContext } from '../../accounts/organisation-context.ts';
import { sightOf } from '../../accounts/sight.ts';
import { type OrganisationTransaction, planForWholeSets } from '../../db/tenancy.ts';
import type { DateWindow } from '../../runs/date-window.ts';
import { readDataAsOf, warningsOf } from '../data-as-of.ts';
import { countDates } from '../date-wise/date-wise-report.ts';
import { type DateCounts, dateWiseShape } from '../date-wise/date-wise-shape.ts';
import { wantedDays } from '../person-days/filter-person-days.ts';
import { narrowPeople } from '../person-days/narrow-people.ts';
import type { ReportRequest } from '../shape/bind-report.ts';
import { cellJson, type JsonCell } from '../shape/cells.ts';
import type { ReportFilter } from '../shape/report-shape.ts';
import { resolveWindow, type WantedDates } from '../shape/resolve-window.ts';
import { type SummaryCards, summarise } from './summarise.ts';

export type SummaryReport = {
  readonly from: string;
  readonly to: string;
  /** The equal period before, with which the cards compare. */
  readonly previousFrom: string;
  readonly previousTo: string;
  readonly zone: string;
  readonly dataAsOf: string | null;
  readonly datesNotRead: number;
  readonly warnings: readonly string[];
  readonly cards: SummaryCards;
  /** The lines of the report `date-wise`. */
  readonly days: readonly Readonly<Record<string, JsonCell>>[];
  /** How many first ins fell into which hour (0 to 23) of which weekday (1 is Monday), by the clock at the company. */
  readonly arrivals: readonly { readonly weekday: number; readonly hour: number; readonly people: number }[];
  /** How first ins were made: Keka's number of the source, null where Keka says nothing. */
  readonly sources: readonly {
    readonly date: string;
    readonly source: number | null;
    readonly people: number;
  }[];
};

const mostDays = 100;

/** The figures of a range and of the equal one before it. Throws InvalidInputError for dates that cannot be. */
export async function readSummary(
  context: OrganisationContext,
  { filter = {}, ...dates }: WantedDates & { readonly filter?: ReportFilter },
): Promise<SummaryReport> {
  authorise(context, 'read attendance');
  const { organisation } = context;
  const window = resolveWindow(context, { mostDays, usualWindow: 'week' }, dates);
  const length = window.from.until(window.to, { largestUnit: 'days' }).days + 1;
  const previous = { from: window.from.subtract({ days: length }), to: window.from.subtract({ days: 1 }) };
  return inOrganisation(context, async (transaction) => {
    const sight = sightOf(context.actor);
    const both = { from: previous.from, to: window.to };
    const people = await narrowPeople(transaction, { sight, filter, window: both });
    await planForWholeSets(transaction);
    const ask = (dates: DateWindow): ReportRequest => ({
      organisation,
      sight,
      window: dates,
      filter,
      people,
    });
    const { rows: counted } = await countDates(ask(both)).execute(transaction);
    const isNow = ({ date }: DateCounts) => Temporal.PlainDate.compare(date, window.from) >= 0;
    const days = counted.filter(isNow).toSorted((a, b) => Temporal.PlainDate.compare(a.date, b.date));
    const { dataAsOf, datesNotRead } = await readDataAsOf(transaction, window);
    return {
      from: window.from.toString(),
      to: window.to.toString(),
      previousFrom: previous.from.toString(),
      previousTo: previous.to.toString(),
      zone: organisation.zone,
      dataAsOf: dataAsOf?.toString() ?? null,
      datesNotRead,
      warnings: warningsOf(organisation),
      cards: summarise(
        days,
        counted.filter((row) => !isNow(row)),
      ),
      days: days.map((row) => toRecord(row, { zone: organisation.zone, window })),
      ...(await readArrivals(transaction, ask(window))),
    };
  });
}

function toRecord(row: DateCounts, place: { readonly zone: string; readonly window: DateWindow }) {
  return Object.fromEntries(dateWiseShape.columns(place).map(({ id, cell }) => [id, cellJson(cell(row))]));
}

const minutesTogether = 15;

/** By quarters of an hour, which every zone has whole: what hour that was is for the program to say, by its own zones. */
async function readArrivals(
  transaction: OrganisationTransaction,
  request: ReportRequest,
): Promise<Pick<SummaryReport, 'arrivals' | 'sources'>> {
  const { rows } = await sql<{
    date: Temporal.PlainDate;
    quarter: number;
    source: number | null;
    people: number;
  }>`
    select d.date, floor(extract(epoch from d.first_in) / ${sql.lit(minutesTogether * 60)})::bigint as quarter,
      d.first_in_log_source as source, count(*)::integer as people
    from ${wantedDays(request, request.filter)} and d.record_number = 1 and d.first_in is not null
    group by 1, 2, 3 order by 1, 3, 2`.execute(transaction);
  const arrivals = new Map<string, { weekday: number; hour: number; people: number }>();
  const sources = new Map<string, { date: string; source: number | null; people: number }>();
  for (const { date, quarter, source, people } of rows) {
    const at = Temporal.Instant.fromEpochMilliseconds(quarter * minutesTogether * 60_000);
    const { hour } = at.toZonedDateTimeISO(request.organisation.zone);
    const weekday = date.dayOfWeek;
    add(arrivals, `${weekday} ${hour}`, { weekday, hour, people });
    add(sources, `${date.toString()} ${source}`, { date: date.toString(), source, people });
  }
  const inOrder = [...arrivals.values()].toSorted((a, b) => a.weekday - b.weekday || a.hour - b.hour);
  return { arrivals: inOrder, sources: [...sources.values()] };
}

function add<Counted extends { people: number }>(to: Map<string, Counted>, key: string, one: Counted): void {
  const known = to.get(key);
  if (known === undefined) to.set(key, one);
  else known.people += one.people;
}
