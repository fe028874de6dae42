import type { RunId } from '../../db/schema.ts';
import type { DateWindow } from '../date-window.ts';
import { storeProblems } from '../finish-run.ts';
import type { Attended } from './attend-connection.ts';

/** Dates that can no longer be read are told once, as a problem of the run: the promise begins after them from now on. */
export async function nameLost(attended: Attended, run: RunId, lost: DateWindow | null): Promise<void> {
  if (lost === null) return;
  const problem = { code: 'dates_no_longer_served' as const, ...lost, details: {} };
  await storeProblems(attended.transaction, attended.context, run, [problem]);
  attended.schedule = { ...attended.schedule, promisedFrom: lost.to.add({ days: 1 }) };
}
