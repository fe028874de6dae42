import type { OrganisationContext } from '../accounts/organisation-context.ts';
import { isHajiriError } from '../errors/hajiri-error.ts';
import type { BesideOutcome } from './beside-attendance.ts';
import type { RunWork } from './perform-run.ts';
import { readPeople } from './read-people.ts';

/**
 * A key that may not read employees still serves attendance; that the names are missing is told. Only a failure that
 * attendance would meet as well ends the run.
 */
export async function readPeopleWhenDue(context: OrganisationContext, work: RunWork): Promise<BesideOutcome> {
  const { connection, client, concurrency, signal, onEvent } = work;
  if (!isDue(context, work)) return { problems: [], stoppedBy: null };
  try {
    const problems = await readPeople({ context, client, connection, concurrency, signal, onEvent });
    return { problems, stoppedBy: null };
  } catch (error) {
    signal.throwIfAborted();
    if (!isHajiriError(error)) throw error;
    if (isHajiriError(error, 'credentials_refused', 'key_expired')) return { problems: [], stoppedBy: error };
    if (isHajiriError(error, 'internal', 'database_unavailable')) throw error;
    const details = { ...error.details, list: 'employees' };
    return { problems: [{ code: error.code, from: null, to: null, details }], stoppedBy: null };
  }
}

function isDue({ clock }: OrganisationContext, { connection, peopleReadHours }: RunWork): boolean {
  const { peopleReadAt } = connection;
  if (peopleReadAt === null) return true;
  const hours = peopleReadAt.until(clock.now()).total('hours');
  // Below zero, the last time was written under a clock that was ahead.
  return hours < 0 || hours >= peopleReadHours;
}
