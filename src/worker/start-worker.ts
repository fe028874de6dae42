import { repeatEvery } from '../clock/repeat-every.ts';
import type { OrganisationId } from '../db/schema.ts';
import { isHajiriError } from '../errors/hajiri-error.ts';
import type { Installation } from '../installation.ts';
import { workOnJobs } from '../jobs/work-on-jobs.ts';
import { claimNightly, doNightly } from './nightly.ts';
import { type NightlyJob, nightlyJobs } from './nightly-jobs.ts';

export type Worker = {
  /** Takes nothing more and hands over what is under way; resolves when all of it is over. */
  stop(): Promise<void>;
};

export type WorkerOptions = {
  /** For tests; the product's own when left out. */
  readonly nightlyJobs?: readonly NightlyJob[];
};

const nightlyMilliseconds = 60_000;
const tidyMilliseconds = 60_000;
const nightsAtATime = 2;

/** Does what is due, for every organisation, until it is stopped. Any number of processes may have one. */
export function startWorker(installation: Installation, options: WorkerOptions = {}): Worker {
  const { clock, log, jobs } = installation;
  const stopping = new AbortController();
  const tell = (event: string) => (error: unknown) =>
    log.warn({ code: isHajiriError(error) ? error.code : 'internal' }, event);

  const nights = workOnJobs({
    jobs,
    clock,
    log,
    queue: 'nightly',
    atATime: nightsAtATime,
    mayTake: () => true,
    work: ({ organisation }) =>
      doNightly(
        installation,
        organisation as OrganisationId, // it was one when the job was sent
        options.nightlyJobs ?? nightlyJobs,
        stopping.signal,
      ),
  });
  const claimingNights = repeatEvery(
    { clock, milliseconds: nightlyMilliseconds, onError: tell('nights_not_claimed') },
    async () => {
      if ((await claimNightly(installation)) > 0) nights.nudge();
    },
  );
  const tidying = repeatEvery(
    { clock, milliseconds: tidyMilliseconds, onError: tell('jobs_not_tidied') },
    () => jobs.tidy(),
  );

  return {
    async stop() {
      await Promise.all([claimingNights.stop(), tidying.stop(), nights.stopTaking()]);
      stopping.abort();
      await nights.idle();
    },
  };
}
