import { sql } from 'kysely';
import { recordAudit } from '../../accounts/audit-trail.ts';
import { inOrganisation, type OrganisationContext } from '../../accounts/organisation-context.ts';
import { localDay } from '../../attendance/local-time.ts';
import { asOwner, type OrganisationTransaction } from '../../db/tenancy.ts';
import { selectRetention } from './retention-settings.ts';

const batchSize = 1000;

export type Removed = {
  readonly rawRecords: number;
  readonly revisions: number;
  readonly runs: number;
  readonly auditEntries: number;
};

/**
 * Removes what is older than it is to be kept, a batch at a time, each in a transaction of its own; what was removed is told
 * by an entry of the audit trail. Doing it again removes nothing more. Gives up when the signal says so.
 */
export async function removeOldData(context: OrganisationContext, signal: AbortSignal): Promise<Removed> {
  const { clock, organisation } = context;
  const today = localDay(clock.now(), organisation.zone);
  const keep = await inOrganisation(context, (transaction) => selectRetention(transaction, context));
  const before = (days: number) => clock.now().subtract({ hours: 24 * days });
  const batches = (work: (transaction: OrganisationTransaction) => Promise<number>) =>
    inBatches(context, signal, work);

  const removed = {
    rawRecords: await removeRawRecords(context, signal, today.subtract({ days: keep.rawRecordDays })),
    revisions: await batches((transaction) => removeRevisions(transaction, before(keep.revisionDays))),
    runs: await batches((transaction) => removeRuns(transaction, before(keep.runDays))),
    auditEntries: await batches((transaction) => removeAuditEntries(transaction, before(keep.auditDays))),
  };
  if (Object.values(removed).some((count) => count > 0)) {
    await inOrganisation(context, (transaction) =>
      recordAudit(transaction, context, {
        action: 'removed what was kept long enough',
        subject: { kind: 'organisation', id: organisation.id, name: organisation.name },
        after: removed,
      }),
    );
  }
  return removed;
}

async function inBatches(
  context: OrganisationContext,
  signal: AbortSignal,
  work: (transaction: OrganisationTransaction) => Promise<number>,
): Promise<number> {
  let sum = 0;
  for (;;) {
    signal.throwIfAborted();
    const count = await inOrganisation(context, work);
    sum += count;
    if (count < batchSize) return sum;
  }
}

/** Date by date, and each date once: what is removed once does not come back, since Keka serves no dates that old. */
async function removeRawRecords(
  context: OrganisationContext,
  signal: AbortSignal,
  cutoff: Temporal.PlainDate,
): Promise<number> {
  const dates = await inOrganisation(context, async (transaction) => {
    const { rows } = await sql<{ date: Temporal.PlainDate }>`
      select distinct date from date_coverage
      where date < ${cutoff} and date >= coalesce((select raw_removed_before from retention), date '1900-01-01')
      union select distinct date from attendance_day
      where date < ${cutoff} and date >= coalesce((select raw_removed_before from retention), date '1900-01-01')
      order by date`.execute(transaction);
    return rows.map(({ date }) => date);
  });
  let sum = 0;
  for (const date of dates) {
    sum += await inBatches(context, signal, async (transaction) => {
      const { numAffectedRows } = await sql`
        update attendance_day d set record = '{}' from (
          select connection_id, source_guid from attendance_day
          where date = ${date} and record::text <> '{}' limit ${batchSize} for update
        ) as old
        where d.date = ${date} and d.connection_id = old.connection_id and d.source_guid = old.source_guid`.execute(
        transaction,
      );
      return Number(numAffectedRows ?? 0);
    });
  }
  await inOrganisation(context, (transaction) =>
    transaction
      .updateTable('retention')
      .set({ raw_removed_before: sql`greatest(raw_removed_before, ${cutoff}::date)` })
      .execute(),
  );
  return sum;
}

/** By their id, which grows with time: the oldest ones are looked at, and no more. */
async function removeRevisions(
  transaction: OrganisationTransaction,
  before: Temporal.Instant,
): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from revision where revised_at < ${before}
      and id in (select id from revision order by organisation_id, id limit ${batchSize})`.execute(
    transaction,
  );
  return Number(numAffectedRows ?? 0);
}

/** Those that something still refers to stay: the last attempt and the last success of a connection. */
async function removeRuns(transaction: OrganisationTransaction, before: Temporal.Instant): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from run where id in (
      select r.id from run r
      where r.ended_at < ${before} and not exists (
        select from schedule s where s.connection_id = r.connection_id
          and r.id in (s.last_attempt_run_id, s.last_success_run_id)
      ) limit ${batchSize})`.execute(transaction);
  return Number(numAffectedRows ?? 0);
}

/** By the owner of the tables: the application's own role has no right to remove an entry. */
function removeAuditEntries(transaction: OrganisationTransaction, before: Temporal.Instant): Promise<number> {
  return asOwner(transaction, async () => {
    const { numAffectedRows } = await sql`
      delete from audit_entry where id in (
        select id from audit_entry where organisation_id = current_organisation() and at < ${before} limit ${batchSize}
      ) and organisation_id = current_organisation()`.execute(transaction);
    return Number(numAffectedRows ?? 0);
  });
}
