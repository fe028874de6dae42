import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { atCommandLine } from '../src/accounts/actor.ts';
import { inOrganisation } from '../src/accounts/organisation-context.ts';
import { findOrganisation } from '../src/accounts/organisations.ts';
import { systemClock } from '../src/clock/clock.ts';
import { findConnection } from '../src/connections/connections.ts';
import { openDatabase } from '../src/db/open-database.ts';
import { createKekaClient } from '../src/keka/keka-client.ts';
import { createKekaHosts } from '../src/keka/keka-hosts.ts';
import { createRequestBudget } from '../src/keka/request-budget.ts';
import { keepHeapSmall } from '../src/processes/heap-growth.ts';
import { fetchAttendance } from '../src/runs/fetch-attendance.ts';
import { benchKey } from './serve-company.ts';

// One measured process: a first read of one day, then an unchanged second read. Prints the
// times in milliseconds and the greatest resident memory in kibibytes as one line of JSON.

const taskSchema = z.object({
  address: z.object({
    kind: z.literal('socket'),
    host: z.string(),
    port: z.number(),
    user: z.string(),
    password: z.string(),
    database: z.string(),
  }),
  loginUrl: z.string(),
  tenantUrl: z.string(),
  date: z.string(),
  concurrency: z.number(),
});
export type FetchTask = z.infer<typeof taskSchema>;

export const fetchMeasurement = z.object({
  first: z.number(),
  reread: z.number(),
  peakKibibytes: z.number(),
  inserted: z.number(),
  unchanged: z.number(),
});

async function measure(task: FetchTask): Promise<z.infer<typeof fetchMeasurement>> {
  const database = openDatabase(task.address);
  const organisation = await findOrganisation(database.kysely);
  const context = { ...atCommandLine('bench'), kysely: database.kysely, clock: systemClock, organisation };
  const read = async () => {
    const connection = await findConnection(context, 'bench');
    const client = createKekaClient({
      subdomain: connection.subdomain,
      environment: 'keka',
      credentials: benchKey,
      hosts: createKekaHosts(task),
      budget: createRequestBudget({ requestsPerMinute: 1_000_000, clock: systemClock }),
      clock: systemClock,
    });
    const startedAt = performance.now();
    const date = Temporal.PlainDate.from(task.date);
    const { runId } = await fetchAttendance(context, {
      connection,
      client,
      trigger: 'manual',
      window: { from: date, to: date },
      peopleReadHours: 20,
      graceAfterShiftMinutes: 120,
      unusualCountShare: 0.6,
      acceptUnusualCount: false,
      concurrency: task.concurrency,
      signal: new AbortController().signal,
      onEvent: () => {},
    });
    const milliseconds = performance.now() - startedAt;
    await client.close();
    const run = await inOrganisation(context, (transaction) =>
      transaction
        .selectFrom('run')
        .select(['inserted', 'unchanged', 'state'])
        .where('id', '=', runId)
        .executeTakeFirstOrThrow(),
    );
    return { milliseconds, ...run };
  };
  const first = await read();
  const reread = await read();
  await database.close();
  return {
    first: first.milliseconds,
    reread: reread.milliseconds,
    peakKibibytes: await readPeak(),
    inserted: first.inserted,
    unchanged: reread.unchanged,
  };
}

/**
 * The greatest resident memory of this program. What the system counts for the process (`maxRSS`) would begin with the
 * memory of the parent that started it, and a parent that holds 100,000 rows is large.
 */
async function readPeak(): Promise<number> {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS;
  const peak = /^VmHWM:\s+(\d+) kB$/m.exec(await readFile('/proc/self/status', 'utf8'))?.[1];
  if (peak === undefined) throw new Error('the system does not tell the peak memory of this process');
  return Number(peak);
}

if (import.meta.main) {
  // As the command line does.
  keepHeapSmall();
  const task = taskSchema.parse(JSON.parse(process.argv[2] ?? ''));
  process.stdout.write(`${JSON.stringify(await measure(task))}\n`);
}
