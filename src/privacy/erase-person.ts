import { randomBytes, randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { recordAudit } from '../accounts/audit-trail.ts';
import { authorise } from '../accounts/authorise.ts';
import { inOrganisation, type OrganisationContext } from '../accounts/organisation-context.ts';
import { toMatchKey } from '../attendance/match-key.ts';
import type { EmployeeRef } from '../db/schema.ts';
import { asOwner, type OrganisationTransaction } from '../db/tenancy.ts';
import { hashOfErased } from '../directory/erased-people.ts';
import { HajiriError } from '../errors/hajiri-error.ts';
import { lockConnection } from '../runs/queue/lock-connection.ts';
import { subjectOf } from './export-person.ts';
import { findPerson, type Person } from './find-person.ts';

export type Erasure = {
  /** Days that are kept without a person, so that totals stay as they were. */
  readonly days: number;
  readonly revisions: number;
  /** Whether their account was removed, because they belong to no other company. */
  readonly accounts: number;
};

/**
 * Takes everything away by which the person could be known, and keeps their days, without a name, for the totals. Keka
 * goes on telling of them; none of it is stored any more. It cannot be undone. Throws `not_found`, InvalidInputError, and
 * `not_possible` while a fetch is under way that may be reading this person.
 */
export async function erasePerson(context: OrganisationContext, text: string): Promise<Erasure> {
  authorise(context, 'export or erase a person');
  return inOrganisation(context, async (transaction) => {
    const person = await findPerson(transaction, text);
    await refuseWhileFetching(transaction, person);
    const counts = { days: 0, revisions: 0 };
    for (const source of person.sources) {
      const done = await eraseSource(transaction, context, source);
      counts.days += done.days;
      counts.revisions += done.revisions;
    }
    const accounts = person.employee === null ? 0 : await eraseEmployee(transaction, person.employee);
    await recordAudit(transaction, context, {
      action: 'erased the data of a person',
      // The id in Keka is gone; that of the employee says nothing by now.
      subject: person.employee === null ? { kind: 'source person', id: null, name: null } : subjectOf(person),
      after: { ...counts, accounts },
    });
    return { ...counts, accounts };
  });
}

/** A part that began before would store the person again when it ends. None can begin while the lock is held. */
async function refuseWhileFetching(transaction: OrganisationTransaction, { sources }: Person): Promise<void> {
  const connections = sources.map(({ connectionId }) => connectionId).toSorted();
  for (const connection of connections) await lockConnection(transaction, connection);
  if (connections.length === 0) return;
  const running = await transaction
    .selectFrom('run')
    .select('id')
    .where('connection_id', 'in', connections)
    .where('state', '=', 'running')
    .executeTakeFirst();
  if (running === undefined) return;
  throw new HajiriError('not_possible', 'A fetch is under way. Erase the person when it is over.');
}

async function eraseSource(
  transaction: OrganisationTransaction,
  { organisation, clock }: OrganisationContext,
  { connectionId, guid }: Person['sources'][number],
): Promise<{ days: number; revisions: number }> {
  const standIn = randomUUID();
  await transaction
    .insertInto('erased_person')
    .values({
      organisation_id: organisation.id,
      connection_id: connectionId,
      guid_hash: hashOfErased(connectionId, guid),
      stand_in: standIn,
      erased_at: clock.now(),
    })
    .execute();
  await sql`select lock_links(${organisation.id})`.execute(transaction);
  // What is left of them is where they worked, by which totals are counted.
  await sql`insert into source_person (organisation_id, connection_id, guid, department, location, joining_date, exit_date, first_seen_at,
      held, excluded_by)
    select organisation_id, connection_id, ${standIn}, department, location, joining_date, exit_date, first_seen_at, true,
      excluded_by
    from source_person where connection_id = ${connectionId} and guid = ${guid}`.execute(transaction);
  await sql`update person_link set source_guid = ${standIn} where connection_id = ${connectionId} and source_guid = ${guid}`.execute(
    transaction,
  );
  await sql`delete from source_person where connection_id = ${connectionId} and guid = ${guid}`.execute(
    transaction,
  );
  const days =
    await sql`update attendance_day set source_guid = ${standIn}, employee_number = null, record = '{}',
      record_hash = '', first_in_premise = null, last_out_premise = null
    where connection_id = ${connectionId} and source_guid = ${guid}`.execute(transaction);
  const revisions =
    await sql`update revision set source_guid = ${standIn}, record_before = '{}', before = '{}', after = '{}'
    where connection_id = ${connectionId} and source_guid = ${guid}`.execute(transaction);
  // What was said stays as a status, for the totals, without the words.
  await sql`update day_note set source_guid = ${standIn}, note = 'erased'
    where connection_id = ${connectionId} and source_guid = ${guid}`.execute(transaction);
  await sql`delete from day_request where connection_id = ${connectionId} and source_guid = ${guid}`.execute(
    transaction,
  );
  await sql`delete from drift_day where connection_id = ${connectionId} and source_guid = ${guid}`.execute(
    transaction,
  );
  await sql`delete from link_decision where connection_id = ${connectionId} and source_guid = ${guid}`.execute(
    transaction,
  );
  await sql`update run_problem p set source_guid = ${standIn} from run r
    where r.organisation_id = p.organisation_id and r.id = p.run_id and r.connection_id = ${connectionId}
      and p.source_guid = ${guid}`.execute(transaction);
  return { days: Number(days.numAffectedRows ?? 0), revisions: Number(revisions.numAffectedRows ?? 0) };
}

/** What was imported, decided and ruled about them; an import that is undone later does not bring them back. */
async function eraseHistory(
  transaction: OrganisationTransaction,
  employee: EmployeeRef,
  before: {
    readonly email: string | null;
    readonly employee_id: string | null;
    readonly match_key: string | null;
  },
): Promise<void> {
  await sql`delete from employee_import_row where employee = ${employee} or match_key = ${before.match_key}
    or lower(email) = lower(${before.email})`.execute(transaction);
  await sql`delete from link_decision where employee = ${employee}`.execute(transaction);
  await sql`delete from exclusion_rule where kind = 'number' and value = ${before.employee_id}`.execute(
    transaction,
  );
}

/** Returns how many accounts went with the employee. */
async function eraseEmployee(transaction: OrganisationTransaction, employee: EmployeeRef): Promise<number> {
  const before = await transaction
    .selectFrom('employee')
    .select(['email', 'employee_id', 'match_key'])
    .where('id', '=', employee)
    .executeTakeFirstOrThrow();
  const code = `erased-${randomBytes(4).toString('hex')}`;
  await transaction
    .updateTable('employee')
    .set({
      employee_id: code,
      match_key: toMatchKey(code),
      first_name: 'Erased',
      last_name: 'person',
      email: null,
      phone: null,
      designation: null,
      time_zone: null,
      tags: [],
      ignored_reason: null,
      import_id: null,
    })
    .where('id', '=', employee)
    .execute();
  await sql`update day_note set note = 'erased' where employee = ${employee}`.execute(transaction);
  await eraseHistory(transaction, employee, before);
  await transaction
    .deleteFrom('invitation')
    .where((where) =>
      where.or([where('employee', '=', employee), where('email', '=', before.email?.toLowerCase() ?? '')]),
    )
    .execute();
  const members = await transaction
    .deleteFrom('membership')
    .where('employee', '=', employee)
    .returning('user_id')
    .execute();
  return removeAccounts(
    transaction,
    members.map(({ user_id }) => user_id),
  );
}

/** Those of people who belong to no company any more. Their sessions and second factors go with them. */
async function removeAccounts(
  transaction: OrganisationTransaction,
  users: readonly string[],
): Promise<number> {
  if (users.length === 0) return 0;
  let removed = 0;
  for (const user of users) {
    // Whether they belong elsewhere is seen by who chooses an organisation, and by nobody else.
    await sql`select set_config('role', 'hajiri_chooser', true), set_config('hajiri.user_id', ${user}, true)`.execute(
      transaction,
    );
    const { rows } = await sql`select from membership where user_id = ${user}`.execute(transaction);
    await sql`select set_config('role', 'hajiri_app', true), set_config('hajiri.user_id', '', true)`.execute(
      transaction,
    );
    if (rows.length > 0) continue;
    await asOwner(transaction, () => sql`delete from sign_in."user" where id = ${user}`.execute(transaction));
    removed += 1;
  }
  return removed;
}
