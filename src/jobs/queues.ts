/**
 * Every queue, with what its jobs carry: ids alone, never a name, an address or anything that a company would not want
 * another one to see, because the job tables belong to the whole installation.
 */
export type JobData = {
  /** One run of one connection, to be done by whichever process takes it. */
  run: { readonly organisation: string; readonly run: string };
  /** The upkeep of one organisation: everything in `worker/nightly-jobs.ts`. */
  nightly: { readonly organisation: string };
  /** Stored days that are judged anew. */
  reevaluation: { readonly organisation: string; readonly reevaluation: string };
};

export type QueueName = keyof JobData;

export type QueueSettings = {
  /** How often a job is handed out again after its handler threw, or after its process fell silent. */
  readonly retryLimit: number;
  /** The first wait before that; it doubles each time, with some chance in it. */
  readonly retryDelay: number;
  readonly retryDelayMax: number;
  readonly retryBackoff: true;
  /** A process that is silent for so long about a job it took is taken to be dead. */
  readonly heartbeatSeconds: number;
  readonly expireInSeconds: number;
  /** Finished jobs are no record: what happened stands in tables of our own. */
  readonly deleteAfterSeconds: number;
};

const common: QueueSettings = {
  retryLimit: 5,
  retryDelay: 5,
  retryDelayMax: 300,
  retryBackoff: true,
  heartbeatSeconds: 60,
  // pg-boss allows no more than a day.
  expireInSeconds: 23 * 3600,
  deleteAfterSeconds: 3600,
};

/** `exclusive`: of several jobs with one key, one waits or is being done. */
export const queues: Readonly<Record<QueueName, QueueSettings & { readonly policy: 'exclusive' }>> = {
  run: { ...common, policy: 'exclusive' },
  nightly: { ...common, retryDelay: 60, policy: 'exclusive' },
  reevaluation: { ...common, policy: 'exclusive' },
};
