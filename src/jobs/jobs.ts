import type { Pool } from 'pg';
import { fromKysely, type Job, PgBoss } from 'pg-boss';
import { jobSchema } from '../db/job-tables.ts';
import { toDatabaseError } from '../db/open-database.ts';
import { asOwner, type OrganisationTransaction } from '../db/tenancy.ts';
import type { Log } from '../log/log.ts';
import { bossDatabase } from './boss-database.ts';
import { type JobData, type QueueName, queues } from './queues.ts';

export type TakenJob<Name extends QueueName> = {
  readonly id: string;
  readonly retryCount: number;
  readonly data: JobData[Name];
};

export type SendOptions = {
  /** Higher ones are taken first; 0 when left out. */
  readonly priority?: number;
  /** A second job with the same key is dropped while the first one waits or is being done. */
  readonly key: string;
  /** By the clock of the database. */
  readonly startAfterSeconds?: number;
};

/** The one way to pg-boss. Whoever sends a job does so in the transaction that makes it necessary. */
export type Jobs = {
  send<Name extends QueueName>(
    transaction: OrganisationTransaction,
    name: Name,
    data: JobData[Name],
    options: SendOptions,
  ): Promise<void>;
  /** Takes up to `count` jobs, which are this process's until it says how they ended, or is silent for a minute. */
  take<Name extends QueueName>(name: Name, count: number): Promise<readonly TakenJob<Name>[]>;
  /** Says that the jobs are still being done. */
  touch(name: QueueName, jobs: readonly TakenJob<QueueName>[]): Promise<void>;
  complete(name: QueueName, job: TakenJob<QueueName>): Promise<void>;
  /** Has it tried again later, until its tries are used up. */
  fail(name: QueueName, job: TakenJob<QueueName>): Promise<void>;
  /** Frees what dead processes took, and deletes what is long over; of use about once a minute. */
  tidy(): Promise<void>;
  close(): Promise<void>;
};

/** Nothing is asked of the database before the first use: most commands have no job. */
export function createJobs(options: { readonly pool: Pool; readonly log: Log }): Jobs {
  const { pool, log } = options;
  let starting: Promise<PgBoss> | null = null;

  function started(): Promise<PgBoss> {
    starting ??= start(pool, log).catch((error: unknown) => {
      starting = null;
      throw error;
    });
    return starting;
  }

  async function ask<Answer>(question: (boss: PgBoss) => Promise<Answer>): Promise<Answer> {
    try {
      return await question(await started());
    } catch (error) {
      throw toDatabaseError(error);
    }
  }

  return {
    send: (transaction, name, data, { key, priority = 0, startAfterSeconds }) =>
      ask(async (boss) => {
        await asOwner(transaction, async () => {
          const db = fromKysely(transaction);
          const later = startAfterSeconds === undefined ? {} : { startAfter: startAfterSeconds };
          await boss.send(name, data, { db, singletonKey: key, priority, ...later });
        });
      }),
    take: (name, count) =>
      ask(async (boss) => {
        const jobs: Job<JobData[typeof name]>[] = await boss.fetch(name, { batchSize: count });
        return jobs.map(({ id, retryCount, data }) => ({ id, retryCount, data }));
      }),
    touch: (name, jobs) => ask(async (boss) => void (await boss.touch(name, attempts(jobs)))),
    complete: (name, job) => ask(async (boss) => void (await boss.complete(name, attempts([job])))),
    fail: (name, job) => ask(async (boss) => void (await boss.fail(name, attempts([job])))),
    tidy: () => ask((boss) => boss.supervise()),
    async close() {
      const boss = await starting?.catch(() => null);
      await boss?.stop({ graceful: false, close: false });
    },
  };
}

/** What was retried since is somebody else's. */
function attempts(jobs: readonly TakenJob<QueueName>[]): { id: string; retryCount: number }[] {
  return jobs.map(({ id, retryCount }) => ({ id, retryCount }));
}

async function start(pool: Pool, log: Log): Promise<PgBoss> {
  const boss = new PgBoss({
    db: bossDatabase(pool),
    schema: jobSchema,
    // The tables came with the migration; what has to be done regularly, the worker does on the injected clock.
    migrate: false,
    createSchema: false,
    supervise: false,
    schedule: false,
    registerInstance: false,
    monitorVacuum: false,
    reindex: false,
    openTelemetry: { enabled: false },
  });
  // Without a listener an error of its own would end the process. Only its kind: the text may hold values.
  boss.on('error', (error) => log.warn({ error: error.name }, 'job_queue_failed'));
  boss.on('warning', ({ data }) =>
    log.warn({ warning: String(Reflect.get(data ?? {}, 'type')) }, 'job_queue_warned'),
  );
  try {
    await boss.start();
    await ensureQueues(boss);
    return boss;
  } catch (error) {
    await boss.stop({ graceful: false, close: false }).catch(() => {}); // the first error is the one to tell
    throw error;
  }
}

async function ensureQueues(boss: PgBoss): Promise<void> {
  const present = new Map((await boss.getQueues()).map((queue) => [queue.name, queue]));
  for (const [name, settings] of Object.entries(queues)) {
    const queue = present.get(name);
    if (queue === undefined) await boss.createQueue(name, settings);
    else if (Object.entries(settings).some(([key, value]) => Reflect.get(queue, key) !== value)) {
      const { policy: _fixed, ...changeable } = settings;
      await boss.updateQueue(name, changeable);
    }
  }
}
