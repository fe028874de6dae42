import { hash } from 'node:crypto';
import { type AttendanceRecord, parseAttendanceRecord } from '../keka/attendance-record.ts';
import type { KekaPage } from '../keka/keka-page.ts';
import { type DateWindow, includes } from './date-window.ts';
import type { RunProblem } from './run-problem.ts';
import { dayKeyText } from './stored-days.ts';

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

/** A record to be stored: parsed, as the JSON text in which it is kept, and the SHA-256 of that text in hex. */
export type Incoming = { readonly record: AttendanceRecord; readonly text: string; readonly hash: string };

export type PageContents = {
  readonly incoming: readonly Incoming[];
  readonly problems: readonly RunProblem[];
  readonly invalid: number;
};

/** Parses the records of a page and takes out what is not to be stored: unreadable, of other dates, repeated. */
export function readPage(page: KekaPage, window: DateWindow, memory: ChunkMemory): PageContents {
  const incoming: Incoming[] = [];
  const problems: RunProblem[] = [];
  const onPage = new Set<string>();
  let invalid = 0;
  const [first, last] = [window.from.toString(), window.to.toString()];
  for (const raw of page.records) {
    const parsed = parseAttendanceRecord(raw);
    if (!parsed.ok) {
      countMalformed(parsed, window, memory);
      invalid += 1;
      problems.push(malformed(parsed, page.pageNumber));
      continue;
    }
    const { record } = parsed;
    const { sourceGuid, attendanceDate } = record;
    const where = { sourceGuid, from: attendanceDate, to: attendanceDate };
    // Written out, dates compare as text, and much faster.
    const date = attendanceDate.toString();
    if (date < first || date > last) {
      memory.keyless += 1;
      invalid += 1;
      problems.push({ code: 'date_outside_window', ...where, details: { page: page.pageNumber } });
      continue;
    }
    const key = `${sourceGuid} ${date}`;
    if (onPage.has(key)) {
      memory.repeatedOnPage += 1;
      problems.push({ code: 'duplicate_record', ...where, details: { page: page.pageNumber } });
      continue;
    }
    onPage.add(key);
    // Seen on another page: a page moved while it was read. The count of different records tells (verify-chunk.ts).
    if (memory.seen.has(key)) continue;
    memory.seen.add(key);
    memory.peopleByDate.set(date, (memory.peopleByDate.get(date) ?? 0) + 1);
    const text = JSON.stringify(raw);
    incoming.push({ record, text, hash: hash('sha256', text) });
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
