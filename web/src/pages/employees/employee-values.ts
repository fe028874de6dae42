import type { EmployeeDetails } from '../../../../src/contract/employees.ts';
import type { Question } from '../../api/ask.ts';
import type { PickedEmployee } from '../../directory/picked-employee.ts';

/** What is typed in the form; an empty text stands for nothing. */
export type EmployeeValues = {
  employeeId: string;
  firstName: string;
  lastName: string;
  email: string;
  phone: string;
  team: string;
  teamFrom: string;
  designation: string;
  location: string;
  timeZone: string;
  joiningDate: string;
  leavingDate: string;
  manager: PickedEmployee | null;
  status: EmployeeDetails['status'];
  tags: string[];
};

export type EmployeeBody = NonNullable<Question<'PATCH /api/v1/employees/:id'>['body']>;

const texts = [
  'employeeId',
  'firstName',
  'lastName',
  'email',
  'phone',
  'team',
  'designation',
  'location',
  'timeZone',
  'joiningDate',
  'leavingDate',
] as const;

export const noValues: EmployeeValues = {
  employeeId: '',
  firstName: '',
  lastName: '',
  email: '',
  phone: '',
  team: '',
  teamFrom: '',
  designation: '',
  location: '',
  timeZone: '',
  joiningDate: '',
  leavingDate: '',
  manager: null,
  status: 'active',
  tags: [],
};

export function valuesOf(employee: EmployeeDetails): EmployeeValues {
  const known = Object.fromEntries(texts.map((field) => [field, employee[field] ?? '']));
  return {
    ...noValues,
    ...known,
    manager: employee.manager,
    status: employee.status,
    tags: [...employee.tags],
  };
}

/** Only what differs from before: what is not given stays, also where somebody else changes it meanwhile. */
export function toBody(values: EmployeeValues, before: EmployeeValues): EmployeeBody {
  const changed = texts.filter((field) => values[field].trim() !== before[field]);
  return {
    ...Object.fromEntries(changed.map((field) => [field, values[field].trim() || null])),
    ...(changed.includes('team') && values.teamFrom !== '' ? { teamFrom: values.teamFrom } : {}),
    ...(values.manager?.id === before.manager?.id ? {} : { manager: values.manager?.id ?? null }),
    ...(values.status === before.status ? {} : { status: values.status }),
    ...(values.tags.join('\n') === before.tags.join('\n') ? {} : { tags: values.tags }),
  };
}
