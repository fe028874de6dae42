import { sql } from 'kysely';
import { authorise } from '../accounts/authorise.ts';
import { inOrganisation, type OrganisationContext } from '../accounts/organisation-context.ts';
import type { ChunkState, ConnectionId, RunId, RunState, RunTrigger } from '../db/schema.ts';
import type { OrganisationTransaction } from '../db/tenancy.ts';
import { HajiriError } from '../errors/hajiri-error.ts';
import { readDateRanges } from './date-ranges.ts';
import type { RunProgress } from './run-progress.ts';

/** One run as people and programs see it. Times are UTC instants, dates are calendar dates. */
export type RunSummary = {
  readonly id: RunId;
  readonly connection: string;
  readonly connectionId: ConnectionId;
  readonly trigger: RunTrigger;
  /** The first and the last date that it reads; `windows` has all of them. */
  readonly from: string;
  readonly to: string;
  readonly windows: readonly { readonly from: string; readonly to: string }[];
  readonly state: RunState;
  readonly isComplete: boolean | null;
  readonly requestedAt: string;
  readonly dueAt: string | null;
  readonly attempt: number;
  readonly follows: RunId | null;
  readonly backfill: string | null;
  /** While it is running; at most two seconds old. */
  readonly progress: RunProgress | null;
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
  readonly counts: {
    readonly inserted: number;
    readonly changed: number;
    readonly unchanged: number;
    readonly unlinked: number;
    readonly invalid: number;
    readonly held: number;
  };
  readonly pages: number;
  readonly requests: number;
  readonly retries: number;
  readonly rateLimited: number;
  readonly waitedSeconds: number;
  readonly problems: number;
};

export type ChunkSummary = {
  readonly from: string;
  readonly to: string;
  readonly state: ChunkState;
  readonly attempts: number;
  readonly pages: number;
  readonly announced: number | null;
  readonly received: number;
  readonly errorCode: string | null;
};

export type RunDetails = RunSummary & { readonly chunks: readonly ChunkSummary[] };

/** The latest runs, newest first. */
export async function listRuns(
  context: OrganisationContext,
  filter: { readonly connectionId?: ConnectionId | undefined; readonly limit: number },
): Promise<readonly RunSummary[]> {
  authorise(context, 'read runs');
  return inOrganisation(context, async (transaction) => {
    const rows = await selectRuns(transaction)
      .$if(filter.connectionId !== undefined, (query) =>
        query.where('r.connection_id', '=', filter.connectionId ?? ('' as ConnectionId)),
      )
      .limit(filter.limit)
      .execute();
    return rows.map(toSummary);
  });
}

/** One run with its chunks, by id; or the latest one, of a date where one is given. Throws `not_found`. */
export async function findRun(
  context: OrganisationContext,
  wanted: { readonly id?: string | undefined; readonly date?: Temporal.PlainDate | undefined },
): Promise<RunDetails> {
  authorise(context, 'read runs');
  return inOrganisation(context, async (transaction) => {
    const { id, date } = wanted;
    // Compared as text: an id that is no UUID finds nothing, which is the truth.
    let query = selectRuns(transaction);
    if (id !== undefined) query = query.where((where) => where(where.cast('r.id', 'text'), '=', id));
    if (date !== undefined) query = query.where(sql<boolean>`r.dates @> ${date}::date`);
    const row = await query.limit(1).executeTakeFirst();
    if (row === undefined) throw new HajiriError('not_found', describeMissing(wanted));
    const chunks = await transaction
      .selectFrom('run_chunk')
      .selectAll()
      .where('run_id', '=', row.id)
      .orderBy('number')
      .execute();
    return {
      ...toSummary(row),
      chunks: chunks.map((chunk) => ({
        from: chunk.date_from.toString(),
        to: chunk.date_to.toString(),
        state: chunk.state,
        attempts: chunk.attempts,
        pages: chunk.pages,
        announced: chunk.announced,
        received: chunk.received,
        errorCode: chunk.error_code,
      })),
    };
  });
}

function describeMissing({
  id,
  date,
}: {
  id?: string | undefined;
  date?: Temporal.PlainDate | undefined;
}): string {
  if (id !== undefined) return `There is no run ${id.slice(0, 60)}.`;
  if (date !== undefined)
    return `No run has covered ${date.toString()} yet. Fetch it with: hajiri fetch --date ${date.toString()}`;
  return 'There is no run yet. Start one with: hajiri fetch';
}

const selectRuns = (transaction: OrganisationTransaction) =>
  transaction
    .selectFrom('run as r')
    .innerJoin('connection as c', 'c.id', 'r.connection_id')
    .selectAll('r')
    .select('c.name as connection_name')
    .select((expression) =>
      expression
        .selectFrom('run_problem as p')
        .whereRef('p.run_id', '=', 'r.id')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .as('problems'),
    )
    .orderBy('r.started_at', 'desc')
    .orderBy('r.id');

type RunRow = Awaited<ReturnType<ReturnType<typeof selectRuns>['executeTakeFirstOrThrow']>>;

function toSummary(row: RunRow): RunSummary {
  return {
    id: row.id,
    connection: row.connection_name,
    connectionId: row.connection_id,
    trigger: row.trigger,
    from: row.date_from.toString(),
    to: row.date_to.toString(),
    windows: readDateRanges(row.dates).map(({ from, to }) => ({ from: from.toString(), to: to.toString() })),
    state: row.state,
    isComplete: row.is_complete,
    requestedAt: row.requested_at.toString(),
    dueAt: row.due_at?.toString() ?? null,
    attempt: row.attempt,
    follows: row.follows,
    backfill: row.backfill_id,
    // Written by renewLease, and by nobody else.
    progress: row.state === 'running' ? (row.progress as RunProgress | null) : null,
    startedAt: row.started_at.toString(),
    endedAt: row.ended_at?.toString() ?? null,
    errorCode: row.error_code,
    errorMessage: row.error_message,
    counts: {
      inserted: row.inserted,
      changed: row.changed,
      unchanged: row.unchanged,
      unlinked: row.unlinked,
      invalid: row.invalid,
      held: row.held,
    },
    pages: row.pages,
    requests: row.requests,
    retries: row.retries,
    rateLimited: row.rate_limited,
    waitedSeconds: Math.round(row.waited_milliseconds / 1000),
    problems: row.problems ?? 0,
  };
}
