import { throwDice } from '../sandbox/generate/dice.ts';
import { systemClock } from '../src/clock/clock.ts';
import {
  comparedTables,
  readContent,
  readRunTotals,
  readWhole,
  type StoredContent,
} from './crash-content.ts';
import { judgeContent } from './crash-judgement.ts';
import { createFetchObserver, type FetchObserver } from './crash-progress.ts';
import { type CrashStage, openCrashStage, type Version } from './crash-stage.ts';

// Kills fetches, and the database under them, at random moments, and looks after each kill at what is stored: every
// chunk is there as a clean fetch stores it, or as it was before, and none that was told to be committed is missing.
// Then each interrupted connection is fetched once more, and must hold what a clean fetch holds. The fetches alternate
// between two versions of the data, so that there is always something to write.

export const targets = ['hajiri', 'database', 'both'] as const;
export type Target = (typeof targets)[number];

/** What the fetch was at when it was killed. */
export const phases = ['people', 'asking', 'storing', 'committing'] as const;
export type Phase = (typeof phases)[number];

export type Kill = {
  readonly number: number;
  readonly target: Target;
  readonly phase: Phase;
  /** Chunks that had been told to be committed, and dates that were stored after the kill. */
  readonly acknowledged: number;
  readonly storedDates: number;
};

export type CrashResult = {
  readonly seed: number;
  readonly kills: readonly Kill[];
  /** Connections that were killed, fetched once more, and compared with the clean one. */
  readonly connections: number;
  readonly rows: number;
  readonly seconds: number;
  /** Everything that was not as it has to be, as sentences. */
  readonly faults: readonly string[];
};

export type CrashOptions = {
  readonly kills: number;
  readonly seed: number;
  readonly signal?: AbortSignal;
  readonly onKill?: (kill: Kill) => void;
};

/** How many fetches of one connection are killed at most before it may end one. */
const mostKillsOfConnection = 9;

type Clean = {
  readonly content: Readonly<Record<Version, StoredContent>>;
  /** Of the first version. */
  readonly whole: readonly string[];
  readonly lines: number;
};

type Trial = {
  readonly stage: CrashStage;
  readonly chance: Chance;
  readonly options: CrashOptions;
  readonly clean: Clean;
  readonly kills: Kill[];
  readonly faults: string[];
};

export async function runCrashTrial(options: CrashOptions): Promise<CrashResult> {
  const startedAt = performance.now();
  const stage = await openCrashStage();
  try {
    const trial: Trial = {
      stage,
      chance: createChance(options.seed),
      options,
      clean: await fetchCleanly(stage),
      kills: [],
      faults: [],
    };
    let connections = 0;
    while (trial.kills.length < options.kills) {
      connections += 1;
      await tryConnection(trial, `killed ${connections}`);
    }
    const { kills, faults, clean } = trial;
    const seconds = (performance.now() - startedAt) / 1000;
    return { seed: options.seed, kills, connections, rows: clean.whole.length, seconds, faults };
  } finally {
    await stage.close();
  }
}

/** A whole number from 0 to `below` - 1, each time another one; the same ones for the same seed. */
type Chance = (below: number) => number;

function createChance(seed: number): Chance {
  let question = 0;
  const dice = throwDice(seed, 0, 0);
  return (below) => dice.between((question += 1), 0, below - 1);
}

async function fetchCleanly(stage: CrashStage): Promise<Clean> {
  const observer = createFetchObserver();
  const fetchOne = async (version: Version) => {
    const connection = await stage.addConnection(`clean, ${version}`);
    const { exitCode, told } = await startFetch(stage, `clean, ${version}`, version, observer).ended;
    if (exitCode !== 0) throw new Error(`the clean fetch failed: ${told}`);
    return connection;
  };
  const connection = await fetchOne('first');
  const lines = observer.lines();
  const { pool } = stage.database();
  const first = await readContent(pool, connection);
  const second = await readContent(pool, await fetchOne('second'));
  if (first.chunks.length < 5) throw new Error('the clean fetch has too few chunks');
  return { content: { first, second }, whole: await readWhole(pool, connection), lines };
}

function startFetch(stage: CrashStage, name: string, version: Version, observer: FetchObserver) {
  stage.serve(version);
  const { from, to } = stage;
  const fetching = stage.home.start(['fetch', '--connection', name, '--from', from, '--to', to]);
  fetching.onTold(observer.hear);
  return fetching;
}

/** Kills some fetches of a new connection, then lets one go through and compares. */
async function tryConnection(trial: Trial, name: string): Promise<void> {
  const { stage, options, chance } = trial;
  const connection = await stage.addConnection(name);
  const wanted = 1 + chance(mostKillsOfConnection);
  let killed = 0;
  let before: readonly string[] = [];
  while (killed < wanted && trial.kills.length < options.kills) {
    options.signal?.throwIfAborted();
    const version = killed % 2 === 0 ? 'first' : 'second';
    const kill = await killFetch(trial, name, version);
    if (kill === null) break; // it was quicker than its killer
    killed += 1;
    const content = await readContent(stage.database().pool, connection);
    const report = { ...kill.report, number: trial.kills.length + 1, storedDates: content.days.size };
    const at = `kill ${report.number} (${report.target}, ${report.phase})`;
    trial.faults.push(
      ...kill.faults.map((fault) => `${at}: ${fault}`),
      ...judgeContent(trial.clean.content, content, {
        before,
        version,
        acknowledged: kill.acknowledged,
      }).map((fault) => `${at}: ${fault}`),
    );
    before = [...content.days.keys()];
    trial.kills.push(report);
    options.onKill?.(report);
  }
  trial.faults.push(...(await rerun(trial, name, connection, killed)).map((fault) => `${name}: ${fault}`));
}

type Killed = {
  readonly report: Pick<Kill, 'target' | 'phase' | 'acknowledged'>;
  readonly acknowledged: readonly string[];
  readonly faults: readonly string[];
};

/** Null when the fetch ended before its moment came. */
async function killFetch(trial: Trial, name: string, version: Version): Promise<Killed | null> {
  const { stage, chance, kills } = trial;
  // In turn, so that few kills meet each target too; the moment is by chance.
  const target = targets[kills.length % targets.length] ?? 'hajiri';
  const observer = createFetchObserver();
  const fetching = startFetch(stage, name, version, observer);
  await observer.until(chooseMoment(trial, observer), fetching.ended);
  await systemClock.sleep(chance(12));
  if (fetching.isOver()) return null;

  const phase = phaseOf(observer, stage);
  if (target !== 'hajiri') process.kill(stage.database().serverPid, 'SIGKILL');
  if (target !== 'database') fetching.signal('SIGKILL');
  const { exitCode, told } = await fetching.ended;
  const faults: string[] = [];
  if (target === 'database') {
    if (exitCode === 0) faults.push('the fetch went well without a database');
    if (!told.includes('docs/problems/database_unavailable.md')) {
      faults.push(`it ended with code ${exitCode} and other words: ${lastWords(told)}`);
    }
  }
  if (target === 'hajiri') await untilAlone(stage);
  else await stage.reopen();
  const acknowledged = observer.acknowledged();
  return { report: { target, phase, acknowledged: acknowledged.length }, acknowledged, faults };
}

/** A third of the kills wait for a commit to begin; the others for any line of progress. */
function chooseMoment({ chance, clean }: Trial, observer: FetchObserver): () => boolean {
  if (chance(3) === 0) {
    const commit = 1 + chance(clean.content.first.chunks.length);
    return () => observer.commitsBegun() >= commit;
  }
  const line = 1 + chance(clean.lines);
  return () => observer.lines() >= line;
}

function phaseOf(observer: FetchObserver, { sandbox }: CrashStage): Phase {
  if (observer.isReadingPeople()) return 'people';
  if (observer.isCommitting()) return 'committing';
  // The sandbox takes a while for each page, so that a fetch that waits can be told from one that stores.
  const isAsking = sandbox.control
    .requests()
    .slice(-4)
    .some(({ status }) => status === null);
  return isAsking ? 'asking' : 'storing';
}

/** What a killed process had asked of the server may still be under way, its commit too. */
async function untilAlone(stage: CrashStage): Promise<void> {
  const { pool } = stage.database();
  for (;;) {
    const { rows } = await pool.query<{ others: number }>(
      `select count(*)::int as others from pg_stat_activity
      where backend_type = 'client backend' and pid <> pg_backend_pid() and state is not null and state <> 'idle'`,
    );
    const { rows: all } = await pool.query<{ clients: number }>(
      `select count(*)::int as clients from pg_stat_activity where backend_type = 'client backend'`,
    );
    if (rows[0]?.others === 0 && (all[0]?.clients ?? 0) <= pool.totalCount) return;
    await systemClock.sleep(5);
  }
}

/** One fetch that nobody disturbs; what is different from the clean connection afterwards. */
async function rerun(
  { stage, clean }: Trial,
  name: string,
  connection: string,
  killed: number,
): Promise<readonly string[]> {
  const { exitCode, told } = await startFetch(stage, name, 'first', createFetchObserver()).ended;
  if (exitCode !== 0) return [`the fetch after the kills ended with code ${exitCode}: ${lastWords(told)}`];
  const { pool } = stage.database();
  const faults: string[] = [];
  const whole = await readWhole(pool, connection);
  for (const table of comparedTables) {
    const [found, wanted] = [whole, clean.whole].map((rows) =>
      rows.filter((row) => row.startsWith(`${table} `)),
    );
    if (found?.join('\n') !== wanted?.join('\n')) {
      faults.push(
        `${table} has ${found?.length ?? 0} rows that differ from the ${wanted?.length ?? 0} of a clean fetch`,
      );
    }
  }
  const days = clean.whole.filter((row) => row.startsWith('attendance_day ')).length;
  const totals = await readRunTotals(pool, connection);
  if (totals.running > 0) faults.push(`${totals.running} runs are still said to be running`);
  if (totals.interrupted !== killed)
    faults.push(`${totals.interrupted} of ${killed} killed runs are told as interrupted`);
  // Each day was new exactly once, in whatever run, also in those that could not say so themselves.
  if (totals.inserted !== days)
    faults.push(`${totals.inserted} days were told as new, and there are ${days}`);
  if (totals.changed !== totals.revisions) {
    faults.push(`${totals.changed} days were told as changed, and ${totals.revisions} revisions are kept`);
  }
  return faults;
}

/** What it told besides its progress. */
function lastWords(told: string): string {
  const lines = told.split('\n').filter((line) => !line.startsWith('{"progress"'));
  return lines.join(' ').slice(0, 500);
}
