import { hurryAfter } from '../clock/hurry-after.ts';
import { type Repetition, repeatEvery } from '../clock/repeat-every.ts';
import type { OrganisationId } from '../db/schema.ts';
import { HajiriError, isHajiriError } from '../errors/hajiri-error.ts';
import type { Installation } from '../installation.ts';
import { type Workforce, workOnJobs } from '../jobs/work-on-jobs.ts';
import { createRunWatch } from '../runs/liveness/watch-runs.ts';
import { createAttendance } from './attend-due.ts';
import { executeReevaluation } from './execute-reevaluation.ts';
import { executeRun } from './execute-run.ts';
import { type Fitness, watchFitness } from './fitness.ts';
import { interruptSilent } from './interrupt-silent.ts';
import { claimNightly, doNightly } from './nightly.ts';
import { type NightlyJob, nightlyJobs } from './nightly-jobs.ts';

export type Worker = {
  /** Takes nothing more and hands over what is under way; resolves when all of it is over, within ten seconds. */
  stop(): Promise<void>;
};

export type WorkerOptions = {
  /** For tests; the product's own when left out. */
  readonly nightlyJobs?: readonly NightlyJob[];
};

/** A wall clock that jumps is noticed within this time, however long the next due time seemed away. */
const attendMilliseconds = 2000;
const watchMilliseconds = 5000;
const nightlyMilliseconds = 60_000;
const tidyMilliseconds = 60_000;
const nightsAtATime = 2;
const reevaluationsAtATime = 1;
/** How long a run may go on after a stop, to end with the part that it is reading. */
const lastPartMilliseconds = 4000;

/** What all parts of a worker share. */
type Works = {
  readonly installation: Installation;
  readonly fitness: Fitness;
  /** `isAskedFor` first; the signal breaks off what is still under way. */
  readonly stopping: { isAskedFor: boolean; readonly control: AbortController };
  readonly tell: (event: string) => (error: unknown) => void;
};

/** Does what is due, for every organisation, until it is stopped. Any number of processes may have one. */
export function startWorker(installation: Installation, options: WorkerOptions = {}): Worker {
  const { clock, log, jobs } = installation;
  const tell = (event: string) => (error: unknown) =>
    log.warn({ code: isHajiriError(error) ? error.code : 'internal' }, event);
  const works: Works = {
    installation,
    fitness: watchFitness(installation),
    stopping: { isAskedFor: false, control: new AbortController() },
    tell,
  };
  const repeat = (milliseconds: number, event: string, work: () => Promise<void>): Repetition =>
    repeatEvery({ clock, milliseconds, onError: tell(event) }, work);

  const runs = openRuns(works, () => attending.nudge());
  const reevaluations = openReevaluations(works);
  const nights = openNights(works, options.nightlyJobs ?? nightlyJobs);
  const attendDue = createAttendance(installation, tell('connection_not_attended'));
  const attending = repeat(attendMilliseconds, 'connections_not_attended', async () => {
    if (!(await works.fitness.check())) return;
    if ((await attendDue()) > 0) runs.nudge();
  });
  const look = createRunWatch(installation.kysely);
  const watching = repeat(watchMilliseconds, 'runs_not_watched', async () => {
    if (await interruptSilent(installation, await look())) attending.nudge();
  });
  const claimingNights = repeat(nightlyMilliseconds, 'nights_not_claimed', async () => {
    if (works.fitness.isFit() && (await claimNightly(installation)) > 0) nights.nudge();
  });
  const tidying = repeat(tidyMilliseconds, 'jobs_not_tidied', () => jobs.tidy());

  return {
    async stop() {
      works.stopping.isAskedFor = true;
      const loops = [attending, watching, claimingNights, tidying].map((loop) => loop.stop());
      const forces = [runs, reevaluations, nights];
      await Promise.all([...loops, ...forces.map((force) => force.stopTaking())]);
      const idle = Promise.all(forces.map((force) => force.idle()));
      await hurryAfter({ clock, milliseconds: lastPartMilliseconds }, idle, () =>
        works.stopping.control.abort(new HajiriError('interrupted', 'Stopped on request.')),
      );
    },
  };
}

function openRuns({ installation, fitness, stopping, tell }: Works, onEnded: () => void): Workforce {
  const { clock, log, jobs, settings } = installation;
  return workOnJobs({
    jobs,
    clock,
    log,
    queue: 'run',
    atATime: settings.HAJIRI_RUNS_AT_A_TIME,
    mayTake: () => fitness.isFit(),
    async work(job) {
      // Thrown, so that the job is given back.
      if (!(await fitness.check()))
        throw new HajiriError('database_unsupported', 'A newer Hajiri is at work.');
      const signs = { signal: stopping.control.signal, mayGoOn: () => !stopping.isAskedFor };
      try {
        await executeRun(installation, job, signs);
      } catch (error) {
        tell('run_failed')(error);
        if (isHajiriError(error, 'secrets_unreadable')) {
          fitness.rest();
          throw error;
        }
        // How a run ended, and what comes next, stands in the database by now.
      }
      onEnded();
    },
  });
}

function openReevaluations({ installation, fitness, stopping }: Works): Workforce {
  const { clock, log, jobs } = installation;
  return workOnJobs({
    jobs,
    clock,
    log,
    queue: 'reevaluation',
    atATime: reevaluationsAtATime,
    mayTake: () => fitness.isFit(),
    work: (job) => executeReevaluation(installation, job, stopping.control.signal),
  });
}

function openNights({ installation, fitness, stopping }: Works, all: readonly NightlyJob[]): Workforce {
  const { clock, log, jobs } = installation;
  return workOnJobs({
    jobs,
    clock,
    log,
    queue: 'nightly',
    atATime: nightsAtATime,
    mayTake: () => fitness.isFit(),
    work: ({ organisation }) =>
      doNightly(
        installation,
        organisation as OrganisationId, // it was one when the job was sent
        all,
        stopping.control.signal,
      ),
  });
}
