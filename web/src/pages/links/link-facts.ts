import type { TFunction } from 'i18next';
import type { Link, LinkDecision, LinkSuggestion } from '../../../../src/contract/links.ts';
import type { Formats } from '../../time/formats.ts';

type Context = { readonly t: TFunction<'links'>; readonly formats: Formats };
export type Person = NonNullable<Link['person']>;
export type LinkedEmployee = NonNullable<Link['employee']>;

/** `since …`, `until …`, or both; null where nothing limits it. */
export function periodOf(from: string | null, to: string | null, { t, formats }: Context): string | null {
  if (from === null) return to === null ? null : t('until', { date: formats.dateOfYear(to) });
  if (to === null) return t('since', { date: formats.dateOfYear(from) });
  return `${formats.dateOfYear(from)} – ${formats.dateOfYear(to)}`;
}

/** What tells one person in Keka from another, in pieces. */
export function personFacts(person: Person, context: Context): readonly string[] {
  const { key, employeeNumber, email, department, location, joiningDate, exitDate } = person;
  const codes = [...new Set([key, employeeNumber, email])];
  const dates = periodOf(joiningDate, exitDate, context);
  return [...codes, department, location, dates].filter((one) => one !== null);
}

export function employeeFacts(employee: LinkedEmployee, context: Context): readonly string[] {
  const { employeeId, email, joiningDate, leavingDate } = employee;
  return [employeeId, email, periodOf(joiningDate, leavingDate, context)].filter((one) => one !== null);
}

export function decisionOf({ person, employee, validFrom, validTo }: LinkSuggestion): LinkDecision {
  return { kind: 'link', person: person.guid, employee: employee.id, validFrom, validTo };
}

/** What stands for a line: a person in Keka, or an employee without any. */
export function keyOf({ person, employee }: Pick<Link, 'person' | 'employee'>): string {
  return person?.guid ?? employee?.id ?? '';
}

export function ignoring({ person, employee }: Link, reason: string): readonly LinkDecision[] {
  if (person !== null) return [{ kind: 'ignore_person', person: person.guid, reason }];
  return employee === null ? [] : [{ kind: 'ignore_employee', employee: employee.id, reason }];
}

export function restoring({ person, employee }: Link): readonly LinkDecision[] {
  if (person !== null) return [{ kind: 'restore', person: person.guid }];
  return employee === null ? [] : [{ kind: 'restore', employee: employee.id }];
}
