import { sql } from 'kysely';
import type { OrganisationContext } from '../../accounts/organisation-context.ts';
import { rulesVersion } from '../../attendance/evaluate-day.ts';
import type { ReevaluationId, ReevaluationReason } from '../../db/rule-tables.ts';
import type { OrganisationTransaction } from '../../db/tenancy.ts';
import type { Jobs } from '../../jobs/jobs.ts';

export type DatesTouched = {
  readonly from: Temporal.PlainDate;
  /** Null: whatever comes. */
  readonly to: Temporal.PlainDate | null;
};

/**
 * Has the stored days of some dates judged anew by a worker. Part of the transaction that makes it necessary. Null where
 * no day of these dates is stored.
 */
export async function queueReevaluation(
  transaction: OrganisationTransaction,
  context: OrganisationContext,
  jobs: Jobs,
  reason: ReevaluationReason,
  touched: DatesTouched,
): Promise<ReevaluationId | null> {
  const id = await noteReevaluation(transaction, context, reason, touched);
  if (id === null) return null;
  const { organisation } = context;
  await jobs.send(
    transaction,
    'reevaluation',
    { organisation: organisation.id, reevaluation: id },
    { key: id },
  );
  return id;
}

/** The same without a job, for whoever does it at once. */
export async function noteReevaluation(
  transaction: OrganisationTransaction,
  { organisation, clock }: Pick<OrganisationContext, 'organisation' | 'clock'>,
  reason: ReevaluationReason,
  { from, to }: DatesTouched,
): Promise<ReevaluationId | null> {
  const { rows } = await sql<{ first: Temporal.PlainDate | null; last: Temporal.PlainDate | null }>`
    select min(date) as first, max(date) as last from date_coverage`.execute(transaction);
  const { first = null, last = null } = rows[0] ?? {};
  if (first === null || last === null) return null;
  const dateFrom = Temporal.PlainDate.compare(from, first) < 0 ? first : from;
  const dateTo = to === null || Temporal.PlainDate.compare(to, last) > 0 ? last : to;
  if (Temporal.PlainDate.compare(dateFrom, dateTo) > 0) return null;
  const { id } = await transaction
    .insertInto('reevaluation')
    .values({
      organisation_id: organisation.id,
      reason,
      date_from: dateFrom,
      date_to: dateTo,
      state: 'waiting',
      rules_version: rulesVersion,
      requested_at: clock.now(),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}
