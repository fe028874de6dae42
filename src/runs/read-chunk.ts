import { sql } from 'kysely';
import { localDay } from '../attendance/local-time.ts';
import { inOrganisation, type OrganisationContext } from '../db/organisation-context.ts';
import type { RunId } from '../db/schema.ts';
import type { OrganisationTransaction } from '../db/tenancy.ts';
import type { KekaClient } from '../keka/keka-client.ts';
import { coverDates, formerCounts } from './date-coverage.ts';
import { type DateWindow, datesOf } from './date-window.ts';
import type { RunProblem } from './run-problem.ts';
import { addCounts, noCounts, type RunCounts, type RunEvent } from './run-progress.ts';
import { type ChunkMemory, newChunkMemory, type PageRules, storePage } from './store-page.ts';
import { type ChunkTally, judgeCount, verifyChunk } from './verify-chunk.ts';
import { countWithdrawn } from './withdrawn-days.ts';

export type ChunkReader = {
  readonly context: OrganisationContext;
  readonly client: KekaClient;
  readonly rules: Omit<PageRules, 'scope' | 'window'>;
  readonly connectionId: PageRules['scope']['connectionId'];
  readonly runId: RunId;
  readonly concurrency: number;
  readonly unusualCountShare: number;
  /** A person has looked and says that the count is right. */
  readonly acceptUnusualCount: boolean;
  readonly signal: AbortSignal;
  readonly onEvent: (event: RunEvent) => void;
};

export type UnusualDate = {
  readonly date: Temporal.PlainDate;
  readonly expected: number;
  readonly actual: number;
};

export type ChunkReading = {
  readonly tally: ChunkTally;
  readonly counts: RunCounts;
  readonly problems: readonly RunProblem[];
};

export type ChunkOutcome =
  | (ChunkReading & { readonly kind: 'committed' })
  | (ChunkReading & { readonly kind: 'disagrees'; readonly expected: number; readonly actual: number })
  | (ChunkReading & { readonly kind: 'unusual'; readonly dates: readonly UnusualDate[] });

type Rejected = Exclude<ChunkOutcome, { readonly kind: 'committed' }>;

/** Leaves the transaction so that it is rolled back; what was learnt goes along. */
class ChunkRejected extends Error {
  readonly outcome: Rejected;
  constructor(outcome: Rejected) {
    super('the chunk does not verify');
    this.outcome = outcome;
  }
}

/**
 * Reads one chunk in one transaction: pages are stored as they arrive, and all of it is committed only when the
 * pages add up and the number of people is plausible. Otherwise the stored days stay exactly as they were, as they
 * do when the process dies. `record` is called in the same transaction, just before the commit.
 *
 * Throws what the client throws (KekaError), what the database throws, or the reason of the signal.
 */
export async function readChunk(
  reader: ChunkReader,
  window: DateWindow,
  record: (transaction: OrganisationTransaction, reading: ChunkReading) => Promise<void>,
): Promise<ChunkOutcome> {
  await ensureMonths(reader.context, window);
  try {
    return await inOrganisation(reader.context, async (transaction) => {
      const outcome = await readAndJudge(transaction, reader, window);
      if (outcome.kind !== 'committed') throw new ChunkRejected(outcome);
      await record(transaction, outcome);
      reader.signal.throwIfAborted();
      return outcome;
    });
  } catch (error) {
    if (error instanceof ChunkRejected) return error.outcome;
    throw error;
  }
}

/** In transactions of their own, short ones: a table that is made in a long one would be locked for as long. */
async function ensureMonths(context: OrganisationContext, window: DateWindow): Promise<void> {
  const months = new Set([...datesOf(window)].map((date) => date.with({ day: 1 }).toString()));
  await inOrganisation(context, async (transaction) => {
    for (const month of months)
      await sql`select ensure_attendance_month(${month}::date)`.execute(transaction);
  });
}

async function readAndJudge(
  transaction: OrganisationTransaction,
  reader: ChunkReader,
  window: DateWindow,
): Promise<ChunkOutcome> {
  const { organisation, clock } = reader.context;
  const scope = {
    organisationId: organisation.id,
    connectionId: reader.connectionId,
    runId: reader.runId,
    // Before the first page: what a page holds may be newer than this, never older.
    readAt: clock.now(),
  };
  const memory = newChunkMemory();
  const reading = await readPages(transaction, reader, { ...reader.rules, scope, window }, memory);
  const verdict = verifyChunk(reading.tally);
  if (verdict.kind === 'disagrees') {
    return { ...reading, kind: 'disagrees', expected: verdict.expected, actual: verdict.actual };
  }
  const today = localDay(scope.readAt, organisation.zone);
  const dates = reader.acceptUnusualCount
    ? []
    : await findUnusualDates(transaction, reader, { window, memory, today });
  if (dates.length > 0) return { ...reading, kind: 'unusual', dates };
  const withdrawn = await countWithdrawn(transaction, scope, window, memory);
  await coverDates(transaction, scope, window, memory.peopleByDate);
  return { ...reading, problems: [...reading.problems, ...withdrawn], kind: 'committed' };
}

async function readPages(
  transaction: OrganisationTransaction,
  reader: ChunkReader,
  rules: PageRules,
  memory: ChunkMemory,
): Promise<ChunkReading> {
  let counts = noCounts;
  let received = 0;
  let announced = 0;
  let pagesAnnounced = 1;
  const pagesRead: number[] = [];
  const problems: RunProblem[] = [];
  const { signal, concurrency } = reader;
  for await (const page of reader.client.readAttendance(rules.window, { signal, concurrency })) {
    const outcome = await storePage(transaction, rules, page, memory);
    counts = addCounts(counts, outcome.counts);
    problems.push(...outcome.problems);
    received += page.records.length;
    announced = Math.max(announced, page.totalRecords);
    pagesAnnounced = Math.max(pagesAnnounced, page.totalPages);
    pagesRead.push(page.pageNumber);
    reader.onEvent({ kind: 'page_stored', pages: page.totalPages, counts: outcome.counts });
  }
  const { seen, keyless, repeatedOnPage } = memory;
  const tally = {
    announced,
    received,
    distinct: seen.size + keyless,
    repeatedOnPage,
    pagesRead,
    pagesAnnounced,
  };
  return { tally, counts, problems };
}

/** Finished days only: today is still filling, and Keka may have no record for who has not arrived. */
async function findUnusualDates(
  transaction: OrganisationTransaction,
  reader: ChunkReader,
  { window, memory, today }: { window: DateWindow; memory: ChunkMemory; today: Temporal.PlainDate },
): Promise<readonly UnusualDate[]> {
  const former = await formerCounts(transaction, reader.connectionId, window);
  const unusual: UnusualDate[] = [];
  for (const date of datesOf(window)) {
    if (Temporal.PlainDate.compare(date, today) >= 0) break;
    const actual = memory.peopleByDate.get(date.toString()) ?? 0;
    const verdict = judgeCount(actual, former(date), reader.unusualCountShare);
    if (verdict.kind === 'suspicious') unusual.push({ date, expected: verdict.expected, actual });
  }
  return unusual;
}
