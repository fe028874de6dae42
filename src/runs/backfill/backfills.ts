import { authorise } from '../../accounts/authorise.ts';
import { inOrganisation, type OrganisationContext } from '../../accounts/organisation-context.ts';
import type { BackfillId, BackfillState, ConnectionId } from '../../db/schema.ts';
import type { OrganisationTransaction } from '../../db/tenancy.ts';
import { HajiriError } from '../../errors/hajiri-error.ts';
import { expectedPeople } from '../date-coverage.ts';
import { daysIn } from '../date-window.ts';
import { estimateRange } from '../morning/estimate-reading.ts';
import { daysInPart } from './part-size.ts';

/** A range that is read little by little, as people and programs see it. */
export type BackfillSummary = {
  readonly id: BackfillId;
  readonly connection: string;
  readonly connectionId: ConnectionId;
  readonly from: string;
  readonly to: string;
  readonly state: BackfillState;
  readonly requestedAt: string;
  readonly endedAt: string | null;
  readonly daysDone: number;
  readonly days: number;
  /** Of those done, how many Keka refused or could not be verified. */
  readonly daysMissing: number;
  /** The first date that is not dealt with yet; null at the end. */
  readonly nextDate: string | null;
  /** What is left, at the connection's share of Keka's budget; null at the end, and while nobody knows how many people there are. */
  readonly left: { readonly requests: number; readonly minutes: number } | null;
  readonly errorCode: string | null;
  /** When the part that failed is tried again. */
  readonly retryAt: string | null;
  /** The run of the part that waits or is being read. */
  readonly run: string | null;
};

export function listBackfills(context: OrganisationContext): Promise<readonly BackfillSummary[]> {
  authorise(context, 'read runs');
  return inOrganisation(context, async (transaction) => {
    const rows = await selectBackfills(transaction).execute();
    return Promise.all(rows.map((row) => toSummary(transaction, context, row)));
  });
}

/** Throws `not_found`. */
export function findBackfill(context: OrganisationContext, id: string): Promise<BackfillSummary> {
  authorise(context, 'read runs');
  return inOrganisation(context, async (transaction) => {
    const row = await selectBackfills(transaction)
      .where((where) => where(where.cast('b.id', 'text'), '=', id))
      .executeTakeFirst();
    if (row === undefined) throw noBackfill(id);
    return toSummary(transaction, context, row);
  });
}

export function noBackfill(id: string): HajiriError {
  return new HajiriError('not_found', `There is no backfill ${id.slice(0, 60)}.`);
}

const selectBackfills = (transaction: OrganisationTransaction) =>
  transaction
    .selectFrom('backfill as b')
    .innerJoin('connection as c', 'c.id', 'b.connection_id')
    .selectAll('b')
    .select(['c.name as connection_name', 'c.requests_per_minute'])
    .select((expression) =>
      expression
        .selectFrom('run as r')
        .whereRef('r.backfill_id', '=', 'b.id')
        .where('r.state', 'in', ['queued', 'running'])
        .select('r.id')
        .limit(1)
        .as('run'),
    )
    .orderBy('b.requested_at', 'desc')
    .orderBy('b.id');

type BackfillRow = Awaited<ReturnType<ReturnType<typeof selectBackfills>['executeTakeFirstOrThrow']>>;

async function toSummary(
  transaction: OrganisationTransaction,
  context: OrganisationContext,
  row: BackfillRow,
): Promise<BackfillSummary> {
  const isOpen = row.ended_at === null;
  const people = isOpen ? await peopleOf(transaction, row.connection_id) : null;
  const left =
    people === null
      ? null
      : estimateRange({
          window: { from: row.next_date, to: row.date_to },
          mostDays: daysInPart(people),
          people,
          requestsPerMinute: row.requests_per_minute,
        });
  return {
    id: row.id,
    connection: row.connection_name,
    connectionId: row.connection_id,
    from: row.date_from.toString(),
    to: row.date_to.toString(),
    state: row.state,
    requestedAt: row.requested_at.toString(),
    endedAt: row.ended_at?.toString() ?? null,
    daysDone: row.date_from.until(row.next_date, { largestUnit: 'days' }).days,
    days: daysIn({ from: row.date_from, to: row.date_to }),
    daysMissing: row.days_missing,
    nextDate: isOpen ? row.next_date.toString() : null,
    left: left === null ? null : { requests: left.requests, minutes: left.minutes },
    errorCode: row.error_code,
    retryAt: isRetryAhead(row.retry_at, context) ? (row.retry_at?.toString() ?? null) : null,
    run: row.run,
  };
}

function isRetryAhead(at: Temporal.Instant | null, { clock }: OrganisationContext): boolean {
  return at !== null && Temporal.Instant.compare(at, clock.now()) > 0;
}

/** About how many records a day has: as many as former days had, else as many people as Keka or the directory knows. */
export async function peopleOf(
  transaction: OrganisationTransaction,
  connectionId: ConnectionId,
): Promise<number | null> {
  const read = await expectedPeople(transaction, connectionId);
  if (read !== null && read > 0) return read;
  const count = ({ count }: { readonly count: number }) => (count === 0 ? null : count);
  const known = await transaction
    .selectFrom('source_person')
    .where('connection_id', '=', connectionId)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  const employed = await transaction
    .selectFrom('employee')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return count(known) ?? count(employed);
}
