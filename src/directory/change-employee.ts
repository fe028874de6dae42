import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { z } from 'zod';
import { type AuditedValues, recordAudit, recordChange } from '../accounts/audit-trail.ts';
import { authorise } from '../accounts/authorise.ts';
import { inOrganisation, type OrganisationContext } from '../accounts/organisation-context.ts';
import { localDay } from '../attendance/local-time.ts';
import type { EmployeeRef } from '../db/schema.ts';
import type { OrganisationTransaction } from '../db/tenancy.ts';
import { type InputFault, InvalidInputError } from '../errors/hajiri-error.ts';
import { parseInput } from '../errors/parse-input.ts';
import { type EmployeeCells, type EmployeeValues, isDate, readEmployeeFields } from './employee-fields.ts';
import { lockEmployees } from './import/stage-file.ts';
import { linkAllConnections } from './link-people.ts';
import { type EmployeeDetails, findEmployee, readEmployee } from './read-employee.ts';
import { teamNamed, writeMoves } from './teams/move-teams.ts';

const text = z.string('must be a text').nullable();
const employeeInput = z
  .object({
    employeeId: text,
    firstName: text,
    lastName: text,
    email: text,
    phone: text,
    team: text,
    designation: text,
    location: text,
    timeZone: text,
    joiningDate: text,
    leavingDate: text,
    /** Our own id of the manager. */
    manager: z.uuid('must be the id of an employee').nullable(),
    status: z.enum(['active', 'inactive'], 'must be active or inactive'),
    tags: z
      .array(z.string('must be a text').max(100, 'must have at most 100 characters'))
      .max(50, 'are too many'),
    /** The first day on which another team counts; today without it. */
    teamFrom: z.string().refine(isDate, 'must be a date that exists, written YYYY-MM-DD'),
  })
  .partial();
export type EmployeeInput = z.input<typeof employeeInput>;

/** Adds an employee by hand and links whoever has the Employee ID. Throws InvalidInputError. */
export async function addEmployee(context: OrganisationContext, input: unknown): Promise<EmployeeDetails> {
  authorise(context, 'manage the directory');
  const given = parseInput(employeeInput, input);
  const values = check(given, {});
  const id = randomUUID() as EmployeeRef; // made here
  await inOrganisation(context, async (transaction) => {
    await lockEmployees(transaction);
    await refuseTaken(transaction, values, id);
    const now = context.clock.now();
    await transaction
      .insertInto('employee')
      .values({
        ...columnsOf(values),
        organisation_id: context.organisation.id,
        id,
        team_id: sql`${await teamNamed(transaction, values.team)}::uuid`,
        manager: await checkManager(transaction, given.manager ?? null, id),
        origin: 'person',
        imported_at: now,
        changed_at: now,
      })
      .execute();
    await linkAllConnections(transaction, now);
    await recordAudit(transaction, context, {
      action: 'added the employee',
      subject: { kind: 'employee', id, name: nameOf(values) },
      after: auditedOf(values),
    });
  });
  return readEmployee(context, id);
}

/**
 * Changes an employee; what is not given stays. Stored history is linked at once where the Employee ID makes a
 * difference. Throws InvalidInputError and `not_found`.
 */
export async function changeEmployee(
  context: OrganisationContext,
  id: string,
  input: unknown,
): Promise<EmployeeDetails> {
  authorise(context, 'manage the directory');
  const given = parseInput(employeeInput, input);
  const ref = await inOrganisation(context, async (transaction) => {
    await lockEmployees(transaction);
    const { id: found } = await findEmployee(transaction, context, id);
    const before = await readStored(transaction, found);
    const values = check(given, before.cells);
    const beforeValues = check({}, before.cells);
    await refuseTaken(transaction, values, found);
    const now = context.clock.now();
    const manager =
      given.manager === undefined ? before.manager : await checkManager(transaction, given.manager, found);
    await transaction
      .updateTable('employee')
      .set({ ...columnsOf(values), manager, changed_at: now, import_id: null })
      .where('id', '=', found)
      .execute();
    if (given.team !== undefined && values.team !== before.cells.team) {
      const team = await teamNamed(transaction, values.team);
      const from =
        given.teamFrom === undefined
          ? localDay(now, context.organisation.zone)
          : Temporal.PlainDate.from(given.teamFrom);
      const target = sql`(select ${found}::uuid as employee, ${team}::uuid as team_id)`;
      await writeMoves(transaction, target, { from, at: now });
    }
    await linkAllConnections(transaction, now);
    await recordChange(transaction, context, {
      action: 'changed the employee',
      subject: { kind: 'employee', id: found, name: nameOf(values) },
      before: { ...auditedOf(beforeValues), manager: before.manager },
      after: { ...auditedOf(values), manager },
    });
    return found;
  });
  return readEmployee(context, ref);
}

type Given = z.output<typeof employeeInput>;

/** The rules of a file, with the names of the form. */
function check(given: Given, before: EmployeeCells): EmployeeValues {
  const of = (value: string | null | undefined, name: keyof EmployeeCells) =>
    value === undefined ? (before[name] ?? '') : (value ?? '');
  const faults: InputFault[] = (given.tags ?? [])
    .filter((tag) => /[;,]/.test(tag))
    .map(() => ({ field: 'tags', reason: 'must not have a comma or a semicolon in them' }));
  const read = readEmployeeFields({
    employee_id: of(given.employeeId, 'employee_id'),
    first_name: of(given.firstName, 'first_name'),
    last_name: of(given.lastName, 'last_name'),
    email: of(given.email, 'email'),
    phone: of(given.phone, 'phone'),
    team: of(given.team, 'team'),
    designation: of(given.designation, 'designation'),
    location: of(given.location, 'location'),
    time_zone: of(given.timeZone, 'time_zone'),
    joining_date: of(given.joiningDate, 'joining_date'),
    leaving_date: of(given.leavingDate, 'leaving_date'),
    status: of(given.status, 'status'),
    tags: given.tags === undefined ? (before.tags ?? '') : given.tags.join(';'),
  });
  if ('faults' in read) faults.push(...read.faults);
  else if (faults.length === 0) return read.values;
  throw new InvalidInputError(
    faults.map(({ field, reason }) => ({
      field: field.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
      reason,
    })),
  );
}

function columnsOf(values: EmployeeValues) {
  return {
    employee_id: values.employeeId,
    match_key: values.matchKey,
    first_name: values.firstName,
    last_name: values.lastName,
    email: values.email,
    phone: values.phone,
    designation: values.designation,
    location: values.location,
    time_zone: values.timeZone,
    joining_date: values.joiningDate === null ? null : Temporal.PlainDate.from(values.joiningDate),
    leaving_date: values.leavingDate === null ? null : Temporal.PlainDate.from(values.leavingDate),
    status: values.status,
    tags: [...values.tags],
  };
}

function nameOf({ firstName, lastName }: EmployeeValues): string {
  return `${firstName} ${lastName}`.trim();
}

function auditedOf(values: EmployeeValues): AuditedValues {
  // How codes are compared is nothing that somebody changed.
  return Object.fromEntries(
    Object.entries(values).filter(([name]) => name !== 'managerKey' && name !== 'matchKey'),
  );
}

async function readStored(
  transaction: OrganisationTransaction,
  id: EmployeeRef,
): Promise<{ readonly cells: EmployeeCells; readonly manager: EmployeeRef | null }> {
  const row = await transaction
    .selectFrom('employee as e')
    .leftJoin('team as t', 't.id', 'e.team_id')
    .selectAll('e')
    .select('t.name as team')
    .where('e.id', '=', id)
    .executeTakeFirstOrThrow();
  return {
    manager: row.manager,
    cells: {
      employee_id: row.employee_id ?? '',
      first_name: row.first_name,
      last_name: row.last_name,
      email: row.email ?? '',
      phone: row.phone ?? '',
      team: row.team ?? '',
      designation: row.designation ?? '',
      location: row.location ?? '',
      time_zone: row.time_zone ?? '',
      joining_date: row.joining_date?.toString() ?? '',
      leaving_date: row.leaving_date?.toString() ?? '',
      status: row.status,
      tags: row.tags.join(';'),
    },
  };
}

async function refuseTaken(
  transaction: OrganisationTransaction,
  { employeeId, email }: EmployeeValues,
  self: EmployeeRef,
): Promise<void> {
  const faults: InputFault[] = [];
  const isTaken = async (condition: ReturnType<typeof sql<boolean>>) =>
    (await transaction
      .selectFrom('employee')
      .select('id')
      .where(condition)
      .where('id', '!=', self)
      .executeTakeFirst()) !== undefined;
  if (employeeId !== null && (await isTaken(sql`employee_id = ${employeeId}`))) {
    faults.push({ field: 'employeeId', reason: 'belongs to another employee' });
  }
  if (email !== null && (await isTaken(sql`lower(email) = lower(${email})`))) {
    faults.push({ field: 'email', reason: 'belongs to another employee' });
  }
  if (faults.length > 0) throw new InvalidInputError(faults);
}

async function checkManager(
  transaction: OrganisationTransaction,
  manager: string | null,
  self: EmployeeRef,
): Promise<EmployeeRef | null> {
  if (manager === null) return null;
  const found = await transaction
    .selectFrom('employee')
    .select('id')
    .where((where) => where(where.cast('id', 'text'), '=', manager.toLowerCase()))
    .executeTakeFirst();
  if (found === undefined)
    throw new InvalidInputError([{ field: 'manager', reason: 'is not in the directory' }]);
  if (found.id === self)
    throw new InvalidInputError([{ field: 'manager', reason: 'is the employee as well' }]);
  return found.id;
}
