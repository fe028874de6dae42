import { dateOfDay, dayNumber } from './calendar.ts';
import { guidFrom, throwDice } from './dice.ts';
import type { Person } from './people.ts';

/** The profile of a person as /hris/employees gives it, with the members of Keka's documents in their order. */
export function writeProfile(person: Person, today: Temporal.PlainDate): string {
  const left = hasLeft(person, today);
  return JSON.stringify({
    ...identity(person),
    ...work(person, left),
    ...personal(person),
    ...organisation(person),
  });
}

export function hasLeft({ leaves }: Person, today: Temporal.PlainDate): boolean {
  return leaves !== null && leaves < dayNumber(today);
}

export function probationEnd({ joins }: Person): Temporal.PlainDate {
  return dateOfDay(joins).add({ months: 6 });
}

function identity(person: Person) {
  return {
    id: person.guid,
    employeeNumber: person.employeeNumber,
    firstName: person.firstName,
    middleName: null,
    lastName: person.lastName,
    displayName: `${person.firstName} ${person.lastName}`,
    email: person.email,
    city: person.office.city,
    countryCode: person.office.countryCode,
    image: null,
  };
}

function work(person: Person, left: boolean) {
  return {
    jobTitle: lookup(person.designation),
    secondaryJobTitle: null,
    reportsTo: null,
    l2Manager: null,
    dottedLineManager: null,
    contingentType: null,
    timeType: 1,
    workerType: 1,
    isPrivate: false,
    isProfileComplete: true,
    maritalStatus: 0,
    marriageDate: null,
    gender: 0,
    joiningDate: dateTime(dateOfDay(person.joins)),
    professionalSummary: null,
    dateOfBirth: null,
    resignationSubmittedDate: person.leaves === null ? null : dateTime(dateOfDay(person.leaves - 30)),
    exitDate: person.leaves === null ? null : dateTime(dateOfDay(person.leaves)),
    employmentStatus: left ? 1 : 0,
    accountStatus: left ? 2 : 1,
    invitationStatus: 1,
    exitStatus: left ? 2 : 0,
    exitType: person.leaves === null ? 0 : 1,
    exitReason: null,
  };
}

function personal(person: Person) {
  return {
    personalEmail: null,
    workPhone: null,
    homePhone: null,
    mobilePhone: null,
    bloodGroup: 0,
    attendanceNumber: person.attendanceNumber,
    probationEndDate: dateTime(probationEnd(person)),
    currentAddress: null,
    permanentAddress: null,
    relations: [],
    educationDetails: [],
    experienceDetails: [],
    customFields: [],
  };
}

function organisation(person: Person) {
  return {
    groups: [
      { id: idOf(person.team), title: person.team, groupType: 2 },
      { id: idOf(person.office.city), title: person.office.city, groupType: 3 },
    ],
    leavePlanInfo: lookup('Standard Leave Plan'),
    bandInfo: null,
    payGradeInfo: null,
    shiftPolicyInfo: lookup(person.shift.title),
    weeklyOffPolicyInfo: lookup(`Weekly off ${person.office.city}`),
    captureSchemeInfo: lookup('Biometric and web'),
    trackingPolicyInfo: lookup('Standard tracking'),
    expensePolicyInfo: null,
    overtimePolicyInfo: null,
    identifier: person.guid,
  };
}

function lookup(title: string) {
  return { identifier: idOf(title), title };
}

/** The same title always has the same id. */
function idOf(title: string): string {
  const bytes = Buffer.from(title);
  const sum = bytes.reduce((sum, byte) => (Math.imul(sum, 31) + byte) | 0, 7);
  const dice = throwDice(sum, 1, 1);
  return guidFrom(dice.bits(1), dice.bits(2), dice.bits(3), dice.bits(4));
}

function dateTime(date: Temporal.PlainDate): string {
  return `${date.toString()}T00:00:00Z`;
}
