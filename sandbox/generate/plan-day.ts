import type { GenerateSettings } from '../scenario/generate-schema.ts';
import { type CalendarDay, dayTypeFor, dayTypes } from './calendar.ts';
import { type Dice, throwDice } from './dice.ts';
import type { Person } from './people.ts';

/** What happened to one person on one day, before it is written as a record. */
export type PlannedDay = {
  readonly dayType: number;
  /** Null where Keka writes no shift: a day off that nobody worked. */
  readonly shift: { readonly start: number; readonly minutes: number; readonly breakMinutes: number } | null;
  /** Seconds after local midnight; an out after midnight is above 86,400. */
  readonly firstIn: number | null;
  readonly lastOut: number | null;
  readonly firstInStatus: number;
  readonly lastOutStatus: number;
  readonly logSource: number | null;
  readonly onLeave: boolean;
};

/** The day as Keka first has it, and what it becomes when HR regularises it. */
export type DayStory = {
  readonly first: PlannedDay | null;
  readonly corrected: { readonly plan: PlannedDay; readonly daysAfter: number } | null;
};

const question = {
  event: 101,
  regularised: 102,
  delay: 103,
  arrival: 104,
  departure: 105,
  offWorked: 106,
  noRow: 107,
  oddEnum: 108,
} as const;

const rowDaysBeforeJoining = 10;
const rowDaysAfterLeaving = 14;

/** The story of a working company: mostly ordinary days, and a few of everything that goes wrong in the field. */
export function planDay(person: Person, day: CalendarDay, settings: GenerateSettings): DayStory {
  const dice = throwDice(settings.seed, person.index + 1, day.number);
  if (settings.manner === 'plain')
    return { first: workedDay(person, dayTypes.working, dice), corrected: null };
  if (isOutside(person, day)) return outsideEmployment(person, day);
  const dayType = dayTypeFor(person, day);
  if (dayType === dayTypes.weeklyOff || dayType === dayTypes.holiday) {
    const worked = dice.roll(question.offWorked) < 0.025;
    return { first: worked ? workedDay(person, dayType, dice) : freeDay(dayType), corrected: null };
  }
  return workingDay(person, dayType, dice, settings);
}

/** Seven in a hundred have something to regularise; most of those are regularised 2 to 25 days later. */
function workingDay(person: Person, dayType: number, dice: Dice, settings: GenerateSettings): DayStory {
  const whole = workedDay(person, dayType, dice);
  const event = dice.roll(question.event);
  const regularised = dice.roll(question.regularised);
  const daysAfter = dice.between(question.delay, 2, 25);
  if (event < 0.045) {
    const absent = absentDay(person, dayType, event < 0.015);
    return {
      first: hasNoRow(settings, dice) ? null : absent,
      corrected: regularised < 0.2 ? { plan: whole, daysAfter } : null,
    };
  }
  if (event < 0.063) {
    const first = { ...whole, lastOut: null, firstInStatus: event < 0.054 ? 2 : 0 };
    return { first, corrected: regularised < 0.6 ? { plan: whole, daysAfter } : null };
  }
  if (event < 0.07) {
    const first = { ...whole, firstIn: null, lastOutStatus: 3 };
    return { first, corrected: regularised < 0.6 ? { plan: whole, daysAfter } : null };
  }
  return { first: withOddEnum(whole, dice), corrected: null };
}

/** Values that no table of Keka's names. */
function withOddEnum(plan: PlannedDay, dice: Dice): PlannedDay {
  const chance = dice.roll(question.oddEnum);
  if (chance < 0.0007) return { ...plan, dayType: 9 };
  if (chance < 0.0014) return { ...plan, lastOutStatus: 7 };
  return chance < 0.0021 ? { ...plan, logSource: 6 } : plan;
}

function workedDay(person: Person, dayType: number, dice: Dice): PlannedDay {
  const { start, minutes, breakMinutes } = shiftOn(person, dayType);
  const arrival = arrivalMinutes(dice.roll(question.arrival), dice);
  const departure = departureMinutes(dice.roll(question.departure), dice);
  const second = dice.bits(question.arrival) % 60;
  return {
    dayType,
    shift: { start, minutes, breakMinutes },
    firstIn: (start + arrival) * 60 + second,
    lastOut: (start + minutes + departure) * 60 + ((second * 7) % 60),
    firstInStatus: 0,
    lastOutStatus: 1,
    logSource: null,
    onLeave: false,
  };
}

/** Most come up to 20 minutes early; one in twelve is late by up to an hour. */
function arrivalMinutes(chance: number, dice: Dice): number {
  return chance < 0.08 ? dice.between(201, 11, 65) : dice.between(202, -20, 9);
}

function departureMinutes(chance: number, dice: Dice): number {
  if (chance < 0.05) return -dice.between(203, 15, 120);
  return chance < 0.15 ? dice.between(204, 45, 170) : dice.between(205, 0, 35);
}

/** On a half day off only the other half of the shift is worked. */
function shiftOn(person: Person, dayType: number) {
  const { start, minutes, breakMinutes } = person.shift;
  if (dayType !== dayTypes.firstHalfOff && dayType !== dayTypes.secondHalfOff) {
    return { start, minutes, breakMinutes };
  }
  const half = minutes / 2;
  return { start: dayType === dayTypes.firstHalfOff ? start + half : start, minutes: half, breakMinutes: 0 };
}

function absentDay(person: Person, dayType: number, onLeave: boolean): PlannedDay {
  return { ...freeDay(dayType), shift: shiftOn(person, dayType), onLeave };
}

function freeDay(dayType: number): PlannedDay {
  return {
    dayType,
    shift: null,
    firstIn: null,
    lastOut: null,
    firstInStatus: 0,
    lastOutStatus: 1,
    logSource: null,
    onLeave: false,
  };
}

function hasNoRow(settings: GenerateSettings, dice: Dice): boolean {
  if (settings.absentPeople === 'mixed') return dice.roll(question.noRow) < 0.3;
  return settings.absentPeople === 'no-row';
}

function isOutside({ joins, leaves }: Person, { number }: CalendarDay): boolean {
  return number < joins || (leaves !== null && number > leaves);
}

/** Rows exist shortly before joining and after leaving; some who left come back once, and punch. */
function outsideEmployment(person: Person, day: CalendarDay): DayStory {
  const before = person.joins - day.number;
  const after = person.leaves === null ? 0 : day.number - person.leaves;
  if (before > rowDaysBeforeJoining || after > rowDaysAfterLeaving) return { first: null, corrected: null };
  const dayType = dayTypeFor(person, day);
  const cameBack = after === 3 && person.index % 2 === 0;
  const dice = throwDice(person.index, day.number, 77);
  return { first: cameBack ? workedDay(person, dayType, dice) : freeDay(dayType), corrected: null };
}
