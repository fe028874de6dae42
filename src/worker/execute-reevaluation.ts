import type { ReevaluationId } from '../db/rule-tables.ts';
import type { OrganisationId } from '../db/schema.ts';
import type { Installation } from '../installation.ts';
import type { JobData } from '../jobs/queues.ts';
import { reevaluate } from '../rules/reevaluation/reevaluate.ts';
import { contextOf } from './context-of.ts';

/** Judges stored days anew, from where it was left; nothing when somebody else has ended it. */
export async function executeReevaluation(
  installation: Pick<Installation, 'kysely' | 'clock' | 'settings'>,
  job: JobData['reevaluation'],
  signal: AbortSignal,
): Promise<void> {
  // Both were what they seem when the job was sent.
  const context = await contextOf(installation, job.organisation as OrganisationId);
  if (context === null) return;
  const graceMinutes = installation.settings.HAJIRI_GRACE_AFTER_SHIFT_MINUTES;
  await reevaluate(context, job.reevaluation as ReevaluationId, { graceMinutes, signal });
}
