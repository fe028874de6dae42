import { inOrganisation, type OrganisationContext } from '../accounts/organisation-context.ts';
import { identificationKeys } from '../attendance/identification-keys.ts';
import { toMatchKey } from '../attendance/match-key.ts';
import type { IdentificationKey } from '../db/schema.ts';
import { parseAttendanceRecord } from '../keka/attendance-record.ts';
import { parseEmployeeRecord } from '../keka/employee-record.ts';
import type { KekaPage } from '../keka/keka-page.ts';

/** How people would be matched by one identification key, by the first page of them. */
export type KeySample = {
  readonly key: IdentificationKey;
  /** What it looks like in this company; null when nobody of the page has it. */
  readonly example: string | null;
  readonly matched: number;
  readonly of: number;
  /** The first few that are not in the directory. */
  readonly misses: readonly string[];
};

const missesShown = 5;

type Person = Readonly<Record<IdentificationKey, string | null>>;

/**
 * Compares the people of a page with the directory, by each key that is known of them: all four by their profiles, or
 * the two that stand in a record of attendance.
 */
export async function sampleKeys(
  context: OrganisationContext,
  days: KekaPage,
  people: KekaPage | null,
): Promise<{ readonly employees: number; readonly keys: readonly KeySample[] }> {
  const employees = await inOrganisation(context, (transaction) =>
    transaction.selectFrom('employee').select('match_key').where('match_key', 'is not', null).execute(),
  );
  const directory = new Set<string | null>(employees.map(({ match_key }) => match_key));
  const found = people === null ? peopleOfDays(days) : peopleOfProfiles(people);
  const tried: readonly IdentificationKey[] =
    people === null ? ['employee_number', 'guid'] : identificationKeys;
  return { employees: directory.size, keys: tried.map((key) => sampleOf(key, found, directory)) };
}

function sampleOf(
  key: IdentificationKey,
  people: readonly Person[],
  directory: ReadonlySet<string | null>,
): KeySample {
  const isKnown = (person: Person) => {
    const wanted = toMatchKey(person[key]);
    return wanted !== null && directory.has(wanted);
  };
  const missing = people.filter((person) => !isKnown(person));
  return {
    key,
    example: people.find((person) => toMatchKey(person[key]) !== null)?.[key] ?? null,
    matched: people.length - missing.length,
    of: people.length,
    misses: missing.slice(0, missesShown).map((person) => person[key] ?? 'no key'),
  };
}

function peopleOfProfiles(page: KekaPage): readonly Person[] {
  return page.records.flatMap((raw) => {
    const parsed = parseEmployeeRecord(raw);
    if (!parsed.ok) return [];
    const { employeeNumber, attendanceNumber, email, guid } = parsed.record;
    return [{ employee_number: employeeNumber, attendance_number: attendanceNumber, email, guid }];
  });
}

function peopleOfDays(page: KekaPage): readonly Person[] {
  return page.records.flatMap((raw) => {
    const parsed = parseAttendanceRecord(raw);
    if (!parsed.ok) return [];
    const { employeeNumber, sourceGuid } = parsed.record;
    return [{ employee_number: employeeNumber, attendance_number: null, email: null, guid: sourceGuid }];
  });
}
