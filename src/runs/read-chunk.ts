import { sql } from 'kysely';
import { inOrganisation, type OrganisationContext } from '../accounts/organisation-context.ts';
import { type AttendancePolicy, createDayEvaluator } from '../attendance/evaluate-day.ts';
import { localDay } from '../attendance/local-time.ts';
import type { IdentificationKey, RunId } from '../db/schema.ts';
import type { OrganisationTransaction } from '../db/tenancy.ts';
import { untilSent } from '../db/until-sent.ts';
import { readErasedPeople } from '../directory/erased-people.ts';
import { linkPeople } from '../directory/link-people.ts';
import type { KekaClient } from '../keka/keka-client.ts';
import type { KekaPage } from '../keka/keka-page.ts';
import { holdJudging } from '../rules/lock-judging.ts';
import { readLockedMonths } from '../rules/locks/locked-months.ts';
import { readPolicyChooser } from '../rules/policies/read-policy-chooser.ts';
import { readRequestsOf } from '../rules/requests/read-requests-of.ts';
import { coverDates, formerCounts, isRead } from './date-coverage.ts';
import { type DateWindow, datesOf } from './date-window.ts';
import { forgetDriftOfOpenMonths, tellHeld } from './drift/hold-back.ts';
import { type ChunkMemory, newChunkMemory, type PageContents, readPage } from './read-page.ts';
import type { RunProblem } from './run-problem.ts';
import { addCounts, noCounts, type RunCounts, type RunEvent } from './run-progress.ts';
import { storeNewPeople } from './source-people.ts';
import { type PageRules, writePages } from './store-pages.ts';
import { holdsEmptyWindow } from './stored-days.ts';
import { type ChunkTally, type FormerCounts, judgeCount, verifyChunk } from './verify-chunk.ts';
import { countWithdrawn } from './withdrawn-days.ts';

export type ChunkReader = {
  readonly context: OrganisationContext;
  readonly client: KekaClient;
  readonly times: PageRules['times'];
  readonly policy: Pick<AttendancePolicy, 'zone' | 'graceAfterShiftMinutes'>;
  readonly identificationKey: IdentificationKey;
  readonly connectionId: PageRules['scope']['connectionId'];
  readonly runId: RunId;
  readonly concurrency: number;
  /** Records on a page; Keka's most when left out. */
  readonly pageSize?: number;
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
  await holdJudging(transaction, reader.connectionId);
  const policyOf = await readPolicyChooser(transaction, organisation, reader);
  const { connectionId } = reader;
  const requestsOf = await readRequestsOf(transaction, { connectionId, ...window });
  const locked = await readLockedMonths(transaction);
  const memory = newChunkMemory(await readErasedPeople(transaction, reader.connectionId));
  const reading = await readPages(
    transaction,
    reader,
    {
      scope,
      window,
      times: reader.times,
      evaluate: createDayEvaluator({ ...reader.policy, policyOf, requestsOf }, scope.readAt),
      locked,
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
  const withdrawn = reading.isFirst
    ? []
    : await countWithdrawn(transaction, scope, window, { memory, locked });
  const newPeople = await storeNewPeople(transaction, scope, memory.newPeople);
  // Everybody else was compared when the person or the employee became known.
  if (newPeople > 0) await linkPeople(transaction, reader.connectionId, clock.now());
  await coverDates(transaction, scope, window, memory.peopleByDate);
  await forgetDriftOfOpenMonths(transaction, scope, window);
  const problems = [...reading.problems, ...withdrawn, ...tellHeld(memory)];
  return { ...reading, problems, kind: 'committed' };
}

async function readPages(
  transaction: OrganisationTransaction,
  reader: ChunkReader,
  rules: PageRules,
  memory: ChunkMemory,
): Promise<ChunkReading> {
  const { signal, concurrency, pageSize } = reader;
  const how = { signal, concurrency, ...(pageSize === undefined ? {} : { pageSize }) };
  const isFirst = !(await isRead(transaction, reader.connectionId, rules.window));
  const isEmpty = isFirst && (await holdsEmptyWindow(transaction, rules.scope, rules.window));
  const seen: PagesSeen = { received: 0, announced: 0, pagesAnnounced: 1, pagesRead: [] };
  let counts = noCounts;
  const problems: RunProblem[] = [];
  let batch: PageContents[] = [];
  let writing: Promise<void> = Promise.resolve();
  const writeBatch = async (): Promise<void> => {
    const pages = batch;
    batch = [];
    const writer = writePages(rules, pages, memory, isEmpty);
    await writing;
    writing = writer(transaction).then((outcome) => {
      counts = addCounts(counts, outcome.counts);
      problems.push(...outcome.problems);
      tellStored(reader, pages.length, seen.pagesAnnounced, outcome.counts);
    });
    // It is awaited with the next batch; until then a failure must not count as unhandled.
    writing.catch(() => {});
    await untilSent(reader.context.kysely);
  };
  try {
    for await (const page of reader.client.readAttendance(rules.window, how)) {
      countPage(seen, page);
      batch.push(readPage(page, rules.window, memory));
      // While the database writes one batch, the next one is read and made ready; never more than that waits.
      if (recordsIn(batch) >= recordsInBatch) await writeBatch();
    }
    await writeBatch();
  } finally {
    // The transaction may not end before its last statement has.
    await writing.catch(() => {});
  }
  await writing;
  const { keyless, repeatedOnPage } = memory;
  const tally = { ...seen, distinct: memory.seen.size + keyless, repeatedOnPage };
  return { isFirst, tally, counts, problems };
}

/** Enough for a statement to be worth its planning, few enough to stay small in memory. */
const recordsInBatch = 1000;

function recordsIn(batch: readonly PageContents[]): number {
  return batch.reduce((sum, { incoming }) => sum + incoming.length, 0);
}

function tellStored(reader: ChunkReader, stored: number, pages: number, counts: RunCounts): void {
  for (let page = 0; page < stored; page += 1) {
    reader.onEvent({ kind: 'page_stored', pages, counts: page === 0 ? counts : noCounts });
  }
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
 * At a first fetch of more than a week there are no former days: the same weekdays of the window say what to expect,
 * from the first day that has anybody on. Before it the company may not have used Keka, and other weekdays may be off.
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
    const [first] = counted;
    if (known.sameDate !== null || known.recent.length > 0 || first === undefined) return known;
    if (Temporal.PlainDate.compare(date, first.date) < 0) return known;
    const sameWeekday = counted.filter(
      (day) => day.date.dayOfWeek === date.dayOfWeek && !day.date.equals(date),
    );
    return { ...known, sameWeekday: sameWeekday.map(({ people }) => people) };
  };
}
