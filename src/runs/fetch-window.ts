import { inOrganisation } from '../accounts/organisation-context.ts';
import { HajiriError, isHajiriError } from '../errors/hajiri-error.ts';
import { expectedPeople } from './date-coverage.ts';
import { hullOf } from './date-ranges.ts';
import { type DateWindow, daysIn } from './date-window.ts';
import { halve, merge, planChunks, without } from './plan-window.ts';
import { type ChunkOutcome, type ChunkReader, type ChunkReading, readChunk } from './read-chunk.ts';
import { type ChunkEnd, recordChunk } from './run-chunks.ts';
import { holdsRun, type Lease } from './run-lease.ts';
import type { RunProblem } from './run-problem.ts';
import { addCounts, noCounts, type RunCounts } from './run-progress.ts';
import type { ChunkCounts } from './run-states.ts';

/** Chunks by how they ended; a failed one may be one that Keka serves no longer. */
export type WindowOutcome = ChunkCounts & {
  readonly counts: RunCounts;
  readonly problems: readonly RunProblem[];
  /** The failure that ended the run before its last chunk, if one did. */
  readonly stoppedBy: HajiriError | null;
};

type Outcome = { -readonly [Name in keyof WindowOutcome]: WindowOutcome[Name] } & { problems: RunProblem[] };

const mostAttempts = 2;
/**
 * The second reading cuts the pages elsewhere: two records of one day that stood on both sides of a border, which nothing
 * tells from a page that moved, stand on one page then.
 */
const pageSizes = [200, 187] as const;

const nothingYet: WindowOutcome = {
  committed: 0,
  unverified: 0,
  failed: 0,
  tooOld: 0,
  counts: noCounts,
  problems: [],
  stoppedBy: null,
};

/** What a run has that could not begin with its days. */
export function stoppedBefore(error: HajiriError, windows: readonly DateWindow[]): WindowOutcome {
  const { from, to } = hullOf(windows);
  const problems = [{ code: error.code, from, to, details: error.details }];
  return { ...nothingYet, failed: 1, problems, stoppedBy: error };
}

type HeldReader = { readonly reader: ChunkReader; readonly lease: Lease };

export type WindowsToFetch = {
  readonly lease: Lease;
  /** Fetched in this order, each chunk by chunk from its first date on. */
  readonly windows: readonly DateWindow[];
  /** Asked before each chunk but the first. */
  readonly mayGoOn: () => boolean;
};

/**
 * Fetches windows chunk by chunk. A chunk that Keka refuses as too old or too long is halved, down to single days, so
 * that what it serves is read; one with unusual dates is read again without them; any other failure ends the run, and
 * the dates that were not reached are told. Throws what is no failure of Keka: the signal's reason, the database's errors,
 * and `interrupted` when it may not go on or the run is no longer this process's.
 */
export async function fetchWindows(
  reader: ChunkReader,
  { lease, windows, mayGoOn }: WindowsToFetch,
): Promise<WindowOutcome> {
  const people = await inOrganisation(reader.context, (transaction) =>
    expectedPeople(transaction, reader.connectionId),
  );
  const queue = windows.flatMap((window) => planChunks(window, people ?? 0));
  reader.onEvent({ kind: 'planned', chunks: queue.length });
  const outcome: Outcome = { ...nothingYet, problems: [] };
  let number = 0;
  for (let chunk = queue.shift(); chunk !== undefined; chunk = queue.shift()) {
    if (number > 0 && !mayGoOn())
      throw new HajiriError('interrupted', 'Stopped between two parts of the fetch.');
    number += 1;
    const waiting = queue.length;
    const smaller = await fetchChunk({ reader, lease }, chunk, number, outcome, queue);
    queue.unshift(...smaller);
    reader.onEvent({ kind: 'planned', chunks: queue.length - waiting });
    reader.onEvent({ kind: 'chunk_ended' });
    if (outcome.stoppedBy !== null) break;
  }
  return outcome;
}

/** Fetches one chunk and returns the smaller ones to try instead, if any. `queue` holds what comes after. */
async function fetchChunk(
  held: HeldReader,
  chunk: DateWindow,
  number: number,
  outcome: Outcome,
  queue: DateWindow[],
): Promise<readonly DateWindow[]> {
  const { reader } = held;
  for (let attempt = 1; ; attempt += 1) {
    reader.onEvent({ kind: 'chunk_started', window: chunk, attempt });
    const end = { number, window: chunk, attempts: attempt };
    const tried = await tryChunk(held, chunk, end);
    if (tried instanceof Error) return failChunk(reader, tried, end, outcome, queue);
    if (tried.kind === 'disagrees' && attempt < mostAttempts) continue;
    return acceptOutcome(reader, tried, end, outcome);
  }
}

async function tryChunk(
  { reader, lease }: HeldReader,
  chunk: DateWindow,
  end: Pick<ChunkEnd, 'number' | 'window' | 'attempts'>,
): Promise<ChunkOutcome | HajiriError> {
  try {
    const pageSize = pageSizes[end.attempts - 1] ?? pageSizes[0];
    return await readChunk({ ...reader, pageSize }, chunk, async (transaction, reading) => {
      await recordChunk(transaction, reader, { ...end, state: 'committed', reading, errorCode: null });
      // The last statement before the commit: from here on nobody can end the run in between.
      if (!(await holdsRun(transaction, lease))) {
        throw new HajiriError(
          'interrupted',
          'Another process took this fetch for dead, or somebody cancelled it.',
        );
      }
    });
  } catch (error) {
    reader.signal.throwIfAborted();
    if (isHajiriError(error) && !isHajiriError(error, 'internal', 'database_unavailable', 'interrupted'))
      return error;
    throw error;
  }
}

async function acceptOutcome(
  reader: ChunkReader,
  tried: ChunkOutcome,
  end: Pick<ChunkEnd, 'number' | 'window' | 'attempts'>,
  outcome: Outcome,
): Promise<readonly DateWindow[]> {
  if (tried.kind === 'committed') {
    outcome.committed += 1;
    outcome.counts = addCounts(outcome.counts, tried.counts);
    outcome.problems.push(...tried.problems);
    return [];
  }
  outcome.unverified += 1;
  const problems = problemsOf(tried, end.window);
  outcome.problems.push(...problems);
  await recordUncommitted(reader, {
    ...end,
    state: 'unverified',
    reading: tried,
    errorCode: problems[0]?.code ?? null,
  });
  return tried.kind === 'unusual'
    ? without(
        end.window,
        tried.dates.map(({ date }) => date),
      )
    : [];
}

function problemsOf(
  tried: Exclude<ChunkOutcome, { readonly kind: 'committed' }>,
  { from, to }: DateWindow,
): readonly RunProblem[] {
  if (tried.kind === 'disagrees') {
    const { expected, actual } = tried;
    return [{ code: 'totals_disagree', from, to, details: { expected, actual } }];
  }
  return tried.dates.map(({ date, expected, actual }) => ({
    code: actual === 0 ? ('suspicious_empty' as const) : ('suspicious_count' as const),
    from: date,
    to: date,
    details: { expected, actual },
  }));
}

async function failChunk(
  reader: ChunkReader,
  error: HajiriError,
  end: Pick<ChunkEnd, 'number' | 'window' | 'attempts'>,
  outcome: Outcome,
  queue: DateWindow[],
): Promise<readonly DateWindow[]> {
  const isRefused = error.code === 'range_refused';
  // The newer half first: it tells whether the older one is worth a request.
  if (isRefused && daysIn(end.window) > 1) return halve(end.window).toReversed();
  // A single day is refused only for its age, so every older one would be, too.
  const lost = merge([end.window, ...(isRefused ? takeOlder(queue, end.window) : queue)]);
  const failed = isRefused ? (lost[0] ?? end.window) : end.window;
  outcome.failed += 1;
  if (isRefused) outcome.tooOld += 1;
  await recordUncommitted(reader, {
    ...end,
    window: failed,
    state: 'failed',
    reading: null,
    errorCode: error.code,
  });
  if (!isRefused) outcome.stoppedBy = error;
  for (const { from, to } of lost) {
    addFailure(outcome.problems, { code: error.code, from, to, details: error.details });
  }
  return [];
}

function takeOlder(queue: DateWindow[], { from }: DateWindow): readonly DateWindow[] {
  const older = queue.filter(({ to }) => Temporal.PlainDate.compare(to, from) < 0);
  for (const window of older) queue.splice(queue.indexOf(window), 1);
  return older;
}

/** Refused days that follow one another are one problem, whichever chunks they were in. */
function addFailure(problems: RunProblem[], problem: RunProblem): void {
  const before = problems.findIndex(
    ({ code, to }) =>
      code === 'range_refused' &&
      code === problem.code &&
      problem.from !== null &&
      to?.add({ days: 1 }).equals(problem.from) === true,
  );
  const earlier = problems[before];
  if (earlier === undefined) problems.push(problem);
  else problems.splice(before, 1, { ...earlier, to: problem.to });
}

async function recordUncommitted(
  reader: ChunkReader,
  end: Omit<ChunkEnd, 'reading'> & { readonly reading: ChunkReading | null },
): Promise<void> {
  await inOrganisation(reader.context, (transaction) => recordChunk(transaction, reader, end));
}
