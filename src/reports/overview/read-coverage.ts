import { sql } from 'kysely';
import { authorise } from '../../accounts/authorise.ts';
import { inOrganisation, type OrganisationContext } from '../../accounts/organisation-context.ts';
import { localDay } from '../../attendance/local-time.ts';
import { InvalidInputError } from '../../errors/hajiri-error.ts';
import type { DateWindow } from '../../runs/date-window.ts';

/**
 * How well a date is known: read completely after it was over; read completely before that; tried and not read; never
 * tried; or not over yet and not read. With several connections, the least of theirs.
 */
export type CoverageState = 'complete' | 'early' | 'failed' | 'not_read' | 'to_come';

export type DateCoverage = {
  readonly date: string;
  readonly state: CoverageState;
  /** Records of people in the last complete reads; null when there was none. */
  readonly people: number | null;
  /** Days of people that Keka changed after they were first read. */
  readonly changed: number;
  /** The oldest of the last complete reads; null unless every connection has one. */
  readonly readAt: string | null;
  /** Whether it was read again after its first complete read. */
  readonly isReadAgain: boolean;
  /** The run to look at: the one that failed, else the last that read it. */
  readonly run: string | null;
};

type Row = {
  date: Temporal.PlainDate;
  first_read_at: Temporal.Instant | null;
  last_read_at: Temporal.Instant | null;
  people: number | null;
  changed: number;
  read_run: string | null;
  failed_run: string | null;
};

const mostDays = 400;

/** What is known of each date of a window, oldest first. Throws InvalidInputError for a window that is none or too long. */
export async function readCoverage(
  context: OrganisationContext,
  { from, to }: DateWindow,
): Promise<readonly DateCoverage[]> {
  authorise(context, 'read runs');
  const days = from.until(to, { largestUnit: 'days' }).days + 1;
  if (days < 1) throw new InvalidInputError([{ field: 'from', reason: 'lies after "to"' }]);
  if (days > mostDays) {
    throw new InvalidInputError([{ field: 'to', reason: `makes more than ${mostDays} days` }]);
  }
  const rows = await inOrganisation(context, (transaction) =>
    sql<Row>`
      with changed as (
        select connection_id, date, count(*)::int as days from attendance_day
        where date between ${from} and ${to} and changed_at is not null group by 1, 2
      ), tried as (
        -- The last attempt of each date that did not store it.
        select distinct on (r.connection_id, d.date) r.connection_id, d.date::date as date, r.id
        from run r join run_chunk k on k.organisation_id = r.organisation_id and k.run_id = r.id,
          generate_series(greatest(k.date_from, ${from}::date), least(k.date_to, ${to}::date), interval '1 day') as d (date)
        where k.state <> 'committed' and k.date_from <= ${to} and k.date_to >= ${from}
        order by r.connection_id, d.date, r.started_at desc
      )
      select d.date::date as date, v.first_complete_read_at as first_read_at, v.last_complete_read_at as last_read_at,
        v.people, coalesce(h.days, 0) as changed, v.last_run_id as read_run, t.id as failed_run
      from generate_series(${from}::date, ${to}::date, interval '1 day') as d (date)
      cross join connection c
      left join date_coverage v on v.organisation_id = c.organisation_id and v.connection_id = c.id and v.date = d.date::date
      left join changed h on h.connection_id = c.id and h.date = d.date::date
      left join tried t on t.connection_id = c.id and t.date = d.date::date
      order by d.date`.execute(transaction),
  );
  const today = localDay(context.clock.now(), context.organisation.zone);
  const byDate = Map.groupBy(rows.rows, ({ date }) => date.toString());
  return [...byDate].map(([date, ofDate]) =>
    toCoverage(date, ofDate, { today, zone: context.organisation.zone }),
  );
}

type Place = { readonly today: Temporal.PlainDate; readonly zone: string };

function toCoverage(date: string, rows: readonly Row[], place: Place): DateCoverage {
  const states = rows.map((row) => stateOf(row, place));
  const state = leastOf(states);
  const reads = rows.flatMap(({ last_read_at }) => last_read_at ?? []);
  const worst = rows[states.indexOf(state)];
  const oldest = reads.toSorted((a, b) => Temporal.Instant.compare(a, b))[0];
  return {
    date,
    state,
    people: reads.length === 0 ? null : rows.reduce((sum, { people }) => sum + (people ?? 0), 0),
    changed: rows.reduce((sum, { changed }) => sum + changed, 0),
    readAt: reads.length === rows.length ? (oldest?.toString() ?? null) : null,
    isReadAgain: rows.some(
      ({ first_read_at: first, last_read_at: last }) => first !== null && last?.equals(first) === false,
    ),
    run: (state === 'failed' ? worst?.failed_run : worst?.read_run) ?? null,
  };
}

function stateOf(row: Row, { today, zone }: Place): CoverageState {
  if (row.last_read_at !== null) {
    const isOver = Temporal.PlainDate.compare(row.date, localDay(row.last_read_at, zone)) < 0;
    return isOver ? 'complete' : 'early';
  }
  if (row.failed_run !== null) return 'failed';
  return Temporal.PlainDate.compare(row.date, today) >= 0 ? 'to_come' : 'not_read';
}

const fromLeast: readonly CoverageState[] = ['failed', 'not_read', 'to_come', 'early', 'complete'];

function leastOf(states: readonly CoverageState[]): CoverageState {
  return fromLeast.find((state) => states.includes(state)) ?? 'not_read';
}
