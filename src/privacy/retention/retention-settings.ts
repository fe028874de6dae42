import { z } from 'zod';
import { recordChange } from '../../accounts/audit-trail.ts';
import { authorise } from '../../accounts/authorise.ts';
import { inOrganisation, type OrganisationContext } from '../../accounts/organisation-context.ts';
import type { OrganisationTransaction } from '../../db/tenancy.ts';
import { parseInput } from '../../errors/parse-input.ts';

/** How long each kind of data is kept, in days. Attendance itself is kept until somebody removes it. */
export type Retention = {
  /** The records as Keka sent them. What they said is kept. */
  readonly rawRecordDays: number;
  /** The earlier values of days that were corrected. */
  readonly revisionDays: number;
  readonly runDays: number;
  readonly auditDays: number;
};

const days = (least: number) =>
  z
    .number('must be a whole number')
    .int('must be a whole number')
    .min(least, `must be at least ${least}`)
    .max(3650, 'must be at most 3650')
    .optional();

// Keka serves three months: what is younger may be read again and compared.
export const retentionChange = z.object({
  rawRecordDays: days(120),
  revisionDays: days(30),
  runDays: days(120),
  auditDays: days(90),
});

export async function readRetention(context: OrganisationContext): Promise<Retention> {
  authorise(context, 'manage the organisation');
  return inOrganisation(context, (transaction) => selectRetention(transaction, context));
}

/** What is not given stays. What is older goes in the next night. Throws InvalidInputError. */
export async function changeRetention(context: OrganisationContext, input: unknown): Promise<Retention> {
  authorise(context, 'manage the organisation');
  const change = parseInput(retentionChange, input);
  return inOrganisation(context, async (transaction) => {
    const before = await selectRetention(transaction, context);
    await transaction
      .updateTable('retention')
      // Undefined is left out; the days stay what they are.
      .set({
        raw_record_days: change.rawRecordDays ?? before.rawRecordDays,
        revision_days: change.revisionDays,
        run_days: change.runDays,
        audit_days: change.auditDays,
      })
      .execute();
    const after = await selectRetention(transaction, context);
    await recordChange(transaction, context, {
      action: 'changed how long data is kept',
      subject: { kind: 'organisation', id: context.organisation.id, name: context.organisation.name },
      before,
      after,
    });
    return after;
  });
}

/** The row is made when it is first needed. */
export async function selectRetention(
  transaction: OrganisationTransaction,
  { organisation }: Pick<OrganisationContext, 'organisation'>,
): Promise<Retention> {
  await transaction
    .insertInto('retention')
    .values({ organisation_id: organisation.id, raw_removed_before: null })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const row = await transaction.selectFrom('retention').selectAll().executeTakeFirstOrThrow();
  return {
    rawRecordDays: row.raw_record_days,
    revisionDays: row.revision_days,
    runDays: row.run_days,
    auditDays: row.audit_days,
  };
}
