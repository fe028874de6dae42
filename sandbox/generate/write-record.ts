import type { GenerateSettings } from '../scenario/generate-schema.ts';
import type { AttendanceEntry } from '../scenario/record-schemas.ts';
import type { CalendarDay } from './calendar.ts';
import { type Dice, guidFrom, pick, throwDice } from './dice.ts';
import type { Person } from './people.ts';
import type { PlannedDay } from './plan-day.ts';

export type RecordWriter = (person: Person, day: CalendarDay, plan: PlannedDay) => AttendanceEntry;

/** Sources of a punch, as far as they are known. */
const sources = { device: 0, web: 1, api: 3 } as const;

/** Writes the JSON of records in the order of Keka's members, as text at once: 100,000 records take a second. */
export function createRecordWriter(
  settings: GenerateSettings,
  utcText: (epochSecond: number) => string,
): RecordWriter {
  return (person, day, plan) => {
    const dice = throwDice(settings.seed ^ 0x5f3759df, person.index, day.number);
    const midnight = day.midnight(person.office.zone);
    const text =
      `{"id":"${guidFrom(dice.bits(1), dice.bits(2), dice.bits(3), dice.bits(4))}"` +
      `,"employeeNumber":${JSON.stringify(person.employeeNumber)}` +
      `,"employeeIdentifier":"${person.guid}"` +
      `,"attendanceDate":"${day.text}T00:00:00Z","dayType":${plan.dayType}` +
      leaveMember(plan, settings) +
      shiftMembers(plan, settings.shiftTimes === 'utc' ? midnight : day.number * 86_400, utcText) +
      hourMembers(plan, settings) +
      `,"firstInOfTheDay":${punch(person, plan, 'in', midnight, dice, utcText)}` +
      `,"lastOutOfTheDay":${punch(person, plan, 'out', midnight, dice, utcText)}}`;
    return { day: day.text, person: person.guid, text: layFlat(text) };
  };
}

/**
 * Reading a character makes the engine join the pieces of a string; as a tree of pieces it takes three times the
 * memory. The comparison keeps the reading from being optimised away.
 */
function layFlat(text: string): string {
  return text.charCodeAt(0) === 0 ? '' : text;
}

function leaveMember({ onLeave }: PlannedDay, { leaveDayStatus }: GenerateSettings): string {
  return leaveDayStatus === 'present' ? `,"leaveDayStatus":${onLeave ? 1 : 0}` : '';
}

function shiftMembers({ shift }: PlannedDay, midnight: number, utcText: (second: number) => string): string {
  if (shift === null) {
    return ',"shiftStartTime":null,"shiftEndTime":null,"shiftDuration":0.0,"shiftBreakDuration":0.0,"shiftEffectiveDuration":0.0';
  }
  const { start, minutes, breakMinutes } = shift;
  return (
    `,"shiftStartTime":"${utcText(midnight + start * 60)}Z"` +
    `,"shiftEndTime":"${utcText(midnight + (start + minutes) * 60)}Z"` +
    `,"shiftDuration":${hours(minutes)},"shiftBreakDuration":${hours(breakMinutes)}` +
    `,"shiftEffectiveDuration":${hours(minutes - breakMinutes)}`
  );
}

/** Totals stay 0 while a punch is missing. Overtime is what goes beyond the shift. */
function hourMembers({ shift, firstIn, lastOut }: PlannedDay, { overtimeFields }: GenerateSettings): string {
  const gross = firstIn === null || lastOut === null ? 0 : (lastOut - firstIn) / 60;
  const pause = Math.min(shift?.breakMinutes ?? 0, gross);
  const over = Math.max(0, gross - (shift?.minutes ?? gross));
  const overtime =
    overtimeFields === 'present'
      ? `,"totalEffectiveOvertimeDuration":${hours(over)},"totalGrossOvertimeDuration":${hours(over)}`
      : '';
  return (
    `,"totalGrossHours":${hours(gross)},"totalEffectiveHours":${hours(gross - pause)}` +
    `,"totalBreakDuration":${hours(pause)}${overtime}`
  );
}

/** Decimal hours with at least one decimal, as Keka writes doubles. */
function hours(minutes: number): string {
  const hundredths = Math.round((minutes / 60) * 100);
  return hundredths % 10 === 0 ? (hundredths / 100).toFixed(1) : (hundredths / 100).toFixed(2);
}

function punch(
  person: Person,
  plan: PlannedDay,
  side: 'in' | 'out',
  midnight: number,
  dice: Dice,
  utcText: (second: number) => string,
): string {
  const second = side === 'in' ? plan.firstIn : plan.lastOut;
  if (second === null) return 'null';
  const question = side === 'in' ? 20 : 40;
  const { source, manual, premise, address } = placeOfPunch(person, plan, dice, question);
  return (
    `{"timestamp":"${utcText(midnight + second)}${fraction(dice, question)}Z"` +
    `,"employeeIdentifier":"${person.guid}"` +
    `,"punchStatus":${side === 'in' ? plan.firstInStatus : plan.lastOutStatus}` +
    `,"attendanceLogSource":${source},"manualClockinType":${manual}` +
    `,"premiseName":${premise},"locationAddress":${address}}`
  );
}

/** Devices write whole seconds; others up to the seven digits of .NET. */
function fraction(dice: Dice, question: number): string {
  if (dice.roll(question) < 0.55) return '';
  const digits = dice.between(question + 1, 1, 7);
  return `.${String(dice.bits(question + 2) % 10 ** digits).padStart(digits, '0')}`;
}

function placeOfPunch({ office }: Person, plan: PlannedDay, dice: Dice, question: number) {
  const chance = dice.roll(question + 3);
  if (chance < 0.14) {
    return { source: sources.web, manual: 1, premise: '"Web Clock In"', address: office.address };
  }
  if (chance < 0.2) return { source: sources.api, manual: 0, premise: 'null', address: 'null' };
  const premise = JSON.stringify(pick(office.premises, dice.roll(question + 4)));
  return { source: plan.logSource ?? sources.device, manual: 0, premise, address: 'null' };
}
