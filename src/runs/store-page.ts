import { hash } from 'node:crypto';
import {
  type AttendanceDay,
  keepReadablePunches,
  type ReadingOfTimes,
  toAttendanceDay,
} from '../attendance/attendance-day.ts';
import { type AttendancePolicy, evaluateDay } from '../attendance/evaluate-day.ts';
import type { IdentificationKey } from '../db/schema.ts';
import type { OrganisationTransaction } from '../db/tenancy.ts';
import { type AttendanceRecord, parseAttendanceRecord } from '../keka/attendance-record.ts';
import type { KekaPage } from '../keka/keka-page.ts';
import { type DateWindow, includes } from './date-window.ts';
import type { DayToStore } from './day-rows.ts';
import type { RunProblem } from './run-problem.ts';
import type { RunCounts } from './run-progress.ts';
import { storeNewPeople } from './source-people.ts';
import {
  type DayScope,
  dayKeyText,
  findKnownDays,
  insertDays,
  type KnownDay,
  readStoredDays,
  replaceDays,
} from './stored-days.ts';

export type PageRules = {
  readonly scope: DayScope;
  readonly window: DateWindow;
  readonly times: ReadingOfTimes;
  readonly policy: AttendancePolicy;
  readonly identificationKey: IdentificationKey;
};

/** What one attempt at a chunk has seen so far; filled page by page. */
export type ChunkMemory = {
  readonly seen: Set<string>;
  /** Records that have no key, or a date outside the window: they count for the total only. */
  keyless: number;
  repeatedOnPage: number;
  /** Stored days that came again, so that those which did not can be counted. */
  met: number;
  readonly peopleByDate: Map<string, number>;
};

export function newChunkMemory(): ChunkMemory {
  return { seen: new Set(), keyless: 0, repeatedOnPage: 0, met: 0, peopleByDate: new Map() };
}

export type PageOutcome = { readonly counts: RunCounts; readonly problems: readonly RunProblem[] };

type Incoming = { readonly record: AttendanceRecord; readonly text: string; readonly hash: Buffer };

/**
 * Stores one page within the chunk's transaction: new days are inserted, days that differ replaced, equal ones left
 * alone. A record that cannot be understood is told and does not stop the others.
 */
export async function storePage(
  transaction: OrganisationTransaction,
  rules: PageRules,
  page: KekaPage,
  memory: ChunkMemory,
): Promise<PageOutcome> {
  const { incoming, problems, invalid } = readPage(page, rules, memory);
  const known = await findKnownDays(transaction, rules.scope, rules.window, incoming.map(keyOf));
  memory.met += known.filter((day) => day.hash !== null).length;
  await storeNewPeople(
    transaction,
    rules,
    incoming.map((one, index) => ({ ...one.record, known: known[index] })),
  );

  const fresh: Incoming[] = [];
  const stale: Incoming[] = [];
  const unreadable: AttendanceDay[] = [];
  let unchanged = 0;
  for (const [index, one] of incoming.entries()) {
    const stored = known[index];
    if (stored === undefined || stored.hash === null) fresh.push(one);
    else if (needsWriting(stored, one)) stale.push(one);
    else {
      unchanged += 1;
      // Said at every read, for as long as Keka sends it: it is still missing from the report.
      if (stored.isUnreadable) unreadable.push(toAttendanceDay(one.record, rules.times));
    }
  }
  const inserted = fresh.map((one) => toStore(one, toAttendanceDay(one.record, rules.times), rules));
  await insertDays(transaction, rules.scope, inserted);
  const before = await readStoredDays(transaction, rules.scope, stale.map(keyOf));
  const replaced = stale.map((one) => {
    const day = toAttendanceDay(one.record, rules.times);
    const stored = before.get(dayKeyText(day));
    return toStore(one, stored === undefined ? day : keepReadablePunches(day, stored.day), rules);
  });
  const changed = await replaceDays(transaction, rules.scope, replaced, before);
  for (const { day, evaluation } of [...inserted, ...replaced]) {
    if (evaluation.flags.includes('bad_timestamp')) unreadable.push(day);
  }
  problems.push(...unreadable.map(tellUnreadable));
  return {
    counts: { inserted: inserted.length, changed, unchanged: unchanged + replaced.length - changed, invalid },
    problems,
  };
}

function keyOf({ record }: Incoming) {
  return { sourceGuid: record.sourceGuid, date: record.attendanceDate };
}

/** Besides another record: a day that was read too early to be final, or that was missing in the read before. */
function needsWriting(stored: KnownDay, { hash }: Incoming): boolean {
  return (
    stored.hash?.equals(hash) !== true ||
    stored.status === 'pending' ||
    stored.status === 'in_progress' ||
    (stored.missedReads ?? 0) > 0
  );
}

function toStore({ text, hash }: Incoming, day: AttendanceDay, rules: PageRules): DayToStore {
  return { day, evaluation: evaluateDay(day, rules.policy, rules.scope.readAt), record: text, hash };
}

/** Parses the records of a page and takes out what is not to be stored: unreadable, of other dates, repeated. */
function readPage(
  page: KekaPage,
  rules: PageRules,
  memory: ChunkMemory,
): { incoming: Incoming[]; problems: RunProblem[]; invalid: number } {
  const incoming: Incoming[] = [];
  const problems: RunProblem[] = [];
  const onPage = new Set<string>();
  let invalid = 0;
  for (const raw of page.records) {
    const parsed = parseAttendanceRecord(raw);
    if (!parsed.ok) {
      countMalformed(parsed, rules.window, memory);
      invalid += 1;
      problems.push(malformed(parsed, page.pageNumber));
      continue;
    }
    const { record } = parsed;
    const where = { sourceGuid: record.sourceGuid, from: record.attendanceDate, to: record.attendanceDate };
    if (!includes(rules.window, record.attendanceDate)) {
      memory.keyless += 1;
      invalid += 1;
      problems.push({ code: 'date_outside_window', ...where, details: { page: page.pageNumber } });
      continue;
    }
    const key = dayKeyText({ sourceGuid: record.sourceGuid, date: record.attendanceDate });
    if (onPage.has(key)) {
      memory.repeatedOnPage += 1;
      problems.push({ code: 'duplicate_record', ...where, details: { page: page.pageNumber } });
      continue;
    }
    onPage.add(key);
    // Seen on another page: a page moved while it was read. The count of different records tells (verify-chunk.ts).
    if (memory.seen.has(key)) continue;
    memory.seen.add(key);
    const date = record.attendanceDate.toString();
    memory.peopleByDate.set(date, (memory.peopleByDate.get(date) ?? 0) + 1);
    const text = JSON.stringify(raw);
    incoming.push({ record, text, hash: hash('sha256', text, 'buffer') });
  }
  return { incoming, problems, invalid };
}

/** A record that says whose day it is stands for that day, so that the stored one does not count as withdrawn. */
function countMalformed({ hint }: Malformed, window: DateWindow, memory: ChunkMemory): void {
  const date = hint.date === null ? null : Temporal.PlainDate.from(hint.date);
  if (hint.guid === null || date === null || !includes(window, date)) memory.keyless += 1;
  else memory.seen.add(dayKeyText({ sourceGuid: hint.guid, date }));
}

type Malformed = Extract<ReturnType<typeof parseAttendanceRecord>, { ok: false }>;

function malformed({ field, reason, hint }: Malformed, page: number): RunProblem {
  const date = hint.date === null ? null : Temporal.PlainDate.from(hint.date);
  return {
    code: 'malformed_record',
    sourceGuid: hint.guid,
    from: date,
    to: date,
    details: { field, reason, page },
  };
}

function tellUnreadable(day: AttendanceDay): RunProblem {
  const isReadable =
    day.firstIn.kind === 'none' || (day.firstIn.kind === 'punch' && day.firstIn.newest === undefined);
  return {
    code: 'bad_timestamp',
    sourceGuid: day.sourceGuid,
    from: day.date,
    to: day.date,
    details: { field: isReadable ? 'lastOutOfTheDay' : 'firstInOfTheDay' },
  };
}
