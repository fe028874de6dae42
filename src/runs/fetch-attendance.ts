import { authorise } from '../accounts/authorise.ts';
import { inOrganisation, type OrganisationContext } from '../accounts/organisation-context.ts';
import { previousLocalDay } from '../attendance/local-time.ts';
import type { Connection } from '../connections/connections.ts';
import type { RunId, RunState, RunTrigger } from '../db/schema.ts';
import { HajiriError, InvalidInputError, isHajiriError } from '../errors/hajiri-error.ts';
import { describeProblem } from '../errors/problem-codes.ts';
import type { KekaClient } from '../keka/keka-client.ts';
import type { DateWindow } from './date-window.ts';
import { fetchWindow, type WindowOutcome } from './fetch-window.ts';
import { finishRun, storeProblems } from './finish-run.ts';
import { storePeopleProblems } from './people-problems.ts';
import { readPeople } from './read-people.ts';
import { keepAlive, startRun } from './run-lease.ts';
import type { RunProblem } from './run-problem.ts';
import { noCounts, type RunEvent } from './run-progress.ts';
import { endStateOf } from './run-states.ts';

export type FetchRequest = {
  readonly connection: Connection;
  readonly client: KekaClient;
  readonly trigger: RunTrigger;
  readonly window: DateWindow;
  /** Profiles of people are read when the last time is longer ago than this. */
  readonly peopleReadHours: number;
  readonly graceAfterShiftMinutes: number;
  readonly unusualCountShare: number;
  readonly acceptUnusualCount: boolean;
  readonly concurrency: number;
  readonly signal: AbortSignal;
  readonly onEvent: (event: RunEvent) => void;
};

export type FetchResult = { readonly runId: RunId; readonly state: RunState };

/** Yesterday where the organisation is: what a fetch covers when nothing else is said. */
export function defaultWindow(context: OrganisationContext): DateWindow {
  const day = previousLocalDay(context.clock.now(), context.organisation.zone);
  return { from: day, to: day };
}

/**
 * One run from start to end: people when due, then the window chunk by chunk, then the problems. It always ends
 * in an end state, whatever happens; what Keka answered never makes this throw. Throws `already_running`, InvalidInputError (no
 * valid zone), and what
 * the database or a defect throws after the run was ended as failed.
 */
export async function fetchAttendance(
  context: OrganisationContext,
  request: FetchRequest,
): Promise<FetchResult> {
  authorise(context, 'start runs');
  const { connection, trigger, window } = request;
  requireZone(context);
  const runId = await startRun(context, { connectionId: connection.id, trigger, window });
  const heartbeat = keepAlive(context, runId);
  try {
    const people = await readPeopleWhenDue(context, request);
    const outcome =
      people.stoppedBy === null
        ? await fetchDays(context, request, runId)
        : stopped(people.stoppedBy, window);
    return await endRun(context, request, runId, {
      ...outcome,
      problems: [...people.problems, ...outcome.problems],
    });
  } catch (error) {
    return await endBrokenRun(context, request, runId, error);
  } finally {
    await heartbeat.stop();
  }
}

/** What a day is, and when it is over, depends on the zone: nothing is concluded in one that stands in. */
function requireZone({ organisation: { name, faultyZone } }: OrganisationContext): void {
  if (faultyZone === null) return;
  throw new InvalidInputError([
    {
      field: 'time zone',
      reason: `"${faultyZone}" of "${name}" does not exist; correct it with: hajiri organisations change`,
    },
  ]);
}

type PeopleOutcome = { readonly problems: readonly RunProblem[]; readonly stoppedBy: HajiriError | null };

/**
 * A key that may not read employees still serves attendance; that the names are missing is told. Only a failure that
 * attendance would meet as well ends the run.
 */
async function readPeopleWhenDue(
  context: OrganisationContext,
  request: FetchRequest,
): Promise<PeopleOutcome> {
  const { connection, client, concurrency, signal, onEvent } = request;
  const dueAt = connection.peopleReadAt?.add({ hours: request.peopleReadHours });
  if (dueAt !== undefined && Temporal.Instant.compare(context.clock.now(), dueAt) < 0) {
    return { problems: [], stoppedBy: null };
  }
  try {
    const problems = await readPeople({ context, client, connection, concurrency, signal, onEvent });
    return { problems, stoppedBy: null };
  } catch (error) {
    signal.throwIfAborted();
    if (!isHajiriError(error)) throw error;
    if (isHajiriError(error, 'credentials_refused', 'key_expired')) return { problems: [], stoppedBy: error };
    if (isHajiriError(error, 'internal', 'database_unavailable')) throw error;
    const problem = {
      code: error.code,
      from: null,
      to: null,
      details: { ...error.details, list: 'employees' },
    };
    return { problems: [problem], stoppedBy: null };
  }
}

function fetchDays(
  context: OrganisationContext,
  request: FetchRequest,
  runId: RunId,
): Promise<WindowOutcome> {
  const { connection, client, concurrency, unusualCountShare, acceptUnusualCount, signal, onEvent } = request;
  const { zone } = context.organisation;
  const basis = (kind: 'utc' | 'local') => (kind === 'utc' ? ({ kind } as const) : ({ kind, zone } as const));
  return fetchWindow(
    {
      context,
      client,
      connectionId: connection.id,
      runId,
      times: { punches: basis(connection.punchBasis), shifts: basis(connection.shiftBasis) },
      policy: { zone, graceAfterShiftMinutes: request.graceAfterShiftMinutes },
      identificationKey: connection.identificationKey,
      concurrency,
      unusualCountShare,
      acceptUnusualCount,
      signal,
      onEvent,
    },
    request.window,
  );
}

/** What a run is that could not begin with its days. */
function stopped(error: HajiriError, { from, to }: DateWindow): WindowOutcome {
  return {
    committed: 0,
    unverified: 0,
    failed: 1,
    counts: noCounts,
    problems: [{ code: error.code, from, to, details: error.details }],
    stoppedBy: error,
  };
}

async function endRun(
  context: OrganisationContext,
  request: FetchRequest,
  runId: RunId,
  outcome: WindowOutcome,
): Promise<FetchResult> {
  const { connection, window, client } = request;
  const problems = [...outcome.problems, ...emptyNotice(outcome, window)];
  return inOrganisation(context, async (transaction) => {
    await storeProblems(transaction, context, runId, problems);
    const people = await storePeopleProblems(transaction, {
      organisationId: context.organisation.id,
      connectionId: connection.id,
      runId,
      window,
    });
    const severities = problems.map(({ code }) => describeProblem(code).severity);
    const state = endStateOf({
      ...outcome,
      severities: people.found > 0 ? [...severities, 'action'] : severities,
    });
    await finishRun(transaction, context, runId, {
      state,
      error: outcome.stoppedBy,
      unlinked: people.unlinked,
      usage: client.usage(),
    });
    return { runId, state };
  });
}

/** Connected, and nothing there: no failure, but nobody should have to wonder. */
function emptyNotice(outcome: WindowOutcome, { from, to }: DateWindow): readonly RunProblem[] {
  const { inserted, changed, unchanged, invalid } = outcome.counts;
  if (outcome.committed === 0 || inserted + changed + unchanged + invalid > 0) return [];
  return [{ code: 'no_attendance_in_range', from, to, details: {} }];
}

async function endBrokenRun(
  context: OrganisationContext,
  request: FetchRequest,
  runId: RunId,
  error: unknown,
): Promise<FetchResult> {
  const interrupted = request.signal.aborted;
  const { from, to } = request.window;
  const code = interrupted ? 'interrupted' : isHajiriError(error) ? error.code : 'internal';
  const told = interrupted
    ? new HajiriError('interrupted', 'The fetch was stopped before it could finish.')
    : isHajiriError(error)
      ? error
      : new HajiriError('internal', 'The fetch ended by a mistake of Hajiri.');
  const state = interrupted ? 'interrupted' : 'failed';
  const ended = inOrganisation(context, async (transaction) => {
    await storeProblems(transaction, context, runId, [{ code, from, to, details: {} }]);
    await finishRun(transaction, context, runId, {
      state,
      error: told,
      unlinked: 0,
      usage: request.client.usage(),
    });
  });
  if (interrupted) {
    await ended;
    return { runId, state };
  }
  // A lost database ends this as well. The first error is the one to tell; the next run finds this process gone.
  await ended.catch(() => {});
  throw error;
}
