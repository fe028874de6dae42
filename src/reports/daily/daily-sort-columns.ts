export const dailySortColumns = [
  'name',
  'employeeId',
  'team',
  'status',
  'firstIn',
  'lastOut',
  'effective',
  'gross',
  'break',
  'flags',
  'location',
  'designation',
  'email',
  'employeeNumber',
  'connection',
  'lastFetched',
] as const;
export type DailySortColumn = (typeof dailySortColumns)[number];
