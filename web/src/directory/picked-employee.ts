import type { Employee } from '../../../src/contract/employees.ts';

/** Enough of an employee to be chosen and shown. */
export type PickedEmployee = Pick<Employee, 'id' | 'employeeId'> & { readonly name: string };

export function toPicked({
  id,
  employeeId,
  firstName,
  lastName,
}: Pick<Employee, 'id' | 'employeeId' | 'firstName' | 'lastName'>): PickedEmployee {
  return { id, employeeId, name: `${firstName} ${lastName}`.trim() };
}

export function employeeLabel({ name, employeeId }: PickedEmployee): string {
  return employeeId === null ? name : `${name} · ${employeeId}`;
}
