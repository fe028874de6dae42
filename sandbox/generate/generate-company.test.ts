import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { generateSchema } from '../scenario/generate-schema.ts';
import { dayNumber } from './calendar.ts';
import { generateCompany } from './generate-company.ts';
import { generateDirectory, writeDirectoryCsv } from './generate-directory.ts';

const today = Temporal.PlainDate.from('2026-03-12');
const zone = 'Asia/Kolkata';

function demo(changes: Partial<z.input<typeof generateSchema>> = {}, day = today) {
  const settings = generateSchema.parse({
    seed: 7,
    people: 240,
    days: 45,
    absentPeople: 'mixed',
    ...changes,
  });
  return generateCompany({ ...settings, today: day, zone });
}

const punchSchema = z
  .strictObject({
    timestamp: z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,7})?Z$/u),
    employeeIdentifier: z.guid(),
    punchStatus: z.int(),
    attendanceLogSource: z.int(),
    manualClockinType: z.int(),
    premiseName: z.string().nullable(),
    locationAddress: z.looseObject({}).nullable(),
  })
  .nullable();

const recordSchema = z.strictObject({
  id: z.guid(),
  employeeNumber: z.string().nullable(),
  employeeIdentifier: z.guid(),
  attendanceDate: z.string().regex(/^\d{4}-\d{2}-\d{2}T00:00:00Z$/u),
  dayType: z.int(),
  shiftStartTime: z.string().nullable(),
  shiftEndTime: z.string().nullable(),
  shiftDuration: z.number(),
  shiftBreakDuration: z.number(),
  shiftEffectiveDuration: z.number(),
  totalGrossHours: z.number().min(0),
  totalEffectiveHours: z.number().min(0),
  totalBreakDuration: z.number().min(0),
  totalEffectiveOvertimeDuration: z.number().min(0),
  totalGrossOvertimeDuration: z.number().min(0),
  firstInOfTheDay: punchSchema,
  lastOutOfTheDay: punchSchema,
});

const company = demo();
const rows = company.attendance.map(({ text }) => recordSchema.parse(JSON.parse(text)));

describe('a generated company', () => {
  it('is the same for the same seed and another for another seed', () => {
    const texts = company.attendance.map(({ text }) => text);
    expect(demo().attendance.map(({ text }) => text)).toEqual(texts);
    expect(demo({ seed: 8 }).attendance.map(({ text }) => text)).not.toEqual(texts);
  });

  it('keeps its past when it is generated again on the next day', () => {
    const nextDay = demo({}, today.add({ days: 1 }));
    const before = new Map(company.attendance.map(({ day, person, text }) => [`${day} ${person}`, text]));
    const common = nextDay.attendance.filter(({ day, person }) => before.has(`${day} ${person}`));
    expect(common.length).toBeGreaterThan(10_000);
    for (const { day, person, text } of common) expect(text).toBe(before.get(`${day} ${person}`));
  });

  it('ends its history yesterday', () => {
    const days = new Set(company.attendance.map(({ day }) => day));
    expect(days.size).toBe(45);
    expect([...days].sort().at(0)).toBe('2026-01-26');
    expect([...days].sort().at(-1)).toBe('2026-03-11');
  });

  it('writes the members of a record in the order of the contract', () => {
    const first = JSON.parse(company.attendance[0]!.text) as object;
    expect(Object.keys(first)).toEqual(Object.keys(recordSchema.shape));
  });

  it('has every kind of day that is met in the field', () => {
    const has = (dayType: number, firstIn: boolean, lastOut: boolean): boolean =>
      rows.some(
        (row) =>
          row.dayType === dayType &&
          (row.firstInOfTheDay !== null) === firstIn &&
          (row.lastOutOfTheDay !== null) === lastOut,
      );
    expect({
      worked: has(0, true, true),
      absent: has(0, false, false),
      missingOut: has(0, true, false),
      missingIn: has(0, false, true),
      holiday: has(1, false, false),
      workedHoliday: has(1, true, true),
      weeklyOff: has(2, false, false),
      workedWeeklyOff: has(2, true, true),
      firstHalfOff: has(3, true, true),
      secondHalfOff: has(4, true, true),
      unknownDayType: has(9, true, true),
    }).toEqual(
      Object.fromEntries(
        [
          'worked absent missingOut missingIn holiday workedHoliday weeklyOff workedWeeklyOff',
          'firstHalfOff secondHalfOff unknownDayType',
        ]
          .join(' ')
          .split(' ')
          .map((name) => [name, true]),
      ),
    );
  });

  it('writes times with 0 to 7 digits of a second and premises with a blank in front', () => {
    const punches = rows.flatMap((row) => row.firstInOfTheDay ?? []);
    const digits = new Set(punches.map(({ timestamp }) => /\.(\d+)Z/u.exec(timestamp)?.[1]?.length ?? 0));
    expect(digits).toEqual(new Set([0, 1, 2, 3, 4, 5, 6, 7]));
    expect(punches.some(({ premiseName }) => premiseName?.startsWith(' ') === true)).toBe(true);
    expect(punches.some(({ punchStatus }) => punchStatus === 2)).toBe(true);
  });

  it('keeps a night shift on the date on which it began', () => {
    const night = rows.filter((row) => row.shiftStartTime?.endsWith('T16:30:00Z') === true); // 22:00 in India
    const outs = night.flatMap((row) => (row.firstInOfTheDay && row.lastOutOfTheDay ? [row] : []));
    expect(outs.length).toBeGreaterThan(100);
    const local = (timestamp: string): string =>
      Temporal.Instant.from(timestamp).toZonedDateTimeISO(zone).toPlainDate().toString();
    for (const row of outs) {
      const day = row.attendanceDate.slice(0, 10);
      const next = Temporal.PlainDate.from(day).add({ days: 1 }).toString();
      expect(local(row.firstInOfTheDay!.timestamp)).toBe(day);
      expect(local(row.lastOutOfTheDay!.timestamp)).toBe(next);
    }
  });

  it('works in Dubai while India has its weekend', () => {
    const dubai = new Set(
      company.people.filter(({ office }) => office.city === 'Dubai').map(({ guid }) => guid),
    );
    const typeOf = (day: string, inDubai: boolean): Set<number> =>
      new Set(
        rows
          .filter(
            (row) => row.attendanceDate.startsWith(day) && dubai.has(row.employeeIdentifier) === inDubai,
          )
          .map(({ dayType }) => dayType),
      );
    expect(typeOf('2026-03-06', true)).toEqual(new Set([2])); // Friday
    expect(typeOf('2026-03-06', false)).not.toContain(2);
    expect(typeOf('2026-03-08', true)).not.toContain(2); // Sunday
    expect(typeOf('2026-03-08', false)).toEqual(new Set([2]));
  });

  it('has rows before joining and after leaving, and a punch of somebody who had left', () => {
    const byGuid = new Map(company.people.map((person) => [person.guid, person]));
    const dayOf = (row: (typeof rows)[number]): number =>
      dayNumber(Temporal.PlainDate.from(row.attendanceDate.slice(0, 10)));
    const after = rows.filter((row) => {
      const { leaves } = byGuid.get(row.employeeIdentifier)!;
      return leaves !== null && dayOf(row) > leaves;
    });
    expect(after.length).toBeGreaterThan(0);
    expect(after.some((row) => row.firstInOfTheDay !== null)).toBe(true);
    expect(rows.some((row) => dayOf(row) < byGuid.get(row.employeeIdentifier)!.joins)).toBe(true);
  });

  it('regularises days 2 to 25 days after them', () => {
    const delays = company.corrections.map(({ from, change }) => {
      if (change.kind !== 'put') throw new Error('only records are put');
      const on = from.toZonedDateTimeISO(zone).toPlainDate();
      return Temporal.PlainDate.from(change.entry.day).until(on, { largestUnit: 'days' }).days;
    });
    expect(Math.min(...delays)).toBe(2);
    expect(Math.max(...delays)).toBe(25);
  });

  it('shows the days ahead when they are over, and the out of a night shift in the morning', () => {
    const ahead = demo({ days: 1, daysAhead: 3 }).corrections.flatMap(({ from, change }) =>
      change.kind === 'put' && change.entry.day === '2026-03-12'
        ? [{ from: from.toString(), ...change.entry }]
        : [],
    );
    const atEnd = ahead.filter(({ from }) => from === '2026-03-12T18:30:00Z');
    const inMorning = ahead.filter(({ from }) => from === '2026-03-13T02:30:00Z');
    expect(atEnd.length).toBeGreaterThan(220);
    expect(inMorning.length).toBeGreaterThan(5);
    for (const { person, text } of inMorning) {
      expect(text).not.toContain('"lastOutOfTheDay":null');
      expect(atEnd.find((entry) => entry.person === person)?.text).toContain('"lastOutOfTheDay":null');
    }
  });

  it('can leave out the row of absent people, write local shift times, and show leave', () => {
    const isAbsent = ({ text }: { text: string }): boolean =>
      text.includes('"dayType":0') && text.includes('"firstInOfTheDay":null,"lastOutOfTheDay":null');
    const plain = demo({ absentPeople: 'no-row', shiftTimes: 'local', leaveDayStatus: 'present' });
    const employed = new Set(
      company.people.filter(({ role }) => role === 'ordinary').map(({ guid }) => guid),
    );
    expect(plain.attendance.filter((entry) => employed.has(entry.person) && isAbsent(entry))).toEqual([]);
    expect(plain.attendance.some(({ text }) => text.includes('T09:30:00Z","shiftEndTime"'))).toBe(true);
    expect(plain.attendance.every(({ text }) => text.includes('"leaveDayStatus":'))).toBe(true);
    expect(company.attendance.some(isAbsent)).toBe(true);
  });

  it('makes records of a realistic size', () => {
    const { attendance } = demo({ people: 2_000, days: 1, manner: 'plain' });
    expect(attendance).toHaveLength(2_000);
    const average = attendance.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0) / 2_000;
    expect(average).toBeGreaterThan(900);
    expect(average).toBeLessThan(1_200);
  });
});

describe('the directory of a generated company', () => {
  const directory = generateDirectory(company);

  it('leaves eleven people without a usable Employee ID', () => {
    const ids = new Set(directory.map((row) => row.employee_id).filter((id) => id !== ''));
    const key = (text: string | null): string => (text ?? '').trim().toUpperCase();
    const unlinked = company.employees.filter(({ number }) => number === null || !ids.has(key(number)));
    expect(unlinked).toHaveLength(11);
    expect(directory.filter((row) => row.employee_id === '')).toHaveLength(5);
    expect(company.employees.filter(({ number }) => number === null)).toHaveLength(3);
    expect(company.employees.length - directory.length).toBe(3);
  });

  it('has two people in Keka under one code', () => {
    const numbers = company.employees.flatMap(({ number }) => number ?? []);
    expect(numbers.length - new Set(numbers).size).toBe(1);
  });

  it('is written as CSV that reads back equal', () => {
    const text = writeDirectoryCsv(directory);
    expect(text.split('\r\n')[0]).toBe(
      'employee_id,first_name,last_name,email,team,joining_date,leaving_date,time_zone,designation,location',
    );
    expect(parse(text, { columns: true })).toEqual(directory);
    expect(text).toContain('प्रिया');
    expect(directory.some((row) => row.employee_id.startsWith('00'))).toBe(true);
  });

  it('names each e-mail once', () => {
    expect(new Set(directory.map(({ email }) => email)).size).toBe(directory.length);
    expect(directory.every(({ email }) => /^[a-z.]+\d+@sandalwood\.example$/u.test(email))).toBe(true);
  });
});
