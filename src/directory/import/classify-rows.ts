import { sql } from 'kysely';
import type { ImportId } from '../../db/schema.ts';
import type { OrganisationTransaction } from '../../db/tenancy.ts';
import type { EmployeeColumn } from '../employee-fields.ts';

export type ImportCounts = {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly refused: number;
};

/** A file and the columns that its header names: of the others it says nothing, not that they are empty. */
export type StagedFile = { readonly importId: ImportId; readonly columns: ReadonlySet<EmployeeColumn> };

/**
 * Says of every stored row of a file what it means for the directory as it is now: new, changed, unchanged or refused,
 * and whom. All of it is done in the database; a row that stays what it was at first, a new employee, is not written.
 */
export async function classifyRows(
  transaction: OrganisationTransaction,
  file: StagedFile,
): Promise<ImportCounts> {
  await refuseRepeated(transaction, file);
  await findEmployees(transaction, file);
  await findManagers(transaction, file);
  await compareValues(transaction, file);
  const { rows } = await sql<ImportCounts>`
    select (count(*) filter (where outcome = 'new'))::integer as added,
      (count(*) filter (where outcome = 'changed'))::integer as changed,
      (count(*) filter (where outcome = 'unchanged'))::integer as unchanged,
      (count(*) filter (where outcome = 'refused'))::integer as refused
    from employee_import_row where import_id = ${file.importId}`.execute(transaction);
  return rows[0] ?? { added: 0, changed: 0, unchanged: 0, refused: 0 };
}

const withFault = (field: string, reason: ReturnType<typeof sql>) =>
  sql`outcome = 'refused', faults = coalesce(r.faults, '[]') || jsonb_build_array(
    jsonb_build_object('field', ${field}::text, 'reason', ${reason}))`;

/**
 * The same Employee ID or e-mail twice: which row is meant could only be guessed. IDs that differ in capitals or blanks
 * only are let in: they link nobody, and the list of links says which to correct.
 */
async function refuseRepeated(transaction: OrganisationTransaction, { importId }: StagedFile): Promise<void> {
  for (const [field, value] of [
    ['employee_id', sql`employee_id`],
    ['email', sql`lower(email)`],
  ] as const) {
    await sql`
      update employee_import_row r set ${withFault(field, sql`'stands already in line ' || again.first`)}
      from (
        select line, first_value(line) over same as first, row_number() over same as number
        from employee_import_row
        where import_id = ${importId} and ${value} is not null
        window same as (partition by ${value} order by line)
      ) again
      where r.import_id = ${importId} and r.line = again.line and again.number > 1`.execute(transaction);
  }
}

/**
 * Which employee each row means. Rows with exactly the stored Employee ID come first, so that two IDs which differ in
 * capitals only stay two employees; then the e-mail, then a code that is equal but for its spelling.
 */
async function findEmployees(
  transaction: OrganisationTransaction,
  { importId, columns }: StagedFile,
): Promise<void> {
  const identities = [
    { field: 'employee_id', ofRow: sql`r.employee_id`, ofKnown: sql`e.employee_id` },
    { field: 'email', ofRow: sql`lower(r.email)`, ofKnown: sql`lower(e.email)` },
    { field: 'employee_id', ofRow: sql`r.match_key`, ofKnown: sql`e.match_key` },
  ];
  for (const { field, ofRow, ofKnown } of identities) {
    // As soon as a row has its employee it is no longer new; whether it differs is asked later.
    await sql`
      update employee_import_row r set employee = hit.employee,
        outcome = case when hit.several > 1 then 'refused' else 'unchanged' end,
        faults = case when hit.several > 1 then coalesce(r.faults, '[]') || jsonb_build_array(jsonb_build_object(
          'field', ${field}::text,
          'reason', 'belongs to ' || hit.several || ' employees of the directory; correct that first')) end
      from (
        select r.line, (min(e.id::text))::uuid as employee, count(*) as several,
          row_number() over (partition by min(e.id::text) order by r.line) as number
        from employee_import_row r join employee e on ${ofKnown} = ${ofRow}
        where r.import_id = ${importId} and r.outcome = 'new' and not exists (
          select from employee_import_row t
          where t.import_id = ${importId} and t.outcome = 'unchanged' and t.employee = e.id)
        group by r.line
      ) hit
      where r.import_id = ${importId} and r.line = hit.line and hit.number = 1`.execute(transaction);
  }
  // A file with one of the two dates is compared with the other one as it is stored.
  const joining = columns.has('joining_date') ? sql`r.joining_date` : sql`e.joining_date`;
  const leaving = columns.has('leaving_date') ? sql`r.leaving_date` : sql`e.leaving_date`;
  await sql`
    update employee_import_row r
    set ${withFault('leaving_date', sql`'would leave before the joining date'`)}
    from employee e
    where r.import_id = ${importId} and r.outcome = 'unchanged' and e.id = r.employee
      and ${joining} > ${leaving}`.execute(transaction);
}

/** A manager is named by the Employee ID: that of a row of the same file, or else of the directory. */
async function findManagers(
  transaction: OrganisationTransaction,
  { importId, columns }: StagedFile,
): Promise<void> {
  if (!columns.has('manager')) return;
  await sql`
    update employee_import_row r set manager = found.manager,
      outcome = case when found.reason is null then r.outcome else 'refused' end,
      faults = case when found.reason is null then r.faults else coalesce(r.faults, '[]') || jsonb_build_array(
        jsonb_build_object('field', 'manager', 'reason', found.reason)) end
    from (
      select r.line, (min(k.employee::text))::uuid as manager,
        case when count(k.employee) = 0 then 'is the Employee ID of nobody'
          when count(distinct k.employee) > 1 then 'is the Employee ID of several employees'
          when bool_or(k.employee = r.employee) then 'is the employee as well' end as reason
      from employee_import_row r
      left join (
        select match_key, employee from employee_import_row
        where import_id = ${importId} and outcome <> 'refused' and match_key is not null
        union
        select e.match_key, e.id from employee e where e.match_key is not null and not exists (
          select from employee_import_row t
          where t.import_id = ${importId} and t.employee = e.id and t.match_key is not null)
      ) k on k.match_key = r.manager_key
      where r.import_id = ${importId} and r.manager_key is not null and r.outcome <> 'refused'
      group by r.line, r.employee
    ) found
    where r.import_id = ${importId} and r.line = found.line`.execute(transaction);
}

/** Columns of the file whose values stand in the employee as they are. */
const plainColumns = [
  'first_name',
  'last_name',
  'email',
  'phone',
  'designation',
  'location',
  'time_zone',
  'joining_date',
  'leaving_date',
  'manager',
  'status',
  'tags',
] as const satisfies readonly EmployeeColumn[];

export function plainColumnsOf({ columns }: StagedFile): readonly (typeof plainColumns)[number][] {
  return plainColumns.filter((name) => columns.has(name));
}

/** Whether row `r` says something else of employee `e`, whose latest team is `t`. */
export function differs(file: StagedFile) {
  const plain = plainColumnsOf(file).map((name) => sql.raw(`r.${name} is distinct from e.${name}`));
  return sql`(${sql.join(
    [
      // An ID that is stored is never emptied: everything that was linked by it would come to hang on nothing.
      sql`coalesce(r.employee_id, e.employee_id) is distinct from e.employee_id`,
      ...plain,
      ...(file.columns.has('team') ? [sql`r.team is distinct from t.name`] : []),
    ],
    sql` or `,
  )})`;
}

async function compareValues(transaction: OrganisationTransaction, file: StagedFile): Promise<void> {
  await sql`
    update employee_import_row r set outcome = 'changed'
    from employee e left join team t on t.organisation_id = e.organisation_id and t.id = e.team_id
    where r.import_id = ${file.importId} and r.outcome = 'unchanged' and e.id = r.employee
      and ${differs(file)}`.execute(transaction);
}
