import { sql } from 'kysely';
import { recordAudit } from '../accounts/audit-trail.ts';
import { authorise } from '../accounts/authorise.ts';
import { inOrganisation, type OrganisationContext } from '../accounts/organisation-context.ts';
import type { EmployeeRef } from '../db/schema.ts';
import { type OrganisationTransaction, planForWholeSets } from '../db/tenancy.ts';
import { type InputFault, InvalidInputError } from '../errors/hajiri-error.ts';
import { linkAllConnections } from './link-people.ts';
import {
  type EmployeeFile,
  type EmployeeRow,
  employeeColumns,
  readEmployeeFile,
} from './read-employee-file.ts';

export type ImportOutcome = {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  /** People in Keka who found their employee by this import. */
  readonly linked: number;
  readonly withoutEmployeeId: number;
};

/**
 * Adds and updates employees from a file, all or nothing, and links stored history at once. A row is the employee
 * with its Employee ID, or else the one with its e-mail, so that an ID can be filled in later. Nobody is removed, and
 * what a column holds that the file does not have stays. Throws InvalidInputError with every fault of the file.
 */
export async function importEmployees(
  context: OrganisationContext,
  bytes: Uint8Array,
): Promise<ImportOutcome> {
  authorise(context, 'manage the directory');
  const file = readEmployeeFile(bytes);
  const { rows } = file;
  return inOrganisation(context, async (transaction) => {
    // Two imports at once would both find an employee missing and both add it.
    await sql`lock table employee in share row exclusive mode`.execute(transaction);
    await planForWholeSets(transaction);
    const targets = await findTargets(transaction, file);
    const now = context.clock.now();
    const added = await addMissing(transaction, context, rows, targets, now);
    const changed = await updateExisting(transaction, file, targets, now);
    const linked = await linkAllConnections(transaction, now);
    await recordAudit(transaction, context, {
      action: 'imported employees',
      subject: { kind: 'directory', id: null, name: null },
      after: { rows: rows.length, added, changed, linked },
    });
    return {
      added,
      changed,
      unchanged: rows.length - added - changed,
      linked,
      withoutEmployeeId: rows.filter(({ employeeId }) => employeeId === null).length,
    };
  });
}

type Targets = ReadonlyMap<EmployeeRow, EmployeeRef>;

/**
 * Which employee each row means. Rows with exactly the stored Employee ID come first, so that two IDs which differ
 * in capitals only stay two employees; then the e-mail, then a code that is equal but for its spelling.
 */
async function findTargets(
  transaction: OrganisationTransaction,
  { columns, rows }: EmployeeFile,
): Promise<Targets> {
  const existing = await transaction
    .selectFrom('employee')
    .select(['id', 'employee_id', 'match_key', 'email', 'joining_date', 'leaving_date'])
    .execute();
  const targets = new Map<EmployeeRow, EmployeeRef>();
  const taken = new Set<EmployeeRef>();
  const faults: InputFault[] = [];
  const identities = [
    ['employee_id', (row: EmployeeRow) => row.employeeId, (known: Known) => known.employee_id],
    ['email', (row: EmployeeRow) => row.email?.toLowerCase(), (known: Known) => known.email?.toLowerCase()],
    ['employee_id', (row: EmployeeRow) => row.matchKey, (known: Known) => known.match_key],
  ] as const;
  for (const [field, ofRow, ofKnown] of identities) {
    const known = Map.groupBy(existing, (employee) => ofKnown(employee) ?? '');
    for (const row of rows) {
      const value = targets.has(row) ? null : ofRow(row);
      if (value === null || value === undefined) continue;
      const found = (known.get(value) ?? []).filter(({ id }) => !taken.has(id));
      const [target] = found;
      if (target === undefined) continue;
      if (found.length > 1)
        faults.push({ field: `line ${row.line}, ${field}`, reason: severalMeant(found.length) });
      if (leavesBeforeJoining(row, target, columns))
        faults.push({ field: `line ${row.line}`, reason: 'would leave before the joining date' });
      taken.add(target.id);
      targets.set(row, target.id);
    }
  }
  if (faults.length > 0) throw new InvalidInputError(faults);
  return targets;
}

type Known = {
  readonly employee_id: string | null;
  readonly match_key: string | null;
  readonly email: string | null;
  readonly joining_date: Temporal.PlainDate | null;
  readonly leaving_date: Temporal.PlainDate | null;
};

/** A file with one of the two dates is compared with the other one as it is stored. */
function leavesBeforeJoining(row: EmployeeRow, known: Known, columns: EmployeeFile['columns']): boolean {
  const joining = columns.has('joining_date') ? row.joiningDate : known.joining_date;
  const leaving = columns.has('leaving_date') ? row.leavingDate : known.leaving_date;
  return joining !== null && leaving !== null && Temporal.PlainDate.compare(joining, leaving) > 0;
}

const severalMeant = (count: number) => `belongs to ${count} employees of the directory; correct that first`;

const columnsOf = (rows: readonly EmployeeRow[]) => sql`
  ${rows.map((row) => row.employeeId)}::text[], ${rows.map((row) => row.matchKey)}::text[],
  ${rows.map((row) => row.firstName)}::text[], ${rows.map((row) => row.lastName)}::text[],
  ${rows.map((row) => row.email)}::text[], ${rows.map((row) => row.team)}::text[],
  ${rows.map((row) => row.designation)}::text[], ${rows.map((row) => row.location)}::text[],
  ${rows.map((row) => row.timeZone)}::text[],
  ${rows.map((row) => row.joiningDate?.toString() ?? null)}::date[],
  ${rows.map((row) => row.leavingDate?.toString() ?? null)}::date[]`;

const employeeColumnNames = sql.raw(employeeColumns.join(', '));
const columnNames = sql`employee_id, match_key, first_name, last_name, email, team, designation, location,
  time_zone, joining_date, leaving_date`;

async function addMissing(
  transaction: OrganisationTransaction,
  context: OrganisationContext,
  rows: readonly EmployeeRow[],
  targets: Targets,
  now: Temporal.Instant,
): Promise<number> {
  const missing = rows.filter((row) => !targets.has(row));
  await sql`
    insert into employee (organisation_id, imported_at, ${columnNames})
    select ${context.organisation.id}, ${now}, r.* from unnest(${columnsOf(missing)}) as r`.execute(
    transaction,
  );
  return missing.length;
}

async function updateExisting(
  transaction: OrganisationTransaction,
  { columns, rows }: EmployeeFile,
  targets: Targets,
  now: Temporal.Instant,
): Promise<number> {
  const present = rows.filter((row) => targets.has(row));
  const ids = present.map((row) => targets.get(row) ?? null);
  // An ID that is stored is never emptied: everything that was linked by it would come to hang on nothing.
  const valueOf = (name: (typeof employeeColumns)[number]): string => {
    if (name === 'employee_id') return 'coalesce(r.employee_id, e.employee_id)';
    return `${columns.has(name) ? 'r' : 'e'}.${name}`;
  };
  const keptOrGiven = sql.raw(employeeColumns.map(valueOf).join(', '));
  const { numAffectedRows } = await sql`
    update employee e set (imported_at, match_key, ${employeeColumnNames}) = (
      ${now}, coalesce(r.match_key, e.match_key), ${keptOrGiven})
    from unnest(${ids}::uuid[], ${columnsOf(present)}) as r (id, ${columnNames})
    where e.id = r.id
      and (${sql.raw(employeeColumns.map((name) => `e.${name}`).join(', '))}) is distinct from (${keptOrGiven})`.execute(
    transaction,
  );
  return Number(numAffectedRows ?? 0);
}
