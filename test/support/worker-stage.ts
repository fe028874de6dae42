import { sql } from 'kysely';
import { onTestFinished } from 'vitest';
import { inOrganisation } from '../../src/accounts/organisation-context.ts';
import { readSettings } from '../../src/config/read-settings.ts';
import { changeSchedule } from '../../src/connections/schedule/change-schedule.ts';
import { type Schedule, selectSchedules, toSchedule } from '../../src/connections/schedule/schedules.ts';
import { type Installation, openInstallation } from '../../src/installation.ts';
import { createLog } from '../../src/log/log.ts';
import { listRuns, type RunSummary } from '../../src/runs/list-runs.ts';
import { startWorker, type Worker, type WorkerOptions } from '../../src/worker/start-worker.ts';
import type { Stage } from './case-stage.ts';
import { until } from './until.ts';

/** What a worker has asleep when it has nothing to do: its loops, and those of its three queues. */
const loopsOfWorker = 10;
const quietTurns = 20;

/** Workers on the database of a stage, in this process and on its fake clock. */
export type WorkerStage = {
  readonly logged: readonly string[];
  /** One more process, as far as the database can tell. */
  readonly startWorker: (
    options?: WorkerOptions & { readonly environment?: NodeJS.ProcessEnv },
  ) => Promise<StartedWorker>;
  /** The clock goes on to each moment at which something is to be done, until the given one, and that is waited for. */
  readonly liveUntil: (instant: string) => Promise<void>;
  /** The clock goes on until a run is under way that waits for time to pass, and stands still then. */
  readonly untilHeldUp: () => Promise<void>;
  /** Waits until nothing is under way and nothing is due. */
  readonly untilIdle: () => Promise<void>;
  readonly schedule: () => Promise<Schedule>;
  /** Oldest first. */
  readonly runs: () => Promise<readonly RunSummary[]>;
  readonly changeSchedule: (input: unknown) => Promise<Schedule>;
};

export type StartedWorker = {
  readonly installation: Installation;
  /** As SIGTERM does it. */
  stop(): Promise<void>;
};

export function openWorkerStage(stage: Stage): WorkerStage {
  const { clock, company, control } = stage;
  const { context } = company;
  const logged: string[] = [];
  const workers = new Set<Worker>();

  let answeredUpTo = 0;
  const isAnswered = (): boolean => {
    for (const { number, status, fault } of control.requests(answeredUpTo)) {
      if (status === null && fault === null) return false;
      answeredUpTo = number;
    }
    return true;
  };
  const isDatabaseQuiet = async (): Promise<boolean> => {
    const { rows } = await inOrganisation(context, (transaction) =>
      sql<{ busy: boolean }>`
        select exists (select from run where state in ('queued', 'running'))
          or exists (select from schedule where wake_at <= ${clock.now()} and blocked_by is null) as busy`.execute(
        transaction,
      ),
    );
    return rows[0]?.busy === false;
  };
  /** Whether for a while nothing happens but sleep: more of it than the loops alone when a run waits for time to pass. */
  const lookAround = async (): Promise<'idle' | 'waiting'> => {
    let quiet = 0;
    let sleeping = -1;
    await until(() => {
      const now = clock.sleeping;
      const isQuiet = now >= loopsOfWorker * workers.size && now === sleeping && isAnswered();
      quiet = isQuiet ? quiet + 1 : 0;
      sleeping = now;
      return quiet > quietTurns;
    });
    return sleeping === loopsOfWorker * workers.size ? 'idle' : 'waiting';
  };

  async function untilIdle(): Promise<void> {
    for (;;) {
      const seen = await lookAround();
      if (seen === 'idle' && (await isDatabaseQuiet()) && (await lookAround()) === 'idle') return;
      clock.advance({ seconds: 1 });
    }
  }

  async function untilHeldUp(): Promise<void> {
    while ((await lookAround()) === 'idle') clock.advance({ milliseconds: 500 });
  }

  const schedule = () =>
    inOrganisation(context, async (transaction) =>
      toSchedule(await selectSchedules(transaction).executeTakeFirstOrThrow()),
    );

  return {
    logged,
    async startWorker(options = {}) {
      const { environment = {}, ...rest } = options;
      const installation = await openInstallation({
        settings: readSettings({ ...stage.installation.environment, ...environment }),
        clock,
        log: createLog('debug', { write: (line) => void logged.push(line) }),
        claim: 'shared',
      });
      const worker = startWorker(installation, { nightlyJobs: [], ...rest });
      workers.add(worker);
      let isStopped = false;
      const stop = async (): Promise<void> => {
        if (isStopped) return;
        isStopped = true;
        await stage.settle(worker.stop());
        workers.delete(worker);
        await installation.close();
      };
      onTestFinished(stop);
      return { installation, stop };
    },
    async liveUntil(instant) {
      const end = Temporal.Instant.from(instant);
      // Every loop that looks whether something is due has its turn first: the clock may have been set.
      clock.advance({ milliseconds: 2500 });
      for (;;) {
        await untilIdle();
        const { rows } = await inOrganisation(context, (transaction) =>
          sql<{ next: Temporal.Instant | null }>`
            select min(wake_at) as next from schedule where blocked_by is null`.execute(transaction),
        );
        const next = rows[0]?.next ?? null;
        if (next === null || Temporal.Instant.compare(next, end) > 0) break;
        if (Temporal.Instant.compare(next, clock.now()) > 0) clock.set(next.toString());
      }
      if (Temporal.Instant.compare(end, clock.now()) > 0) clock.set(instant);
      await untilIdle();
    },
    untilHeldUp,
    untilIdle,
    schedule,
    runs: async () => (await listRuns(context, { limit: 1000 })).toReversed(),
    changeSchedule: async (input) => changeSchedule(context, await company.connection(), input),
  };
}
