import { stringify } from 'csv-stringify/sync';
import { dateOfDay } from './calendar.ts';
import type { Company } from './generate-company.ts';
import type { Person } from './people.ts';

/** One line of the list that HR would import into the report's own directory. */
export type DirectoryRow = {
  readonly employee_id: string;
  readonly first_name: string;
  readonly last_name: string;
  readonly email: string;
  readonly team: string;
  readonly joining_date: string;
  readonly leaving_date: string;
  readonly time_zone: string;
  readonly designation: string;
  readonly location: string;
};

const columns: readonly (keyof DirectoryRow)[] = [
  'employee_id',
  'first_name',
  'last_name',
  'email',
  'team',
  'joining_date',
  'leaving_date',
  'time_zone',
  'designation',
  'location',
];

/** The directory that belongs to the company: without the people who are only in Keka, some without an ID. */
export function generateDirectory({ people }: Pick<Company, 'people'>): readonly DirectoryRow[] {
  return people.filter(({ role }) => role !== 'only-in-keka').map(directoryRow);
}

/** CSV with a header line and CRLF, in UTF-8 without a mark at its beginning. */
export function writeDirectoryCsv(rows: readonly DirectoryRow[]): string {
  return stringify([...rows], { header: true, columns: [...columns], record_delimiter: 'windows' });
}

function directoryRow(person: Person): DirectoryRow {
  return {
    employee_id: person.role === 'blank-in-directory' ? '' : person.code,
    first_name: person.firstName,
    last_name: person.lastName,
    email: person.email,
    team: person.team,
    joining_date: dateOfDay(person.joins).toString(),
    leaving_date: person.leaves === null ? '' : dateOfDay(person.leaves).toString(),
    time_zone: person.office.zone,
    designation: person.designation,
    location: person.office.city,
  };
}
