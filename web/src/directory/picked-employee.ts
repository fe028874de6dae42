import type { Employee } from '../../../src/contract/employees.ts';

/** Enough of an employee to be chosen and shown. */
export type PickedEmployee = Pick<Employee, 'id' | 'employeeId'> & { readonly name: string };
