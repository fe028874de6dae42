import type { ReportColumn } from '../shape/report-shape.ts';
import type { PersonGroup } from './group-by-person.ts';

/** Who it is, in every report with one line for each person. */
export const personColumns: readonly ReportColumn<PersonGroup>[] = [
  { id: 'employeeId', name: 'Employee ID', kind: 'text', isBrief: true, cell: (row) => row.employee_id },
  { id: 'name', name: 'Name', kind: 'text', isBrief: true, cell: (row) => row.name },
  { id: 'email', name: 'E-mail', kind: 'text', cell: (row) => row.email },
  { id: 'team', name: 'Team', kind: 'text', isBrief: true, cell: (row) => row.team },
  { id: 'location', name: 'Location', kind: 'text', cell: (row) => row.location },
];

/** Where the numbers come from, at the end. */
export const personSourceColumns: readonly ReportColumn<PersonGroup>[] = [
  { id: 'employeeNumber', name: 'Keka employee number', kind: 'text', cell: (row) => row.employee_number },
];
