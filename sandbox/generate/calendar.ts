import { throwDice } from './dice.ts';
import type { Office } from './offices.ts';
import type { Person } from './people.ts';

/** Keka's day types. */
export const dayTypes = { working: 0, holiday: 1, weeklyOff: 2, firstHalfOff: 3, secondHalfOff: 4 } as const;

const epoch = Temporal.PlainDate.from('1970-01-01');

/** One calendar day with what every record of it needs, worked out once. */
export type CalendarDay = {
  readonly text: string;
  /** Days since 1970-01-01. */
  readonly number: number;
  readonly weekday: number;
  readonly date: Temporal.PlainDate;
  /** The epoch second of midnight in a zone. */
  midnight(zone: string): number;
  isHoliday(office: Office): boolean;
};

/** Days since 1970-01-01: a company of 100,000 compares these instead of dates. */
export function dayNumber(date: Temporal.PlainDate): number {
  return epoch.until(date, { largestUnit: 'days' }).days;
}

export function dateOfDay(number: number): Temporal.PlainDate {
  return epoch.add({ days: number });
}

export function calendarDay(date: Temporal.PlainDate, seed: number): CalendarDay {
  const number = dayNumber(date);
  const midnights = new Map<string, number>();
  const holidays = new Map<string, boolean>();
  return {
    text: date.toString(),
    number,
    weekday: date.dayOfWeek,
    date,
    midnight: (zone) => remember(midnights, zone, () => date.toZonedDateTime(zone).epochMilliseconds / 1000),
    isHoliday: ({ city }) => remember(holidays, city, () => isHoliday(city, date, number, seed)),
  };
}

/** About one holiday in three weeks for each office, always on the same date for the same seed. */
function isHoliday(city: string, date: Temporal.PlainDate, number: number, seed: number): boolean {
  const week = Math.floor((number + 3) / 7);
  const dice = throwDice(seed, (city.codePointAt(0) ?? 0) + 1_000_000, week);
  return dice.roll(1) < 0.34 && date.dayOfWeek === dice.between(2, 1, 4);
}

export function dayTypeFor(person: Person, day: CalendarDay): number {
  if (person.halfSaturday !== null && day.weekday === 6) {
    return person.halfSaturday;
  }
  if (person.office.weekend.includes(day.weekday)) return dayTypes.weeklyOff;
  return day.isHoliday(person.office) ? dayTypes.holiday : dayTypes.working;
}

/**
 * Makes a writer of `YYYY-MM-DDTHH:MM:SS` for epoch seconds, without Temporal for speed: a large company needs it
 * 400,000 times.
 */
export function createUtcWriter(): (epochSecond: number) => string {
  const dayTexts = new Map<number, string>();
  return (epochSecond) => {
    const number = Math.floor(epochSecond / 86_400);
    const second = epochSecond - number * 86_400;
    const day = remember(dayTexts, number, () => dateOfDay(number).toString());
    return `${day}T${two(Math.floor(second / 3600))}:${two(Math.floor(second / 60) % 60)}:${two(second % 60)}`;
  };
}

function two(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}

function remember<Key, Value>(known: Map<Key, Value>, key: Key, work: () => Value): Value {
  const found = known.get(key);
  if (found !== undefined) return found;
  const value = work();
  known.set(key, value);
  return value;
}
