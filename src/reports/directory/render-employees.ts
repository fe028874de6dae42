import type { EmployeeListing } from '../../directory/list-employees.ts';
import { type Column, renderCsv } from '../render-csv.ts';

/** The columns of a directory file: what is exported can be imported again. */
export const employeeFileColumns: readonly Column<EmployeeListing>[] = [
  { name: 'employee_id', cell: (row) => row.employeeId },
  { name: 'first_name', cell: (row) => row.firstName },
  { name: 'last_name', cell: (row) => row.lastName },
  { name: 'email', cell: (row) => row.email },
  { name: 'phone', cell: (row) => row.phone },
  { name: 'team', cell: (row) => row.team },
  { name: 'designation', cell: (row) => row.designation },
  { name: 'location', cell: (row) => row.location },
  { name: 'time_zone', cell: (row) => row.timeZone },
  { name: 'joining_date', cell: (row) => row.joiningDate },
  { name: 'leaving_date', cell: (row) => row.leavingDate },
  { name: 'manager', cell: (row) => row.manager?.employeeId ?? null },
  { name: 'status', cell: (row) => row.status },
  { name: 'tags', cell: (row) => row.tags.join('; ') },
];

export function renderEmployeesCsv(rows: readonly EmployeeListing[]): string {
  return renderCsv(employeeFileColumns, rows);
}

/** A workbook in which every cell is text: a code stays what it is, and nothing is a formula. */
export async function renderEmployeesXlsx(rows: readonly EmployeeListing[]): Promise<Buffer> {
  // Loaded when it is asked for; most downloads are CSV.
  const { default: writeExcelFile } = await import('write-excel-file/node');
  const header = employeeFileColumns.map(({ name }) => ({ value: name, fontWeight: 'bold' as const }));
  const cells = rows.map((row) =>
    employeeFileColumns.map(({ cell }) => {
      const value = cell(row);
      return value === null || value === '' ? null : { value: String(value), type: String, format: '@' };
    }),
  );
  return writeExcelFile([header, ...cells], { stickyRowsCount: 1 }).toBuffer();
}
