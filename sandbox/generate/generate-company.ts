import type { EmployeeEntry } from '../scenario/employee-schema.ts';
import type { GenerateSettings } from '../scenario/generate-schema.ts';
import type { AttendanceEntry, Correction } from '../scenario/record-schemas.ts';
import { type CalendarDay, calendarDay, createUtcWriter, dateOfDay } from './calendar.ts';
import { generatePeople, type Person } from './people.ts';
import { type DayStory, planDay } from './plan-day.ts';
import { hasLeft, probationEnd, writeProfile } from './write-profile.ts';
import { createRecordWriter, type RecordWriter } from './write-record.ts';

/** A made-up company, in the forms in which the sandbox keeps its scenario. */
export type Company = {
  readonly people: readonly Person[];
  readonly employees: readonly EmployeeEntry[];
  readonly attendance: readonly AttendanceEntry[];
  /** Days that HR regularises later, and days that are not over yet. */
  readonly corrections: readonly Correction[];
};

/**
 * Makes the same company from the same settings, every time and on every machine. History ends yesterday; the days
 * ahead become visible at the end of each. Minutes after midnight ignore a change to summer time on that day.
 */
export function generateCompany(
  options: GenerateSettings & { readonly today: Temporal.PlainDate; readonly zone: string },
): Company {
  const { today, zone, seed } = options;
  const people = generatePeople(options, today, zone);
  const writeRecord = createRecordWriter(options, createUtcWriter());
  const attendance: AttendanceEntry[] = [];
  const corrections: Correction[] = [];
  for (let offset = -options.days; offset < options.daysAhead; offset += 1) {
    const day = calendarDay(today.add({ days: offset }), seed);
    const present = offset === -1 ? people.slice(0, options.peopleYesterday) : people;
    for (const person of present) {
      const story = planDay(person, day, options);
      const first = story.first === null ? null : writeRecord(person, day, story.first);
      if (offset < 0 && first !== null) attendance.push(first);
      if (offset >= 0) corrections.push(...releases(person, day, story, writeRecord, zone));
      corrections.push(...regularisations(person, day, story, writeRecord, zone));
    }
  }
  return { people, employees: people.map((person) => employeeOf(person, today)), attendance, corrections };
}

/** A coming day appears at its end; a night shift still lacks its out then, and gets it in the morning. */
function releases(
  person: Person,
  day: CalendarDay,
  { first }: DayStory,
  writeRecord: RecordWriter,
  zone: string,
): readonly Correction[] {
  if (first === null) return [];
  const put = (plan: typeof first, hours: number): Correction => ({
    from: startOf(day, 1, zone).add({ hours }),
    change: { kind: 'put', entry: writeRecord(person, day, plan) },
  });
  if (person.shift.name !== 'night' || first.lastOut === null) return [put(first, 0)];
  return [put({ ...first, lastOut: null }, 0), put(first, 8)];
}

function regularisations(
  person: Person,
  day: CalendarDay,
  { corrected }: DayStory,
  writeRecord: RecordWriter,
  zone: string,
): readonly Correction[] {
  if (corrected === null) return [];
  const entry = writeRecord(person, day, corrected.plan);
  // Approvals come in at noon.
  const from = startOf(day, corrected.daysAfter, zone).add({ hours: 12 });
  return [{ from, change: { kind: 'put', entry } }];
}

function startOf(day: CalendarDay, daysLater: number, zone: string): Temporal.Instant {
  return day.date.add({ days: daysLater }).toZonedDateTime(zone).toInstant();
}

function employeeOf(person: Person, today: Temporal.PlainDate): EmployeeEntry {
  const { firstName, lastName, email, employeeNumber, leaves } = person;
  return {
    id: person.guid,
    number: employeeNumber,
    relieved: hasLeft(person, today),
    modifiedAt: person.joins * 86_400_000,
    details: () => ({
      searchText: [employeeNumber, firstName, lastName, email].join(' ').toLowerCase(),
      probationEnds: probationEnd(person).toString(),
      noticeEnds: leaves === null ? null : dateOfDay(leaves).toString(),
    }),
    text: () => writeProfile(person, today),
  };
}
