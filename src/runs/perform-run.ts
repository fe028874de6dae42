import { inOrganisation, type OrganisationContext } from '../accounts/organisation-context.ts';
import type { Connection } from '../connections/connections.ts';
import type { RunId, RunState, RunTrigger } from '../db/schema.ts';
import type { KekaClient } from '../keka/keka-client.ts';
import { readBesideAttendance } from './beside-attendance.ts';
import type { DateWindow } from './date-window.ts';
import { doubtReadsFromAhead } from './doubt-reads-from-ahead.ts';
import { endBrokenRun, endRun } from './end-run.ts';
import { fetchWindows, stoppedBefore, type WindowOutcome } from './fetch-window.ts';
import { keepAlive } from './liveness/keep-alive.ts';
import { readingOfTimes } from './reading-of-times.ts';
import type { Lease } from './run-lease.ts';
import { beforeStart, progressAfter, type RunEvent } from './run-progress.ts';

/** What is to be done in a run, and with what. */
export type RunWork = {
  readonly connection: Connection;
  readonly client: KekaClient;
  readonly trigger: RunTrigger;
  /** Read in this order. */
  readonly windows: readonly DateWindow[];
  /** Profiles of people are read when the last time is longer ago than this. */
  readonly peopleReadHours: number;
  readonly graceAfterShiftMinutes: number;
  readonly unusualCountShare: number;
  readonly acceptUnusualCount: boolean;
  readonly concurrency: number;
  readonly signal: AbortSignal;
  readonly onEvent: (event: RunEvent) => void;
  /** Asked between two chunks: false ends the run there, as interrupted. */
  readonly mayGoOn?: () => boolean;
  /**
   * Until it is aborted, an end that cannot be written because the database is away is tried again. Without it the
   * database's error is thrown, and the run is ended by whoever finds this process gone.
   */
  readonly patience?: AbortSignal;
};

export type FetchResult = { readonly runId: RunId; readonly state: RunState };

/** Does a run that has begun: what is due besides attendance, then the dates chunk by chunk, then the problems, then its end. */
export async function performRun(
  context: OrganisationContext,
  lease: Lease,
  given: RunWork,
): Promise<FetchResult> {
  let progress = beforeStart;
  const heartbeat = keepAlive(context, lease, () => progress);
  const work: RunWork = {
    ...given,
    signal: AbortSignal.any([given.signal, heartbeat.signal]),
    onEvent(event) {
      progress = progressAfter(progress, event);
      given.onEvent(event);
    },
  };
  try {
    await inOrganisation(context, (transaction) =>
      doubtReadsFromAhead(transaction, context, work.connection.id),
    );
    const beside = await readBesideAttendance(context, work);
    const outcome =
      beside.stoppedBy === null
        ? await fetchDays(context, lease, work)
        : stoppedBefore(beside.stoppedBy, work.windows);
    return await endRun(context, lease, work, {
      ...outcome,
      problems: [...beside.problems, ...outcome.problems],
    });
  } catch (error) {
    return await endBrokenRun(context, lease, work, error);
  } finally {
    await heartbeat.stop();
  }
}

function fetchDays(context: OrganisationContext, lease: Lease, work: RunWork): Promise<WindowOutcome> {
  const { connection, client, concurrency, unusualCountShare, acceptUnusualCount, signal, onEvent } = work;
  const { zone } = context.organisation;
  return fetchWindows(
    {
      context,
      client,
      connectionId: connection.id,
      runId: lease.runId,
      times: readingOfTimes(connection, zone),
      policy: { zone, graceAfterShiftMinutes: work.graceAfterShiftMinutes },
      identificationKey: connection.identificationKey,
      concurrency,
      unusualCountShare,
      acceptUnusualCount,
      signal,
      onEvent,
    },
    { lease, windows: work.windows, mayGoOn: work.mayGoOn ?? (() => true) },
  );
}
