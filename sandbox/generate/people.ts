import type { GenerateSettings } from '../scenario/generate-schema.ts';
import { dayNumber } from './calendar.ts';
import { guidFrom, pick, throwDice } from './dice.ts';
import { dayShift, eveningShift, nightShift, type Office, officesOf, type Shift } from './offices.ts';

/** What is special about a person; most are `ordinary`. */
export type Role =
  | 'ordinary'
  | 'blank-in-directory'
  | 'number-missing-in-keka'
  | 'only-in-keka'
  | 'same-code'
  | 'padded-code'
  | 'leaver'
  | 'joiner';

export type Person = {
  readonly index: number;
  readonly guid: string;
  readonly role: Role;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  /** The code that HR gave; what Keka and the directory hold may differ with the role. */
  readonly code: string;
  /** Keka's employeeNumber. */
  readonly employeeNumber: string | null;
  readonly attendanceNumber: string;
  readonly office: Office;
  readonly shift: Shift;
  /** The day type of Saturday where it is half off: 3 first half, 4 second half; null elsewhere. */
  readonly halfSaturday: 3 | 4 | null;
  readonly team: string;
  readonly designation: string;
  /** First and last day, as days since 1970-01-01; most people have no last one. */
  readonly joins: number;
  readonly leaves: number | null;
};

/** How many of each: eleven people cannot be linked, two share a code, two have it spelt differently. */
const specialRoles: readonly Role[] = [
  ...repeat<Role>('blank-in-directory', 5),
  ...repeat<Role>('number-missing-in-keka', 3),
  ...repeat<Role>('only-in-keka', 3),
  ...repeat<Role>('same-code', 2),
  ...repeat<Role>('padded-code', 2),
  ...repeat<Role>('leaver', 6),
  ...repeat<Role>('joiner', 5),
];

const teams: readonly (readonly [team: string, designations: readonly string[]])[] = [
  ['Weaving', ['Loom Operator', 'Shift Supervisor', 'Maintenance Technician']],
  ['Dyeing', ['Dye Technician', 'Laboratory Assistant']],
  ['Quality', ['Quality Inspector', 'Quality Lead']],
  ['Dispatch', ['Packer', 'Warehouse Executive', 'Logistics Coordinator']],
  ['Customer Care', ['Support Executive', 'Team Lead']],
  ['Accounts', ['Accountant', 'Finance Manager']],
  ['Sales', ['Sales Executive', 'Key Account Manager']],
  ['Information Technology', ['Developer', 'System Administrator']],
];

/**
 * Everybody, in the order of their codes. Dates hang on an anchor that moves once in four weeks, not every day, so
 * that a demo started again tomorrow has the same leavers.
 */
export function generatePeople(
  settings: GenerateSettings,
  today: Temporal.PlainDate,
  zone: string,
): readonly Person[] {
  const roles = settings.manner === 'plain' ? new Map<number, Role>() : spreadRoles(settings.people);
  const offices = officesOf(zone);
  const anchor = anchorOf(today.subtract({ days: settings.days }));
  const sharedIndex = [...roles].find(([, role]) => role === 'same-code')?.[0] ?? 0;
  return Array.from({ length: settings.people }, (_, index) => {
    const dice = throwDice(settings.seed, index, 0);
    const role = roles.get(index) ?? 'ordinary';
    const office = settings.manner === 'plain' ? offices.pune : officeFor(dice.roll(1), offices);
    const shift = settings.manner === 'plain' ? dayShift : shiftFor(dice.roll(2), office);
    const firstName = pick(office.names.first, dice.roll(3));
    const lastName = pick(office.names.last, dice.roll(4));
    const [team, designations] = pick(teams, dice.roll(5));
    const code = codeOf(index, office, role);
    return {
      index,
      guid: guidFrom(dice.bits(6), dice.bits(7), dice.bits(8), dice.bits(9)),
      role,
      firstName,
      lastName,
      email: `${plainLetters(firstName)}.${plainLetters(lastName)}${index + 1}@sandalwood.example`,
      code,
      employeeNumber: numberInKeka(role, code, sharedIndex, offices.pune),
      attendanceNumber: String(10_001 + index),
      office,
      shift,
      halfSaturday: halfSaturdayFor(dice.roll(10), office, settings),
      team,
      designation: pick(designations, dice.roll(11)),
      joins: joiningDay(role, dice.between(12, 60, 2_500), dice.between(13, 30, 44), anchor),
      leaves: role === 'leaver' ? anchor + dice.between(14, 29, 44) : null,
    };
  });
}

function repeat<Item>(item: Item, times: number): Item[] {
  return Array.from({ length: times }, () => item);
}

/** Special people stand evenly among the others; a very small company has none. */
function spreadRoles(people: number): ReadonlyMap<number, Role> {
  if (people < 2 * specialRoles.length) return new Map();
  return new Map(
    specialRoles.map((role, place) => [Math.floor(((place + 0.5) * people) / specialRoles.length), role]),
  );
}

function officeFor(chance: number, { pune, bengaluru, dubai }: ReturnType<typeof officesOf>): Office {
  if (chance < 0.55) return pune;
  return chance < 0.85 ? bengaluru : dubai;
}

function shiftFor(chance: number, office: Office): Shift {
  if (office.countryCode !== 'IN' || chance < 0.76) return dayShift;
  return chance < 0.9 ? eveningShift : nightShift;
}

function halfSaturdayFor(chance: number, office: Office, settings: GenerateSettings): 3 | 4 | null {
  if (settings.manner === 'plain' || office.countryCode !== 'IN' || chance >= 0.35) return null;
  return chance < 0.1 ? 3 : 4;
}

/** Codes with letters in India; in the Gulf only digits, with zeros in front that must not get lost. */
function codeOf(index: number, office: Office, role: Role): string {
  const number = index + 1;
  if (role === 'only-in-keka' && index % 2 === 0) return `TEST${String(number).padStart(3, '0')}`;
  return office.countryCode === 'IN'
    ? `SW${String(number).padStart(4, '0')}`
    : String(number).padStart(5, '0');
}

function numberInKeka(role: Role, code: string, sharedIndex: number, office: Office): string | null {
  if (role === 'number-missing-in-keka') return null;
  if (role === 'same-code') return codeOf(sharedIndex, office, role);
  return role === 'padded-code' ? ` ${code.toLowerCase()} ` : code;
}

function joiningDay(role: Role, daysBefore: number, daysAfter: number, anchor: number): number {
  return role === 'joiner' ? anchor + daysAfter : anchor - daysBefore;
}

/** The start of the four weeks in which the history begins. */
function anchorOf(firstDay: Temporal.PlainDate): number {
  return Math.floor(dayNumber(firstDay) / 28) * 28;
}

function plainLetters(name: string): string {
  const letters = name
    .normalize('NFD')
    .toLowerCase()
    .replaceAll(/[^a-z]/gu, '');
  return letters === '' ? 'p' : letters;
}
