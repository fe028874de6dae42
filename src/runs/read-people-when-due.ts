import { inOrganisation, type OrganisationContext } from '../accounts/organisation-context.ts';
import { isHajiriError } from '../errors/hajiri-error.ts';
import type { BesideOutcome } from './beside-attendance.ts';
import type { RunWork } from './perform-run.ts';
import { readPeople } from './read-people.ts';
import { rememberPeopleProblem } from './source-people.ts';

/**
 * A key that may not read employees still serves attendance; that the names are missing is told. Only a failure that
 * attendance would meet as well ends the run.
 */
export async function readPeopleWhenDue(context: OrganisationContext, work: RunWork): Promise<BesideOutcome> {
  const { connection, client, concurrency, signal, onEvent } = work;
  const due = whatIsDue(context, work);
  if (due === null) return { problems: [], stoppedBy: null };
  const { changedSince } = due;
  try {
    const problems = await readPeople({
      context,
      client,
      connection,
      concurrency,
      signal,
      onEvent,
      changedSince,
    });
    return { problems, stoppedBy: null };
  } catch (error) {
    signal.throwIfAborted();
    if (!isHajiriError(error)) throw error;
    if (isHajiriError(error, 'credentials_refused', 'key_expired')) return { problems: [], stoppedBy: error };
    if (isHajiriError(error, 'internal', 'database_unavailable')) throw error;
    await inOrganisation(context, (transaction) =>
      rememberPeopleProblem(transaction, connection.id, error.code),
    );
    const details = { ...error.details, list: 'employees' };
    return { problems: [{ code: error.code, from: null, to: null, details }], stoppedBy: null };
  }
}

/** Between two readings of everybody, those that changed are read; not more often than this. */
const hoursBetweenChanges = 1;
/** Keka's clock and ours need not agree, and a change may be told of late. */
const overlap = { minutes: 15 } as const;

/** Everybody, or those that changed since a moment; null when the last reading is new enough. */
function whatIsDue(
  { clock }: OrganisationContext,
  { connection, peopleReadHours }: RunWork,
): { readonly changedSince: Temporal.Instant | null } | null {
  const { peopleReadAt, peopleChangedReadAt } = connection;
  const isOlder = (at: Temporal.Instant, hours: number): boolean => {
    const age = at.until(clock.now()).total('hours');
    // Below zero, the last time was written under a clock that was ahead.
    return age < 0 || age >= hours;
  };
  if (peopleReadAt === null || isOlder(peopleReadAt, peopleReadHours)) return { changedSince: null };
  const last = peopleChangedReadAt ?? peopleReadAt;
  return isOlder(last, hoursBetweenChanges) ? { changedSince: last.subtract(overlap) } : null;
}
