import { type RawBuilder, sql } from 'kysely';
import { recordAudit } from '../accounts/audit-trail.ts';
import { authorise } from '../accounts/authorise.ts';
import { inOrganisation, type OrganisationContext } from '../accounts/organisation-context.ts';
import { asOwner, type OrganisationTransaction } from '../db/tenancy.ts';
import { findPerson, type Person } from './find-person.ts';

type Rows = readonly Readonly<Record<string, unknown>>[];

/** Everything that is stored about one person, table by table, with every column but the company's own id. */
export type PersonExport = {
  readonly exportedAt: string;
  readonly organisation: string;
  readonly directory: Rows;
  readonly keka: Rows;
  readonly links: Rows;
  readonly linkDecisions: Rows;
  readonly imports: Rows;
  readonly teams: Rows;
  readonly days: Rows;
  readonly revisions: Rows;
  readonly drift: Rows;
  readonly notes: Rows;
  readonly requests: Rows;
  readonly problems: Rows;
  readonly memberships: Rows;
  readonly invitations: Rows;
  readonly account: Rows;
  readonly sessions: Rows;
  readonly auditTrail: Rows;
};

/**
 * The person with that Employee ID, e-mail address or id of Keka. The audit trail tells that it was exported, and by whom.
 * Throws `not_found`, InvalidInputError.
 */
export async function exportPerson(context: OrganisationContext, text: string): Promise<PersonExport> {
  authorise(context, 'export or erase a person');
  return inOrganisation(context, async (transaction) => {
    const person = await findPerson(transaction, text);
    const collected = await collect(transaction, person);
    await recordAudit(transaction, context, {
      action: 'exported the data of a person',
      subject: subjectOf(person),
      after: { days: collected.days.length },
    });
    return {
      exportedAt: context.clock.now().toString(),
      organisation: context.organisation.name,
      ...collected,
    };
  });
}

/** By id alone: what the trail says must not have to be erased again. */
export function subjectOf({ employee, sources }: Person) {
  return employee === null
    ? { kind: 'source person', id: sources[0]?.guid ?? null, name: null }
    : { kind: 'employee', id: employee, name: null };
}

async function collect(
  transaction: OrganisationTransaction,
  { employee, sources }: Person,
): Promise<Omit<PersonExport, 'exportedAt' | 'organisation'>> {
  const read = (query: RawBuilder<unknown>) => readRows(transaction, query);
  const [connections, guids] = [
    sources.map(({ connectionId }) => connectionId),
    sources.map(({ guid }) => guid),
  ];
  const theirs = (guid: string) => sql`(connection_id, ${sql.ref(guid)}) in
    (select * from unnest(${connections}::uuid[], ${guids}::uuid[]))`;
  const directory = await read(
    sql`select t.*, (select name from team where id = t.team_id) as team from employee t where id = ${employee}`,
  );
  const memberships = await read(sql`select * from membership t where employee = ${employee}`);
  const users = memberships.map(({ user_id }) => String(user_id));
  const email = directory.map((row) => (typeof row['email'] === 'string' ? row['email'].toLowerCase() : ''));
  return {
    directory,
    keka: await read(sql`select * from source_person t where ${theirs('guid')}`),
    links: await read(
      sql`select * from person_link t where ${theirs('source_guid')} or employee = ${employee}`,
    ),
    linkDecisions: await read(sql`select * from link_decision t
      where ${theirs('source_guid')} or employee = ${employee} order by id`),
    imports: await read(
      sql`select * from employee_import_row t where employee = ${employee} order by import_id, line`,
    ),
    teams: await read(sql`select m.last_day, t.name from team_move m
      left join team t on t.organisation_id = m.organisation_id and t.id = m.team_id
      where m.employee = ${employee} order by m.last_day`),
    days: await read(sql`select * from attendance_day t where ${theirs('source_guid')} order by date`),
    revisions: await read(sql`select * from revision t where ${theirs('source_guid')} order by id`),
    drift: await read(sql`select * from drift_day t where ${theirs('source_guid')} order by date`),
    notes: await read(
      sql`select * from day_note t where ${theirs('source_guid')} or employee = ${employee} order by date, made_at`,
    ),
    requests: await read(sql`select * from day_request t where ${theirs('source_guid')} order by date_from`),
    problems: await read(sql`select p.* from run_problem p
      join run r on r.organisation_id = p.organisation_id and r.id = p.run_id
      where p.employee = ${employee} or (r.connection_id, p.source_guid) in
        (select * from unnest(${connections}::uuid[], ${guids}::uuid[])) order by r.requested_at, p.number`),
    memberships,
    invitations: await read(
      sql`select * from invitation t where employee = ${employee} or email = any (${email}::text[])`,
    ),
    auditTrail: await read(sql`select * from audit_entry t
      where actor_id = any (${users}::uuid[]) or subject_id = any (${[...users, ...(employee === null ? [] : [employee])]}::text[])
      order by id`),
    // The owner of the tables alone reaches accounts.
    ...(await asOwner(transaction, async () => ({
      account:
        await read(sql`select id, name, email, email_verified, two_factor_enabled, created_at, updated_at
        from sign_in."user" where id = any (${users}::uuid[])`),
      sessions: await read(sql`select ip_address, user_agent, created_at, updated_at, expires_at
        from sign_in.session where user_id = any (${users}::uuid[]) order by created_at`),
    }))),
  };
}

/** As JSON, the way PostgreSQL writes dates and times; hashes and the like say nothing of a person. */
async function readRows(transaction: OrganisationTransaction, query: RawBuilder<unknown>): Promise<Rows> {
  const { rows } = await sql<{ row: Record<string, unknown> }>`
    select to_jsonb(found) - array['organisation_id', 'record_hash', 'token_hash', 'match_key', 'number_key', 'attendance_key',
      'email_key'] as row
    from (${query}) as found`.execute(transaction);
  return rows.map(({ row }) => row);
}
