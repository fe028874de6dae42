import type { DailyRow } from '../../../../src/contract/daily-report.ts';

/** What tells a row from the others of the day, and stands in the address when it is open. */
export function rowKey(row: DailyRow, index: number): string {
  if (row.employeeId !== null) return row.employeeId;
  if (row.sourceGuid !== null) return row.sourceGuid;
  return row.email ?? `row-${index}`;
}
