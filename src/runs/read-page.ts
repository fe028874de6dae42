import { hash } from 'node:crypto';
import type { ErasedPeople } from '../directory/erased-people.ts';
import { type AttendanceRecord, parseAttendanceRecord } from '../keka/attendance-record.ts';
import type { KekaPage } from '../keka/keka-page.ts';
import { type DateWindow, includes } from './date-window.ts';
import { DaySet } from './day-set.ts';
import type { RunProblem } from './run-problem.ts';
import type { NewPeople } from './source-people.ts';
import { dayKeyText } from './stored-days.ts';
import { createWriter } from './written-values.ts';

/** What one attempt at a chunk has seen so far; filled page by page. */
export type ChunkMemory = {
  /** Whose records are counted and not stored. */
  readonly erased: ErasedPeople;
  /** The days that are stored. */
  readonly seen: DaySet;
  /** The days of records that could not be understood: not stored, but not withdrawn either. */
  readonly refused: Set<string>;
  /** The page of each record that is not stored, by the hash of its text. */
  readonly leftOut: Map<string, number>;
  /** How many different ones those are: they count for the total only. */
  keyless: number;
  repeatedOnPage: number;
  /** Stored days that came again, so that those which did not can be counted. */
  met: number;
  readonly peopleByDate: Map<string, number>;
  /** How many days of closed months Keka has otherwise than they are stored. */
  readonly heldByDate: Map<string, number>;
  readonly newPeople: NewPeople;
};

export function newChunkMemory(erased: ErasedPeople): ChunkMemory {
  return {
    erased,
    seen: new DaySet(),
    refused: new Set(),
    leftOut: new Map(),
    keyless: 0,
    repeatedOnPage: 0,
    met: 0,
    peopleByDate: new Map(),
    heldByDate: new Map(),
    newPeople: new Map(),
  };
}

/** A record to be stored: parsed, and as the JSON text in which it is kept. */
export type Incoming = {
  readonly record: AttendanceRecord;
  readonly text: string;
  /** The record's date, written out. */
  readonly date: string;
};

export type PageContents = {
  readonly incoming: readonly Incoming[];
  readonly problems: readonly RunProblem[];
  readonly invalid: number;
};

/** Parses the records of a page and takes out what is not to be stored: unreadable, of other dates, repeated. */
export function readPage(page: KekaPage, window: DateWindow, memory: ChunkMemory): PageContents {
  const incoming: Incoming[] = [];
  const problems: RunProblem[] = [];
  /** Where in `incoming` each day of this page stands; null when it came on a page before. */
  const onPage = new Map<string, number | null>();
  let invalid = 0;
  const write = createWriter();
  const [first, last] = [window.from.toString(), window.to.toString()];
  for (const raw of page.records) {
    const parsed = parseAttendanceRecord(raw);
    if (leaveOutErased(parsed, memory)) {
      countLeftOut(raw, page, memory);
      continue;
    }
    if (!parsed.ok) {
      countLeftOut(raw, page, memory);
      rememberRefused(parsed, window, memory);
      invalid += 1;
      problems.push(malformed(parsed, page.pageNumber));
      continue;
    }
    const { record } = parsed;
    const { sourceGuid, attendanceDate } = record;
    const where = { sourceGuid, from: attendanceDate, to: attendanceDate };
    // Written out, dates compare as text, and much faster.
    const date = write(attendanceDate);
    if (date < first || date > last) {
      countLeftOut(raw, page, memory);
      invalid += 1;
      problems.push({ code: 'date_outside_window', ...where, details: { page: page.pageNumber } });
      continue;
    }
    const text = JSON.stringify(raw);
    const one = { record, text, date };
    const key = `${sourceGuid} ${date}`;
    const place = onPage.get(key);
    if (place !== undefined) {
      memory.repeatedOnPage += 1;
      const differs = meetTwin(one, incoming, place);
      if (differs) invalid += 1;
      problems.push(differs ? contradicting(where, page) : repeated(where, page));
      continue;
    }
    // Seen on another page: a page moved while it was read. The count of different records tells (verify-chunk.ts).
    if (!memory.seen.add({ sourceGuid, date })) {
      onPage.set(key, null);
      continue;
    }
    onPage.set(key, incoming.length);
    memory.peopleByDate.set(date, (memory.peopleByDate.get(date) ?? 0) + 1);
    incoming.push(one);
  }
  return { incoming, problems, invalid };
}

/** Nothing of a person who was erased is stored or told; the days that are kept of them do not count as withdrawn. */
function leaveOutErased(parsed: ReturnType<typeof parseAttendanceRecord>, memory: ChunkMemory): boolean {
  const { guid, date } = parsed.ok
    ? { guid: parsed.record.sourceGuid, date: parsed.record.attendanceDate.toString() }
    : parsed.hint;
  const standIn = guid === null ? null : memory.erased.standInOf(guid);
  if (standIn === null) return false;
  const key = `${standIn} ${date}`;
  if (date !== null && !memory.refused.has(key)) {
    memory.refused.add(key);
    if (parsed.ok) memory.peopleByDate.set(date, (memory.peopleByDate.get(date) ?? 0) + 1);
  }
  return true;
}

/** Keeps one of two records of a day in its place on the page; returns whether they differ. */
function meetTwin(one: Incoming, incoming: Incoming[], place: number | null): boolean {
  const twin = place === null ? undefined : incoming[place];
  if (place === null || twin === undefined || twin.text === one.text) return false;
  if (isFuller(one, twin)) incoming[place] = one;
  return true;
}

/** A record that is not stored counts once, also when its page moved and it came again on another one. */
function countLeftOut(raw: unknown, { pageNumber }: KekaPage, memory: ChunkMemory): void {
  const key = hash('sha256', JSON.stringify(raw));
  const before = memory.leftOut.get(key);
  if (before !== undefined && before !== pageNumber) return;
  memory.leftOut.set(key, pageNumber);
  memory.keyless += 1;
}

/** A record that says whose day it is stands for that day, so that the stored one does not count as withdrawn. */
function rememberRefused({ hint }: Malformed, window: DateWindow, memory: ChunkMemory): void {
  const date = hint.date === null ? null : Temporal.PlainDate.from(hint.date);
  if (hint.guid === null || date === null || !includes(window, date)) return;
  memory.refused.add(dayKeyText({ sourceGuid: hint.guid, date }));
}

/** Of two records of one day the one with more punches, and of two equally full ones always the same. */
function isFuller(one: Incoming, other: Incoming): boolean {
  const difference = punchesOf(one) - punchesOf(other);
  return difference === 0 ? one.text > other.text : difference > 0;
}

function punchesOf({ record }: Incoming): number {
  return [record.firstInOfTheDay, record.lastOutOfTheDay].filter((punch) => punch !== null).length;
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

type Where = Pick<RunProblem, 'sourceGuid' | 'from' | 'to'>;

function repeated(where: Where, { pageNumber: page }: KekaPage): RunProblem {
  return { code: 'duplicate_record', ...where, details: { page } };
}

function contradicting(where: Where, { pageNumber: page }: KekaPage): RunProblem {
  const details = { field: 'record', reason: 'comes twice, with different values', page };
  return { code: 'malformed_record', ...where, details };
}
