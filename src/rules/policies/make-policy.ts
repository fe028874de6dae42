import { sql } from 'kysely';
import { actorName, recordAudit, recordChange } from '../../accounts/audit-trail.ts';
import { authorise } from '../../accounts/authorise.ts';
import { inOrganisation, type OrganisationContext } from '../../accounts/organisation-context.ts';
import { localDay } from '../../attendance/local-time.ts';
import type { OrganisationTransaction } from '../../db/tenancy.ts';
import { InvalidInputError } from '../../errors/hajiri-error.ts';
import type { Jobs } from '../../jobs/jobs.ts';
import { queueReevaluation } from '../reevaluation/queue-reevaluation.ts';
import { auditedPolicy, findPolicy, type Policy } from './policies.ts';
import { type PolicyColumns, parsePolicy, parsePolicyChange } from './policy-input.ts';

/**
 * Makes a policy, from today on unless it says from when. The stored days that it is for are judged anew by a worker.
 * Throws InvalidInputError.
 */
export async function makePolicy(context: OrganisationContext, jobs: Jobs, input: unknown): Promise<Policy> {
  authorise(context, 'manage attendance rules');
  const { organisation, clock, actor } = context;
  return inOrganisation(context, async (transaction) => {
    await lockPolicies(transaction, context);
    const columns = await parsePolicy(transaction, input, localDay(clock.now(), organisation.zone));
    await refuseSameStart(transaction, columns, null);
    const { last } = await transaction
      .selectFrom('attendance_policy')
      .select(({ fn }) => fn.max<number | null>('number').as('last'))
      .executeTakeFirstOrThrow();
    const number = (last ?? 0) + 1;
    await transaction
      .insertInto('attendance_policy')
      .values({
        organisation_id: organisation.id,
        number,
        ...columns,
        made_at: clock.now(),
        made_by: actorName(actor),
        removed_at: null,
      })
      .execute();
    const made = await findPolicy(transaction, number);
    await recordAudit(transaction, context, {
      action: 'made the attendance policy',
      subject: subjectOf(made),
      after: auditedPolicy(made),
    });
    await queueReevaluation(transaction, context, jobs, 'policy', made);
    return made;
  });
}

/** What is not given stays. Days that it was for, or is for now, are judged anew. Throws InvalidInputError, `not_found`. */
export async function changePolicy(
  context: OrganisationContext,
  jobs: Jobs,
  number: number,
  input: unknown,
): Promise<Policy> {
  authorise(context, 'manage attendance rules');
  return inOrganisation(context, async (transaction) => {
    await lockPolicies(transaction, context);
    const before = await findPolicy(transaction, number);
    const stored = await transaction
      .selectFrom('attendance_policy')
      .selectAll()
      .where('number', '=', number)
      .executeTakeFirstOrThrow();
    const columns = parsePolicyChange(stored, input);
    await refuseSameStart(transaction, columns, number);
    await transaction.updateTable('attendance_policy').set(columns).where('number', '=', number).execute();
    const after = await findPolicy(transaction, number);
    await recordChange(transaction, context, {
      action: 'changed the attendance policy',
      subject: subjectOf(after),
      before: auditedPolicy(before),
      after: auditedPolicy(after),
    });
    await queueReevaluation(transaction, context, jobs, 'policy', hullOf(before, after));
    return after;
  });
}

/** Days that it was for are judged by what else holds. Throws `not_found`. */
export async function removePolicy(context: OrganisationContext, jobs: Jobs, number: number): Promise<void> {
  authorise(context, 'manage attendance rules');
  await inOrganisation(context, async (transaction) => {
    await lockPolicies(transaction, context);
    const removed = await findPolicy(transaction, number);
    await transaction
      .updateTable('attendance_policy')
      .set({ removed_at: context.clock.now() })
      .where('number', '=', number)
      .execute();
    await recordAudit(transaction, context, {
      action: 'removed the attendance policy',
      subject: subjectOf(removed),
      before: auditedPolicy(removed),
    });
    await queueReevaluation(transaction, context, jobs, 'policy', removed);
  });
}

/** Changes come one after the other: a number is given once. */
async function lockPolicies(
  transaction: OrganisationTransaction,
  { organisation }: OrganisationContext,
): Promise<void> {
  const name = `hajiri.attendance_policy ${organisation.id}`;
  await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(transaction);
}

async function refuseSameStart(
  transaction: OrganisationTransaction,
  { scope, subject, valid_from }: PolicyColumns,
  own: number | null,
): Promise<void> {
  const other = await transaction
    .selectFrom('attendance_policy')
    .select('number')
    .where('removed_at', 'is', null)
    .where('scope', '=', scope)
    .where('subject', 'is not distinct from', subject)
    .where('valid_from', '=', valid_from)
    .executeTakeFirst();
  if (other === undefined || other.number === own) return;
  throw new InvalidInputError([
    { field: 'from', reason: `is the first day of policy ${other.number} for the same; change that one` },
  ]);
}

function subjectOf({ number, scope, name }: Policy) {
  const whom = name === null ? scope : `${scope} ${name}`;
  return { kind: 'attendance policy', id: String(number), name: `${number} (${whom})` };
}

function hullOf(one: Policy, other: Policy): Pick<Policy, 'from' | 'to'> {
  const to =
    one.to === null || other.to === null
      ? null
      : Temporal.PlainDate.compare(one.to, other.to) > 0
        ? one.to
        : other.to;
  return { from: Temporal.PlainDate.compare(one.from, other.from) < 0 ? one.from : other.from, to };
}
