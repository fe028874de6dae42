import { sql } from 'kysely';
import { type AttendancePolicy, createDayEvaluator } from '../attendance/evaluate-day.ts';
import { localDay } from '../attendance/local-time.ts';
import { inOrganisation, type OrganisationContext } from '../db/organisation-context.ts';
import type { IdentificationKey, RunId } from '../db/schema.ts';
import type { OrganisationTransaction } from '../db/tenancy.ts';
import type { KekaClient } from '../keka/keka-client.ts';
import type { KekaPage } from '../keka/keka-page.ts';
import { coverDates, formerCounts, isRead } from './date-coverage.ts';
import { type DateWindow, datesOf } from './date-window.ts';
import { type ChunkMemory, newChunkMemory, readPage } from './read-page.ts';
import type { RunProblem } from './run-problem.ts';
import { addCounts, noCounts, type RunCounts, type RunEvent } from './run-progress.ts';
import { storePeopleOfDays } from './source-people.ts';
import { type PageRules, writeKnownPage, writeNewPage } from './store-page.ts';
import { type ChunkTally, type FormerCounts, judgeCount, verifyChunk } from './verify-chunk.ts';
import { countWithdrawn } from './withdrawn-days.ts';

export type ChunkReader = {
  readonly context: OrganisationContext;
  readonly client: KekaClient;
  readonly times: PageRules['times'];
  readonly policy: AttendancePolicy;
  readonly identificationKey: IdentificationKey;
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
  /** None of its dates was read completely before. */
  readonly isFirst: boolean;
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
  const reading = await readPages(
    transaction,
    reader,
    {
      scope,
      window,
      times: reader.times,
      evaluate: createDayEvaluator(reader.policy, scope.readAt),
    },
    memory,
  );
  const verdict = verifyChunk(reading.tally);
  if (verdict.kind === 'disagrees') {
    return { ...reading, kind: 'disagrees', expected: verdict.expected, actual: verdict.actual };
  }
  const today = localDay(scope.readAt, organisation.zone);
  const dates = reader.acceptUnusualCount
    ? []
    : await findUnusualDates(transaction, reader, { window, memory, today });
  if (dates.length > 0) return { ...reading, kind: 'unusual', dates };
  const withdrawn = reading.isFirst ? [] : await countWithdrawn(transaction, scope, window, memory);
  const { identificationKey } = reader;
  await storePeopleOfDays(transaction, { scope, identificationKey }, window);
  await coverDates(transaction, scope, window, memory.peopleByDate);
  return { ...reading, problems: [...reading.problems, ...withdrawn], kind: 'committed' };
}

async function readPages(
  transaction: OrganisationTransaction,
  reader: ChunkReader,
  rules: PageRules,
  memory: ChunkMemory,
): Promise<ChunkReading> {
  const { signal, concurrency } = reader;
  const isFirst = !(await isRead(transaction, reader.connectionId, rules.window));
  const write = isFirst ? writeNewPage : writeKnownPage;
  const seen: PagesSeen = { received: 0, announced: 0, pagesAnnounced: 1, pagesRead: [] };
  let counts = noCounts;
  const problems: RunProblem[] = [];
  let writing: Promise<void> = Promise.resolve();
  try {
    for await (const page of reader.client.readAttendance(rules.window, { signal, concurrency })) {
      // While the database writes one page, the next one is read and made ready; never more than that waits.
      const writer = write(rules, readPage(page, rules.window, memory), memory);
      await writing;
      countPage(seen, page);
      writing = writer(transaction).then((outcome) => {
        counts = addCounts(counts, outcome.counts);
        problems.push(...outcome.problems);
        reader.onEvent({ kind: 'page_stored', pages: page.totalPages, counts: outcome.counts });
      });
      // It is awaited in the next turn; until then a failure must not count as unhandled.
      writing.catch(() => {});
    }
  } finally {
    // The transaction may not end before its last statement has.
    await writing.catch(() => {});
  }
  await writing;
  const { keyless, repeatedOnPage } = memory;
  const tally = { ...seen, distinct: memory.seen.size + keyless, repeatedOnPage };
  return { isFirst, tally, counts, problems };
}

type PagesSeen = {
  received: number;
  announced: number;
  pagesAnnounced: number;
  readonly pagesRead: number[];
};

function countPage(seen: PagesSeen, page: KekaPage): void {
  seen.received += page.records.length;
  seen.announced = Math.max(seen.announced, page.totalRecords);
  seen.pagesAnnounced = Math.max(seen.pagesAnnounced, page.totalPages);
  seen.pagesRead.push(page.pageNumber);
}

/** Finished days only: today is still filling, and Keka may have no record for who has not arrived. */
async function findUnusualDates(
  transaction: OrganisationTransaction,
  reader: ChunkReader,
  { window, memory, today }: { window: DateWindow; memory: ChunkMemory; today: Temporal.PlainDate },
): Promise<readonly UnusualDate[]> {
  const { zone } = reader.context.organisation;
  const read = await formerCounts(transaction, reader.connectionId, window, zone);
  const former = withinWindow(read, { window, memory, today });
  const unusual: UnusualDate[] = [];
  for (const date of datesOf(window)) {
    if (Temporal.PlainDate.compare(date, today) >= 0) break;
    const actual = memory.peopleByDate.get(date.toString()) ?? 0;
    const verdict = judgeCount(actual, former(date), reader.unusualCountShare);
    if (verdict.kind === 'suspicious') unusual.push({ date, expected: verdict.expected, actual });
  }
  return unusual;
}

type Former = (date: Temporal.PlainDate) => FormerCounts;

/**
 * At a first fetch of several days there are no former ones: the other days of the window say what to expect, from the
 * first that has anybody on; before it the company may not have used Keka.
 */
function withinWindow(
  former: Former,
  { window, memory, today }: { window: DateWindow; memory: ChunkMemory; today: Temporal.PlainDate },
): Former {
  const counted = [...datesOf(window)].flatMap((date) => {
    const people = memory.peopleByDate.get(date.toString()) ?? 0;
    return people > 0 && Temporal.PlainDate.compare(date, today) < 0 ? [{ date, people }] : [];
  });
  return (date) => {
    const known = former(date);
    if (known.sameDate !== null || known.recent.length > 0) return known;
    const [first] = counted;
    if (first === undefined || Temporal.PlainDate.compare(date, first.date) < 0) return known;
    return { ...known, recent: counted.filter((day) => !day.date.equals(date)).map(({ people }) => people) };
  };
}
