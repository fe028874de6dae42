import type { TFunction } from 'i18next';
import type { Employee } from '../../../../src/contract/employees.ts';
import { EmployeeStateChip, LinkChip, stateOf } from '../../directory/employee-state.tsx';
import type { TableColumn } from '../../parts/data-table/table-column.ts';
import type { Formats } from '../../time/formats.ts';
import classes from './employee-columns.module.css';

type ColumnContext = { readonly t: TFunction<'employees'>; readonly formats: Formats };

/** The server sorts; a table has to know only that it can be asked to. */
const sortable = { sortBy: () => null };

export function nameOf({ firstName, lastName }: Pick<Employee, 'firstName' | 'lastName'>): string {
  return `${firstName} ${lastName}`.trim();
}

export function employeeColumns({ t, formats }: ColumnContext): readonly TableColumn<Employee>[] {
  const title = (id: keyof typeof widths) => ({ id, title: t(`column.${id}`), width: widths[id] });
  return [
    { ...title('name'), ...sortable, isPinned: true, grows: true, cell: nameOf },
    { ...title('employee_id'), ...sortable, cell: ({ employeeId }) => employeeId ?? <Nothing /> },
    { ...title('team'), cell: ({ team }) => team },
    { ...title('designation'), ...sortable, cell: ({ designation }) => designation },
    { ...title('location'), ...sortable, cell: ({ location }) => location },
    {
      ...title('joining_date'),
      ...sortable,
      cell: ({ joiningDate }) => (joiningDate === null ? null : formats.dateOfYear(joiningDate)),
    },
    { ...title('status'), cell: (one) => <EmployeeStateChip state={stateOf(one)} /> },
    { ...title('link'), cell: ({ linkedIn }) => <LinkChip isLinked={linkedIn.length > 0} /> },
  ];
}

const widths = {
  name: 160,
  employee_id: 104,
  team: 120,
  designation: 130,
  location: 100,
  joining_date: 110,
  status: 126,
  link: 110,
} as const;

/** On narrow screens: who, and where they stand. */
export function narrowEmployeeColumns({ t }: ColumnContext): readonly TableColumn<Employee>[] {
  return [
    {
      id: 'name',
      title: t('column.person'),
      width: 180,
      grows: true,
      isPinned: true,
      ...sortable,
      cell: (one) => (
        <span className={classes.stacked}>
          <span className={classes.cut}>{nameOf(one)}</span>
          <span className={classes.soft}>
            {[one.employeeId, one.team].filter((part) => part !== null).join(' · ') || '–'}
          </span>
        </span>
      ),
    },
    {
      id: 'status',
      title: t('column.status'),
      width: 132,
      cell: (one) => (
        <span className={classes.stacked}>
          <EmployeeStateChip state={stateOf(one)} />
          <LinkChip isLinked={one.linkedIn.length > 0} />
        </span>
      ),
    },
  ];
}

function Nothing() {
  return <span className={classes.soft}>–</span>;
}
