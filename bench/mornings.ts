import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { z } from 'zod';
import { exitCodes, type Terminal, writeJson } from '../src/cli/terminal.ts';
import { systemClock } from '../src/clock/clock.ts';
import { openEmbeddedServer } from '../src/db/embedded/embedded-server.ts';
import { InvalidInputError } from '../src/errors/hajiri-error.ts';
import { renderTable } from '../src/reports/render-table.ts';
import { type BenchDatabases, createBenchDatabases } from './bench-databases.ts';
import { prepareCompanies } from './prepare-companies.ts';
import { type BenchProcess, startBenchProcess } from './start-bench-process.ts';
import { workerCost } from './work-mornings.ts';

const people = 200;
const answerMilliseconds = 300;
const runsAtATime = 8;
/** Four workers against one: so many times sooner. */
const target = 3;

const companiesSchema = z.object({ loginUrl: z.string(), tenantUrl: z.string(), today: z.string() });
const endSchema = z.object({ busiestMinute: z.number() });

type Morning = { readonly seconds: number; readonly cpuSeconds: number; readonly statements: number };

/**
 * `--connections N` (1,000), `--json`. As many connections, each of 200 people, fall due in the same minute while each of Keka's
 * answers takes 300 ms: how long until every one of them is done, by one worker and by four. Returns 1 when four are not
 * three times sooner, or when any company was asked more often than its limit allows.
 */
export async function run(args: readonly string[], terminal: Terminal, signal: AbortSignal): Promise<number> {
  const tell = (text: string): void => {
    signal.throwIfAborted();
    terminal.tell(text);
  };
  const connections = readConnections(args);
  const result = await measureMornings(connections, tell, signal);
  const sooner = result.one.seconds / result.four.seconds;
  const isMet = sooner >= target && result.busiestMinute <= 50;
  if (args.includes('--json')) writeJson(terminal, { connections, people, ...result, sooner, isMet });
  else terminal.write(describe(connections, { ...result, sooner }));
  return isMet ? exitCodes.success : exitCodes.failure;
}

function readConnections(args: readonly string[]): number {
  const position = args.indexOf('--connections');
  if (position === -1) return 1000;
  const count = Number(args[position + 1]);
  if (Number.isInteger(count) && count >= 8 && count <= 10_000) return count;
  throw new InvalidInputError([{ field: '--connections', reason: 'must be a whole number from 8 to 10000' }]);
}

type Measured = { readonly one: Morning; readonly four: Morning; readonly busiestMinute: number };

async function measureMornings(
  connections: number,
  tell: (text: string) => void,
  signal: AbortSignal,
): Promise<Measured> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'hajiri-bench-'));
  const server = await openEmbeddedServer({ dataFolder, claim: 'exclusive', clock: systemClock });
  const keka = startBenchProcess('serve-companies.ts', [connections, people, answerMilliseconds].map(String));
  try {
    const companies = companiesSchema.parse(await keka.nextLine());
    const databases = createBenchDatabases(server.connection);
    const encryptionKey = randomBytes(32).toString('base64');
    await databases.replace('prepared', null);
    tell(`making ${connections} companies of ${people} people\n`);
    await prepareCompanies(databases.address('prepared'), {
      connections,
      people,
      encryptionKey,
      ...companies,
    });
    const scene = { databases, connections, encryptionKey, companies, signal };
    tell('a morning of four workers, so that everybody is known and linked\n');
    await liveMorning({ ...scene, database: 'prepared', workers: 4 });
    await forget(databases);
    const measure = async (workers: number): Promise<Morning> => {
      await databases.replace('morning', 'prepared');
      const morning = await liveMorning({ ...scene, database: 'morning', workers });
      tell(`${workers} ${workers === 1 ? 'worker' : 'workers'}: ${morning.seconds.toFixed(1)} s\n`);
      return morning;
    };
    const four = await measure(4);
    const one = await measure(1);
    keka.endInput();
    const { busiestMinute } = endSchema.parse(await keka.nextLine());
    return { one, four, busiestMinute };
  } finally {
    keka.endInput();
    await keka.ended;
    await server.close();
    await rm(dataFolder, { recursive: true, force: true });
  }
}

/** People and links stay; what was read of days, and by which runs, is no longer there. */
async function forget(databases: BenchDatabases): Promise<void> {
  await withClient(databases, 'prepared', async (client) => {
    await client.query('truncate attendance_day, date_coverage, revision, run cascade');
    await client.query('update connection set people_read_at = null');
    await client.query(
      'update schedule set last_due_at = null, last_due_on = null, follow_up_at = null, follow_up_reason = null',
    );
    await client.query('vacuum analyze');
  });
}

type Scene = {
  readonly databases: BenchDatabases;
  readonly connections: number;
  readonly encryptionKey: string;
  readonly companies: z.infer<typeof companiesSchema>;
  readonly database: string;
  readonly workers: number;
  readonly signal: AbortSignal;
};

/** Workers start, wait, and then everything falls due at once. */
async function liveMorning(scene: Scene): Promise<Morning> {
  const { databases, database, connections } = scene;
  return withClient(databases, database, async (client) => {
    await client.query(
      `update schedule set wake_at = now() + interval '1 hour', next_due_at = now() + interval '1 hour'`,
    );
    const workers = Array.from({ length: scene.workers }, () => startWorker(scene));
    try {
      for (const worker of workers) await worker.nextLine();
      const { rows } = await client.query<{ at: Temporal.Instant | Date }>('select now() as at');
      await client.query(`update schedule set wake_at = now(), next_due_at = now() - interval '1 minute'`);
      const seconds = await untilDone(
        client,
        scene,
        String(rows[0]?.at instanceof Date ? rows[0].at.toISOString() : rows[0]?.at),
      );
      const costs = await Promise.all(workers.map((worker) => stop(worker)));
      const sum = (of: (cost: z.infer<typeof workerCost>) => number) =>
        costs.reduce((total, cost) => total + of(cost), 0);
      return {
        seconds,
        cpuSeconds: sum(({ cpuSeconds }) => cpuSeconds) / connections,
        statements: sum(({ statements }) => statements) / connections,
      };
    } finally {
      for (const worker of workers) worker.kill();
      await Promise.all(workers.map(({ ended }) => ended));
    }
  });
}

async function untilDone(client: Client, { connections, signal }: Scene, since: string): Promise<number> {
  for (;;) {
    const { rows } = await client.query<{ complete: number; seconds: number }>(
      `select count(*)::int as complete, extract(epoch from max(ended_at) - $1::timestamptz)::float as seconds
       from run where is_complete and requested_at >= $1::timestamptz`,
      [since],
    );
    const [row] = rows;
    if (row !== undefined && row.complete >= connections) return row.seconds;
    await systemClock.sleep(500, signal);
  }
}

function startWorker({ databases, database, companies, encryptionKey }: Scene): BenchProcess {
  const { host, port, user, password, database: name } = databases.address(database);
  return startBenchProcess('work-mornings.ts', [], {
    PATH: process.env['PATH'],
    DATABASE_URL: `postgres://${user}:${encodeURIComponent(password)}@localhost:${port}/${name}?host=${encodeURIComponent(host)}`,
    HAJIRI_ENCRYPTION_KEY: encryptionKey,
    HAJIRI_KEKA_LOGIN_URL: companies.loginUrl,
    HAJIRI_KEKA_TENANT_URL: companies.tenantUrl,
    HAJIRI_RUNS_AT_A_TIME: String(runsAtATime),
  });
}

async function stop(worker: BenchProcess): Promise<z.infer<typeof workerCost>> {
  worker.terminate();
  return workerCost.parse(await worker.nextLine());
}

async function withClient<Result>(
  databases: BenchDatabases,
  database: string,
  work: (client: Client) => Promise<Result>,
): Promise<Result> {
  const { kind: _, ...address } = databases.address(database);
  const client = new Client(address);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function describe(connections: number, result: Measured & { readonly sooner: number }): string {
  const rows = [
    { name: 'one worker', ...result.one },
    { name: 'four workers', ...result.four },
  ];
  const table = renderTable(
    [
      { name: `${connections} connections`, cell: (row: (typeof rows)[number]) => row.name },
      { name: 'Seconds', cell: (row: (typeof rows)[number]) => row.seconds.toFixed(1) },
      { name: 'Processor ms each', cell: (row: (typeof rows)[number]) => (row.cpuSeconds * 1000).toFixed(0) },
      { name: 'Statements each', cell: (row: (typeof rows)[number]) => row.statements.toFixed(0) },
    ],
    rows,
  );
  return `${table}\nFour workers are ${result.sooner.toFixed(2)} times sooner; ${target} is promised.\nThe busiest minute of any company had ${result.busiestMinute} requests; 50 are allowed.\n`;
}
