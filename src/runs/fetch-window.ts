import { inOrganisation } from '../accounts/organisation-context.ts';
import { type HajiriError, isHajiriError } from '../errors/hajiri-error.ts';
import { expectedPeople } from './date-coverage.ts';
import { type DateWindow, daysIn } from './date-window.ts';
import { halve, merge, planChunks, without } from './plan-window.ts';
import { type ChunkOutcome, type ChunkReader, type ChunkReading, readChunk } from './read-chunk.ts';
import { type ChunkEnd, recordChunk } from './run-chunks.ts';
import type { RunProblem } from './run-problem.ts';
import { addCounts, noCounts, type RunCounts } from './run-progress.ts';

export type WindowOutcome = {
  readonly committed: number;
  readonly unverified: number;
  readonly failed: number;
  readonly counts: RunCounts;
  readonly problems: readonly RunProblem[];
  /** The failure that ended the run before its last chunk, if one did. */
  readonly stoppedBy: HajiriError | null;
};

type Outcome = { -readonly [Name in keyof WindowOutcome]: WindowOutcome[Name] } & { problems: RunProblem[] };

const mostAttempts = 2;

/**
 * Fetches a window chunk by chunk. A chunk that Keka refuses as too old or too long is halved, down to single days, so
 * that what it serves is read; one with unusual dates is read again without them; any other failure ends the run, and
 * the dates that were not reached are told. Throws what is no failure of Keka: the signal's reason, the database's errors.
 */
export async function fetchWindow(reader: ChunkReader, window: DateWindow): Promise<WindowOutcome> {
  const people = await inOrganisation(reader.context, (transaction) =>
    expectedPeople(transaction, reader.connectionId),
  );
  const queue = [...planChunks(window, people ?? 0)];
  reader.onEvent({ kind: 'planned', chunks: queue.length });
  const outcome: Outcome = {
    committed: 0,
    unverified: 0,
    failed: 0,
    counts: noCounts,
    problems: [],
    stoppedBy: null,
  };
  let number = 0;
  for (let chunk = queue.shift(); chunk !== undefined; chunk = queue.shift()) {
    number += 1;
    const waiting = queue.length;
    const smaller = await fetchChunk(reader, chunk, number, outcome, queue);
    queue.unshift(...smaller);
    reader.onEvent({ kind: 'planned', chunks: queue.length - waiting });
    reader.onEvent({ kind: 'chunk_ended' });
    if (outcome.stoppedBy !== null) break;
  }
  return outcome;
}

/** Fetches one chunk and returns the smaller ones to try instead, if any. `queue` holds what comes after. */
async function fetchChunk(
  reader: ChunkReader,
  chunk: DateWindow,
  number: number,
  outcome: Outcome,
  queue: DateWindow[],
): Promise<readonly DateWindow[]> {
  for (let attempt = 1; ; attempt += 1) {
    reader.onEvent({ kind: 'chunk_started', window: chunk, attempt });
    const end = { number, window: chunk, attempts: attempt };
    const tried = await tryChunk(reader, chunk, end);
    if (tried instanceof Error) return failChunk(reader, tried, end, outcome, queue);
    if (tried.kind === 'disagrees' && attempt < mostAttempts) continue;
    return acceptOutcome(reader, tried, end, outcome);
  }
}

async function tryChunk(
  reader: ChunkReader,
  chunk: DateWindow,
  end: Pick<ChunkEnd, 'number' | 'window' | 'attempts'>,
): Promise<ChunkOutcome | HajiriError> {
  try {
    return await readChunk(reader, chunk, (transaction, reading) =>
      recordChunk(transaction, reader, { ...end, state: 'committed', reading, errorCode: null }),
    );
  } catch (error) {
    reader.signal.throwIfAborted();
    if (isHajiriError(error) && error.code !== 'internal' && error.code !== 'database_unavailable')
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
