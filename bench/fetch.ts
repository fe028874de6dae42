import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';
import { exitCodes, type Terminal, writeJson } from '../src/cli/terminal.ts';
import { systemClock } from '../src/clock/clock.ts';
import { openEmbeddedServer } from '../src/db/embedded/embedded-server.ts';
import { InvalidInputError } from '../src/errors/hajiri-error.ts';
import type { Column } from '../src/reports/render-csv.ts';
import { renderTable } from '../src/reports/render-table.ts';
import { type BenchDatabases, createBenchDatabases } from './bench-databases.ts';
import { drainAndCopy } from './fetch-floor.ts';
import { type FetchTask, fetchMeasurement } from './fetch-once.ts';
import { measureLimitedReading } from './limited-reading.ts';
import { prepareCompany } from './prepare-company.ts';

const companySchema = z.object({ loginUrl: z.string(), tenantUrl: z.string(), yesterday: z.string() });
export type BenchCompany = z.infer<typeof companySchema>;

const concurrency = 4;
const rounds = 5;
/** What the product promises, against what it needs at least. */
export const targets = { first: 1.5, reread: 0.6, memoryMebibytes: 40, limitUse: 0.98 } as const;

export type FetchBench = {
  readonly people: number;
  readonly floorMilliseconds: number;
  readonly firstMilliseconds: number;
  readonly rereadMilliseconds: number;
  readonly firstToFloor: number;
  readonly rereadToFirst: number;
  readonly peakMebibytes: { readonly small: number; readonly large: number; readonly growth: number };
  readonly limit: Awaited<ReturnType<typeof measureLimitedReading>>;
};

/**
 * `--people N` (100,000), `--json`. One day of that many people, fetched by the product and by the least that could do
 * it: the same pages drained with bare undici, parsed, and copied into the same table. Each round does both, in fresh
 * databases; medians count. Returns 1 when a target is missed.
 */
export async function run(args: readonly string[], terminal: Terminal, signal: AbortSignal): Promise<number> {
  const tell = (text: string): void => {
    // Between two measurements is a good place to stop.
    signal.throwIfAborted();
    terminal.tell(text);
  };
  const result = await measureFetch(readPeople(args), tell);
  const checks = judge(result);
  if (args.includes('--json')) writeJson(terminal, { ...result, checks });
  else terminal.write(describe(result, checks));
  return checks.every(({ met }) => met) ? exitCodes.success : exitCodes.failure;
}

function readPeople(args: readonly string[]): number {
  const position = args.indexOf('--people');
  if (position === -1) return 100_000;
  const people = Number(args[position + 1]);
  if (Number.isInteger(people) && people >= 1000 && people <= 1_000_000) return people;
  throw new InvalidInputError([{ field: '--people', reason: 'must be a whole number from 1000 to 1000000' }]);
}

async function measureFetch(people: number, tell: (text: string) => void): Promise<FetchBench> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'hajiri-bench-'));
  const server = await openEmbeddedServer({ dataFolder, claim: 'exclusive', clock: systemClock });
  try {
    const databases = createBenchDatabases(server.connection);
    const large = await measureCompany(databases, people, rounds, tell);
    const small = await measureCompany(databases, Math.ceil(people / 10), 3, tell);
    tell('reading under the limit, in simulated time\n');
    const limit = await measureLimitedReading(200 * 500);
    const [largePeak, smallPeak] = [large, small].map(({ peaks }) => median(peaks) / 1024);
    return {
      people,
      floorMilliseconds: median(large.floors),
      firstMilliseconds: median(large.firsts),
      rereadMilliseconds: median(large.rereads),
      firstToFloor: median(large.firsts) / median(large.floors),
      rereadToFirst: median(large.rereads) / median(large.firsts),
      peakMebibytes: {
        small: smallPeak ?? 0,
        large: largePeak ?? 0,
        growth: (largePeak ?? 0) - (smallPeak ?? 0),
      },
      limit,
    };
  } finally {
    await server.close();
    await rm(dataFolder, { recursive: true, force: true });
  }
}

type Measured = { floors: number[]; firsts: number[]; rereads: number[]; peaks: number[] };

async function measureCompany(
  databases: BenchDatabases,
  people: number,
  times: number,
  tell: (text: string) => void,
): Promise<Measured> {
  const { company, stop } = await serveCompany(people);
  try {
    tell(`${people} people: importing the directory and linking everybody\n`);
    await databases.replace('prepared', null);
    await prepareCompany(databases.address('prepared'), company, people);
    const measured: Measured = { floors: [], firsts: [], rereads: [], peaks: [] };
    for (let round = 0; round <= times; round += 1) {
      await databases.replace('product', 'prepared');
      const fetched = await fetchOnce({
        ...company,
        address: databases.address('product'),
        date: company.yesterday,
        concurrency,
      });
      const rows = await databases.exportDays('product');
      await databases.replace('floor', 'prepared');
      const floor = await drainAndCopy({ databases, company, rows, concurrency });
      // The first round warms the file system, the sandbox and PostgreSQL up.
      if (round === 0) continue;
      measured.floors.push(floor);
      measured.firsts.push(fetched.first);
      measured.rereads.push(fetched.reread);
      measured.peaks.push(fetched.peakKibibytes);
      tell(
        `${people} people, round ${round}: floor ${floor.toFixed(0)} ms, first read ${fetched.first.toFixed(0)} ms, second ${fetched.reread.toFixed(0)} ms\n`,
      );
    }
    return measured;
  } finally {
    await stop();
  }
}

async function serveCompany(people: number): Promise<{ company: BenchCompany; stop: () => Promise<void> }> {
  const script = fileURLToPath(new URL('serve-company.ts', import.meta.url));
  const child: ChildProcess = spawn(process.execPath, [script, String(people)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  if (child.stdin === null || child.stdout === null) throw new Error('the sandbox has no pipes');
  const { stdin, stdout } = child;
  const [line]: unknown[] = await once(createInterface({ input: stdout }), 'line');
  return {
    company: companySchema.parse(JSON.parse(String(line))),
    stop: async () => {
      const ended = once(child, 'exit');
      stdin.end();
      await ended;
    },
  };
}

async function fetchOnce(task: FetchTask): Promise<z.infer<typeof fetchMeasurement>> {
  const script = fileURLToPath(new URL('fetch-once.ts', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [script, JSON.stringify(task)]);
  return fetchMeasurement.parse(JSON.parse(stdout));
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

type Check = {
  readonly name: string;
  readonly value: number;
  readonly target: string;
  readonly met: boolean;
};

function judge(result: FetchBench): readonly Check[] {
  const atMost = (name: string, value: number, target: number): Check => ({
    name,
    value: Number(value.toFixed(3)),
    target: `at most ${target}`,
    met: value <= target,
  });
  return [
    atMost('first read / floor', result.firstToFloor, targets.first),
    atMost('second read / first read', result.rereadToFirst, targets.reread),
    atMost('MiB above those for a tenth of the people', result.peakMebibytes.growth, targets.memoryMebibytes),
    ...result.limit.flatMap(({ window, use, refusals }) => [
      {
        name: `share used of 50 a minute, ${window} window`,
        value: Number(use.toFixed(3)),
        target: `at least ${targets.limitUse}`,
        met: use >= targets.limitUse,
      },
      atMost(`refused requests, ${window} window`, refusals, 0),
    ]),
  ];
}

function describe(result: FetchBench, checks: readonly Check[]): string {
  const milliseconds = (value: number) => `${value.toFixed(0)} ms`;
  const times = [
    { name: 'floor: drain, JSON.parse, one COPY', value: milliseconds(result.floorMilliseconds) },
    { name: 'first read, committed', value: milliseconds(result.firstMilliseconds) },
    { name: 'unchanged second read', value: milliseconds(result.rereadMilliseconds) },
  ];
  type Time = (typeof times)[number];
  const timeColumns: readonly Column<Time>[] = [
    { name: '', cell: ({ name }) => name },
    { name: 'Time', cell: ({ value }) => value },
  ];
  const checkColumns: readonly Column<Check>[] = [
    { name: '', cell: ({ name }) => name },
    { name: 'Measured', cell: ({ value }) => value },
    { name: 'Target', cell: ({ target }) => target },
    { name: 'Met', cell: ({ met }) => (met ? 'yes' : 'NO') },
  ];
  return [
    `One day of ${result.people} people; medians of ${rounds} rounds`,
    renderTable(timeColumns, times),
    '',
    renderTable(checkColumns, checks),
    '',
  ].join('\n');
}
