export const employeeSorts = [
  'name',
  'employee_id',
  'email',
  'designation',
  'location',
  'joining_date',
  'leaving_date',
  'status',
] as const;
export type EmployeeSort = (typeof employeeSorts)[number];
