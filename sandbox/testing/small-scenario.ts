import type { Scenario } from '../scenario/parse-scenario.ts';

/** Thursday morning in India; yesterday is Wednesday, 11 March. */
export const smallScenarioStart = '2026-03-12T05:30:00Z';

export const credentials = { clientId: 'client-1', clientSecret: 'p&q=r', apiKey: 'ab+c/d==' };

export function guid(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

/** A record in the shape and order of Keka's answers, at work from 09:12 to 18:10 in India. */
export function record(person: number, day: string, changes: object = {}): Record<string, unknown> {
  const punch = (timestamp: string, punchStatus: number): object => ({
    timestamp,
    employeeIdentifier: guid(person),
    punchStatus,
    attendanceLogSource: 0,
    manualClockinType: 0,
    premiseName: ' Pune HQ Main Gate',
    locationAddress: null,
  });
  return {
    id: guid(900_000 + person),
    employeeNumber: `E${person}`,
    employeeIdentifier: guid(person),
    attendanceDate: `${day}T00:00:00Z`,
    dayType: 0,
    shiftStartTime: `${day}T04:00:00Z`,
    shiftEndTime: `${day}T13:00:00Z`,
    shiftDuration: 9,
    shiftBreakDuration: 1,
    shiftEffectiveDuration: 8,
    totalGrossHours: 8.97,
    totalEffectiveHours: 8.1,
    totalBreakDuration: 0.87,
    totalEffectiveOvertimeDuration: 0,
    totalGrossOvertimeDuration: 0,
    firstInOfTheDay: punch(`${day}T03:42:00Z`, 0),
    lastOutOfTheDay: punch(`${day}T12:40:00Z`, 1),
    ...changes,
  };
}

export function profile(person: number, changes: object = {}): Record<string, unknown> {
  return {
    id: guid(person),
    employeeNumber: `E${person}`,
    firstName: 'Asha',
    lastName: `Rao ${person}`,
    displayName: `Asha Rao ${person}`,
    email: `asha.rao.${person}@acme.example`,
    joiningDate: '2024-04-01T00:00:00Z',
    employmentStatus: 0,
    ...changes,
  };
}

/** `people` at work on each of the days, without limits on requests unless asked for. */
export function smallScenario(
  people: number,
  days: readonly string[],
  changes: Partial<Scenario> & { readonly tenantChanges?: Partial<Scenario['tenant']> } = {},
): Scenario {
  const { tenantChanges = {}, ...rest } = changes;
  const numbers = Array.from({ length: people }, (_, index) => index + 1);
  return {
    tenant: {
      subdomain: 'acme',
      clock: { start: smallScenarioStart },
      keys: [{ name: 'main', ...credentials }],
      rateLimit: { requests: null },
      ...tenantChanges,
    },
    employees: numbers.map((number) => profile(number)),
    attendance: days.flatMap((day) => numbers.map((number) => record(number, day))),
    ...rest,
  };
}
