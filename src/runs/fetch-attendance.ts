import { authorise } from '../accounts/authorise.ts';
import type { OrganisationContext } from '../accounts/organisation-context.ts';
import type { RunTrigger } from '../db/schema.ts';
import { InvalidInputError } from '../errors/hajiri-error.ts';
import type { DateWindow } from './date-window.ts';
import { type FetchResult, performRun, type RunWork } from './perform-run.ts';
import { startRun } from './run-lease.ts';

export type FetchRequest = Omit<RunWork, 'windows' | 'trigger' | 'mayGoOn' | 'patience'> & {
  readonly trigger: RunTrigger;
  readonly window: DateWindow;
};

/**
 * One run in this process, from start to end. It always ends in an end state, whatever happens; what Keka answered never
 * makes this throw. Throws `already_running`, InvalidInputError (no valid zone), and what the database or a defect
 * throws after the run was ended as failed.
 */
export async function fetchAttendance(
  context: OrganisationContext,
  request: FetchRequest,
): Promise<FetchResult> {
  authorise(context, 'start runs');
  const { connection, trigger, window, acceptUnusualCount } = request;
  requireZone(context);
  const lease = await startRun(context, { connection, trigger, window, acceptUnusualCount });
  return performRun(context, lease, { ...request, windows: [window] });
}

/** What a day is, and when it is over, depends on the zone: nothing is concluded in one that stands in. */
export function requireZone({ organisation: { name, faultyZone } }: OrganisationContext): void {
  if (faultyZone === null) return;
  throw new InvalidInputError([
    {
      field: 'time zone',
      reason: `"${faultyZone}" of "${name}" does not exist; correct it with: hajiri organisations change`,
    },
  ]);
}
