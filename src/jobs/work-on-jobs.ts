import type { Clock } from '../clock/clock.ts';
import { repeatEvery } from '../clock/repeat-every.ts';
import { isHajiriError } from '../errors/hajiri-error.ts';
import type { Log } from '../log/log.ts';
import type { Jobs, TakenJob } from './jobs.ts';
import type { JobData, QueueName } from './queues.ts';

export type Workforce = {
  /** There may be a job now. */
  nudge(): void;
  /** Takes no further job. What is being done goes on. */
  stopTaking(): Promise<void>;
  /** Resolves when nothing is being done any more. */
  idle(): Promise<void>;
};

export type WorkOptions<Name extends QueueName> = {
  readonly jobs: Jobs;
  readonly clock: Clock;
  readonly log: Log;
  readonly queue: Name;
  /** How many jobs at the same time. */
  readonly atATime: number;
  /** False while this process is not fit for work; it takes nothing then. */
  readonly mayTake: () => boolean;
  readonly work: (data: JobData[Name]) => Promise<void>;
};

/** Whoever sent a job from another process cannot nudge; its job is taken within this time. */
const pollMilliseconds = 1000;
/** Well below the silence after which a job counts as abandoned. */
const touchMilliseconds = 20_000;

/** Takes jobs and does them, each by itself, until told to stop. A job whose work throws is tried again later. */
export function workOnJobs<Name extends QueueName>(options: WorkOptions<Name>): Workforce {
  const { jobs, clock, log, queue, atATime, mayTake, work } = options;
  const atWork = new Map<TakenJob<Name>, Promise<void>>();
  const tell = (event: string) => (error: unknown) =>
    log.warn({ queue, code: isHajiriError(error) ? error.code : 'internal' }, event);

  async function doJob(job: TakenJob<Name>): Promise<void> {
    try {
      await work(job.data);
    } catch (error) {
      tell('job_failed')(error);
      // Should the database be away, the job counts as abandoned after a while, and is tried again all the same.
      await jobs.fail(queue, job).catch(tell('job_not_ended'));
      return;
    }
    await jobs.complete(queue, job).catch(tell('job_not_ended'));
  }

  const taking = repeatEvery(
    { clock, milliseconds: pollMilliseconds, onError: tell('jobs_not_taken') },
    async () => {
      const free = atATime - atWork.size;
      if (free <= 0 || !mayTake()) return;
      const taken = await jobs.take(queue, free);
      for (const job of taken) {
        const doing = doJob(job).finally(() => {
          atWork.delete(job);
          taking.nudge();
        });
        atWork.set(job, doing);
      }
    },
  );
  const touching = repeatEvery(
    { clock, milliseconds: touchMilliseconds, onError: tell('jobs_not_touched') },
    async () => {
      if (atWork.size > 0) await jobs.touch(queue, [...atWork.keys()]);
    },
  );

  return {
    nudge: () => taking.nudge(),
    stopTaking: () => taking.stop(),
    async idle() {
      await Promise.all(atWork.values());
      await touching.stop();
    },
  };
}
