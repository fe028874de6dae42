import { inOrganisation, type OrganisationContext } from '../accounts/organisation-context.ts';
import type { RunTrigger } from '../db/schema.ts';
import type { OrganisationTransaction } from '../db/tenancy.ts';
import { HajiriError, isHajiriError } from '../errors/hajiri-error.ts';
import { describeProblem, type ProblemCode } from '../errors/problem-codes.ts';
import { hullOf } from './date-ranges.ts';
import type { DateWindow } from './date-window.ts';
import type { WindowOutcome } from './fetch-window.ts';
import { finishRun, storeProblems } from './finish-run.ts';
import { storePeopleProblems } from './people-problems.ts';
import type { FetchResult, RunWork } from './perform-run.ts';
import { lockConnectionOf } from './queue/lock-connection.ts';
import { isAutomatic } from './queue/open-runs.ts';
import { isStillOurs, type Lease } from './run-lease.ts';
import type { RunProblem } from './run-problem.ts';
import { endStateOf, isComplete } from './run-states.ts';

/** Ends a run that went through, or as far as Keka let it. */
export async function endRun(
  context: OrganisationContext,
  lease: Lease,
  work: RunWork,
  outcome: WindowOutcome,
): Promise<FetchResult> {
  const problems = [
    ...outcome.problems.map((problem) => asToldFor(work.trigger, problem)),
    ...emptyNotice(outcome, work.windows),
  ];
  return patiently(context, work, () =>
    inOrganisation(context, async (transaction) => {
      await lockConnectionOf(transaction, lease.runId);
      if (!(await isStillOurs(transaction, lease))) return endedByOthers(transaction, lease);
      const noted = await notedBefore(transaction, lease);
      await storeProblems(transaction, context, lease.runId, problems);
      const people = await storePeopleProblems(transaction, {
        organisationId: context.organisation.id,
        connectionId: work.connection.id,
        runId: lease.runId,
        windows: work.windows,
      });
      const severities = [...noted, ...problems.map(({ code }) => code)].map(
        (code) => describeProblem(code).severity,
      );
      const state = endStateOf({
        ...outcome,
        severities: people.found > 0 ? [...severities, 'action'] : severities,
      });
      await finishRun(transaction, context, lease.runId, {
        state,
        isComplete: isComplete(outcome) && outcome.stoppedBy === null,
        error: outcome.stoppedBy,
        unlinked: people.unlinked,
        usage: work.client.usage(),
      });
      return { runId: lease.runId, state };
    }),
  );
}

/** What was found when the run was planned. */
async function notedBefore(
  transaction: OrganisationTransaction,
  { runId }: Lease,
): Promise<readonly ProblemCode[]> {
  const rows = await transaction
    .selectFrom('run_problem')
    .select('code')
    .where('run_id', '=', runId)
    .execute();
  return rows.map(({ code }) => code as ProblemCode); // it was one when it was stored
}

/** Who asked for certain dates is told that they were refused; a morning, that they are lost. */
function asToldFor(trigger: RunTrigger, problem: RunProblem): RunProblem {
  return isAutomatic(trigger) && problem.code === 'range_refused'
    ? { ...problem, code: 'dates_no_longer_served' }
    : problem;
}

/** Connected, and nothing there: no failure, but nobody should have to wonder. */
function emptyNotice(outcome: WindowOutcome, windows: readonly DateWindow[]): readonly RunProblem[] {
  const { inserted, changed, unchanged, invalid, held } = outcome.counts;
  if (outcome.committed === 0 || inserted + changed + unchanged + invalid + held > 0) return [];
  return [{ code: 'no_attendance_in_range', ...hullOf(windows), details: {} }];
}

/** Ends a run that was stopped, or that something else than Keka broke. What broke it is thrown again. */
export async function endBrokenRun(
  context: OrganisationContext,
  lease: Lease,
  work: RunWork,
  error: unknown,
): Promise<FetchResult> {
  const told = asTold(work, error);
  const wasStopped = told.code === 'interrupted' || told.code === 'cancelled';
  const ended = patiently(context, work, () =>
    inOrganisation(context, async (transaction) => {
      await lockConnectionOf(transaction, lease.runId);
      if (!(await isStillOurs(transaction, lease))) return endedByOthers(transaction, lease);
      const { from, to } = hullOf(work.windows);
      await storeProblems(transaction, context, lease.runId, [{ code: told.code, from, to, details: {} }]);
      const state = wasStopped ? ('interrupted' as const) : ('failed' as const);
      await finishRun(transaction, context, lease.runId, {
        state,
        isComplete: false,
        error: told,
        unlinked: 0,
        usage: work.client.usage(),
      });
      return { runId: lease.runId, state };
    }),
  );
  if (wasStopped) return ended;
  // A lost database ends this as well. The first error is the one to tell; the next run finds this process gone.
  await ended.catch(() => {});
  throw error;
}

function asTold({ signal }: RunWork, error: unknown): HajiriError {
  const reason: unknown = signal.aborted ? signal.reason : error;
  if (isHajiriError(reason, 'cancelled')) return reason;
  if (signal.aborted || isHajiriError(reason, 'interrupted')) {
    return new HajiriError('interrupted', 'The fetch was stopped before it could finish.');
  }
  return isHajiriError(reason)
    ? reason
    : new HajiriError('internal', 'The fetch ended by a mistake of Hajiri.');
}

async function endedByOthers(transaction: OrganisationTransaction, { runId }: Lease): Promise<FetchResult> {
  const { state } = await transaction
    .selectFrom('run')
    .select('state')
    .where('id', '=', runId)
    .executeTakeFirstOrThrow();
  return { runId, state };
}

const patientMilliseconds = 2000;

/** Does it again for as long as the database is away and the work has patience. */
async function patiently(
  { clock }: OrganisationContext,
  { patience }: RunWork,
  end: () => Promise<FetchResult>,
): Promise<FetchResult> {
  for (;;) {
    try {
      return await end();
    } catch (error) {
      if (patience === undefined || patience.aborted || !isHajiriError(error, 'database_unavailable'))
        throw error;
      // Aborted while it waits, it throws what the database said.
      await clock.sleep(patientMilliseconds, patience).catch(() => {});
    }
  }
}
