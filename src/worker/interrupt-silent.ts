import { inOrganisation } from '../accounts/organisation-context.ts';
import type { Installation } from '../installation.ts';
import { interruptRun } from '../runs/liveness/interrupt-run.ts';
import type { SilentRun } from '../runs/liveness/watch-runs.ts';
import { contextOf } from './context-of.ts';

/** Ends runs that show no sign of life, unless they have shown one since. Returns whether there was any. */
export async function interruptSilent(
  installation: Pick<Installation, 'kysely' | 'clock' | 'log'>,
  silent: readonly SilentRun[],
): Promise<boolean> {
  let hasEnded = false;
  for (const { organisation, id, beat } of silent) {
    const context = await contextOf(installation, organisation);
    if (context === null) continue;
    const isEnded = await inOrganisation(context, (transaction) =>
      interruptRun(transaction, context, id, beat),
    );
    if (isEnded) installation.log.warn({ run: id }, 'run_interrupted');
    hasEnded ||= isEnded;
  }
  return hasEnded;
}
