import { hash } from 'node:crypto';
import {
  type AttendanceDay,
  keepReadablePunches,
  type ReadingOfTimes,
  toAttendanceDay,
} from '../attendance/attendance-day.ts';
import type { createDayEvaluator } from '../attendance/evaluate-day.ts';
import type { OrganisationTransaction } from '../db/tenancy.ts';
import type { LockedMonths } from '../rules/locks/locked-months.ts';
import type { DateWindow } from './date-window.ts';
import type { DayToStore } from './day-rows.ts';
import { holdBack, splitLocked } from './drift/hold-back.ts';
import type { ChunkMemory, Incoming, PageContents } from './read-page.ts';
import type { RunProblem } from './run-problem.ts';
import { addCounts, noCounts, type RunCounts } from './run-progress.ts';
import { findNewPeople } from './source-people.ts';
import {
  type DayScope,
  type DayToCompare,
  dayKeyText,
  type Exception,
  findExceptions,
  insertDays,
  insertMissingDays,
  readStoredDays,
  replaceDays,
} from './stored-days.ts';

export type PageRules = {
  readonly scope: DayScope;
  readonly window: DateWindow;
  readonly times: ReadingOfTimes;
  /** The attendance rules for this organisation and this read. */
  readonly evaluate: ReturnType<typeof createDayEvaluator>;
  /** Months whose days are not changed. */
  readonly locked: LockedMonths;
};

export type PageOutcome = { readonly counts: RunCounts; readonly problems: readonly RunProblem[] };

/** Writes a batch of pages within the chunk's transaction. Made ready while the batch before it is written. */
export type PageWriter = (transaction: OrganisationTransaction) => Promise<PageOutcome>;

/** What writes a batch of pages; `isEmpty` says that nothing of the window is stored. Days of closed months are held back. */
export function writePages(
  rules: PageRules,
  pages: readonly PageContents[],
  memory: ChunkMemory,
  isEmpty: boolean,
): PageWriter {
  const all = joinPages(pages);
  const { free, locked } = splitLocked(all.incoming, rules.locked);
  const contents = locked.length === 0 ? all : { ...all, incoming: free };
  const write = isEmpty ? writeNewDays(rules, contents, memory) : writeKnownDays(rules, contents, memory);
  if (locked.length === 0) return write;
  return async (transaction) => {
    const outcome = await write(transaction);
    const held = await holdBack(transaction, rules, locked, memory);
    return { ...outcome, counts: addCounts(outcome.counts, held) };
  };
}

/** For dates of which nothing is stored: all days are written, without a look at what is there. */
function writeNewDays(
  rules: PageRules,
  { incoming, invalid, problems }: PageContents,
  memory: ChunkMemory,
): PageWriter {
  const days = incoming.map((one) => toStore(one, toAttendanceDay(one.record, rules.times), rules));
  const insert = insertDays(rules.scope, days);
  return async (transaction) => {
    await insert(transaction);
    await meetPeople(transaction, rules, incoming, memory);
    return {
      counts: { ...noCounts, inserted: days.length, invalid },
      problems: [...problems, ...tellUnreadableOf(days)],
    };
  };
}

/** For dates that were read before: new days are inserted, days that differ replaced, equal ones left alone. */
function writeKnownDays(rules: PageRules, contents: PageContents, memory: ChunkMemory): PageWriter {
  return (transaction) => writeKnown(transaction, rules, contents, memory);
}

async function writeKnown(
  transaction: OrganisationTransaction,
  rules: PageRules,
  { incoming, invalid, problems }: PageContents,
  memory: ChunkMemory,
): Promise<PageOutcome> {
  const compared = incoming.map(toCompare);
  const exceptions = await findExceptions(transaction, rules.scope, rules.window, compared);
  const { fresh, stale, unreadable } = sortOut(incoming, exceptions, rules);
  memory.met += incoming.length - fresh.length;
  // Of whoever's day is stored as it is, the person is stored, too.
  await meetPeople(transaction, rules, [...fresh, ...stale], memory);
  const inserted = fresh.map((one) => toStore(one, toAttendanceDay(one.record, rules.times), rules));
  await insertMissingDays(transaction, rules.scope, inserted);
  const before = await readStoredDays(transaction, rules.scope, stale.map(keyOf));
  const replaced = stale.map((one) => {
    const day = toAttendanceDay(one.record, rules.times);
    const stored = before.get(dayKeyText(day));
    return toStore(one, stored === undefined ? day : keepReadablePunches(day, stored.day), rules);
  });
  const changed = await replaceDays(transaction, rules.scope, replaced, before);
  return {
    counts: {
      ...noCounts,
      inserted: inserted.length,
      changed,
      unchanged: incoming.length - fresh.length - changed,
      invalid,
    },
    problems: [
      ...problems,
      ...unreadable.map(tellUnreadable),
      ...tellUnreadableOf([...inserted, ...replaced]),
    ],
  };
}

async function meetPeople(
  transaction: OrganisationTransaction,
  { scope }: PageRules,
  incoming: readonly Incoming[],
  { newPeople }: ChunkMemory,
): Promise<void> {
  if (incoming.length === 0) return;
  const days = incoming.map(({ record: { sourceGuid, employeeNumber }, date }) => ({
    sourceGuid,
    employeeNumber,
    date,
  }));
  await findNewPeople(transaction, scope, days, newPeople);
}

function joinPages(pages: readonly PageContents[]): PageContents {
  return {
    incoming: pages.flatMap(({ incoming }) => incoming),
    problems: pages.flatMap(({ problems }) => problems),
    invalid: pages.reduce((sum, { invalid }) => sum + invalid, 0),
  };
}

type Sorted = {
  readonly fresh: Incoming[];
  readonly stale: Incoming[];
  /** Said at every read, for as long as Keka sends it: it is still missing from the report. */
  readonly unreadable: AttendanceDay[];
};

function sortOut(incoming: readonly Incoming[], exceptions: readonly Exception[], rules: PageRules): Sorted {
  const sorted: Sorted = { fresh: [], stale: [], unreadable: [] };
  for (const { position, kind } of exceptions) {
    const one = incoming[position];
    if (one === undefined) continue;
    if (kind === 'new') sorted.fresh.push(one);
    else if (kind === 'stale') sorted.stale.push(one);
    else sorted.unreadable.push(toAttendanceDay(one.record, rules.times));
  }
  return sorted;
}

function keyOf({ record }: Incoming) {
  return { sourceGuid: record.sourceGuid, date: record.attendanceDate };
}

function toCompare(one: Incoming): DayToCompare {
  return { ...keyOf(one), hash: hash('sha256', one.text) };
}

function toStore({ text }: Incoming, day: AttendanceDay, rules: PageRules): DayToStore {
  return { day, evaluation: rules.evaluate(day), record: text };
}

function tellUnreadableOf(days: readonly DayToStore[]): readonly RunProblem[] {
  return days.flatMap(({ day, evaluation }) =>
    evaluation.flags.includes('bad_timestamp') ? [tellUnreadable(day)] : [],
  );
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
