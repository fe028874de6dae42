import type { OrganisationContext } from '../accounts/organisation-context.ts';
import { forgetExpired } from '../accounts/sign-in/forget-expired.ts';
import type { Settings } from '../config/settings.ts';
import { forgetPreviews } from '../directory/import/forget-previews.ts';
import { removeOldData } from '../privacy/retention/remove-old-data.ts';
import { judgeNightly } from '../rules/reevaluation/judge-nightly.ts';

/**
 * Something to be done for every organisation once a night. It may be done twice (after a crash, or because another
 * job of the night failed), so doing it again must do no harm. It gives the loop a turn now and then, and gives up
 * when the signal says so: the rest is done in the night after.
 */
export type NightlyJob = {
  /** Two or three words for the log, such as `delete old runs`. */
  readonly name: string;
  readonly work: (context: OrganisationContext, signal: AbortSignal, settings: Settings) => Promise<void>;
};

/** All of them, in their order. A new one is a line here; its use case stands in the room that it belongs to. */
export const nightlyJobs: readonly NightlyJob[] = [
  { name: 'forget ended sessions', work: forgetExpired },
  { name: 'remove old data', work: async (context, signal) => void (await removeOldData(context, signal)) },
  { name: 'forget unused previews', work: forgetPreviews },
  {
    name: 'judge days anew',
    work: (context, signal, { HAJIRI_GRACE_AFTER_SHIFT_MINUTES: graceMinutes }) =>
      judgeNightly(context, { graceMinutes, signal }),
  },
];

/** When, by the clock of the organisation: after the last shift of most people, before the first of most mornings. */
export const nightlyTime = Temporal.PlainTime.from('03:15');
