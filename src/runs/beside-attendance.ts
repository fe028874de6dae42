import type { OrganisationContext } from '../accounts/organisation-context.ts';
import type { HajiriError } from '../errors/hajiri-error.ts';
import type { RunWork } from './perform-run.ts';
import { readPeopleWhenDue } from './read-people-when-due.ts';
import { readRequestsWhenOn } from './requests/read-requests-when-on.ts';
import type { RunProblem } from './run-problem.ts';

export type BesideOutcome = {
  readonly problems: readonly RunProblem[];
  /** A failure that attendance would meet as well: the run ends with it. */
  readonly stoppedBy: HajiriError | null;
};

/**
 * What a run reads besides attendance, on the schedule of its connection and within its budget. It decides itself whether
 * it is due, stores in transactions of its own, and gives a failure back as a problem, so that the days are read all the
 * same. It throws what is no failure of Keka: the signal's reason and the database's errors.
 */
export type BesideWork = (context: OrganisationContext, work: RunWork) => Promise<BesideOutcome>;

/** All of it, in this order, before the days. A new one is a line here; its file stands beside this one. */
const besideAttendance: readonly BesideWork[] = [readPeopleWhenDue, readRequestsWhenOn];

/** Does all of it, until something of it says that the run is over. */
export async function readBesideAttendance(
  context: OrganisationContext,
  work: RunWork,
): Promise<BesideOutcome> {
  const problems: RunProblem[] = [];
  for (const read of besideAttendance) {
    const outcome = await read(context, work);
    problems.push(...outcome.problems);
    if (outcome.stoppedBy !== null) return { problems, stoppedBy: outcome.stoppedBy };
  }
  return { problems, stoppedBy: null };
}
