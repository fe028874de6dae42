import { inOrganisation, type OrganisationContext } from '../../accounts/organisation-context.ts';
import { rulesVersion } from '../../attendance/evaluate-day.ts';
import { localDay } from '../../attendance/local-time.ts';
import { selectPolicies } from '../policies/policies.ts';
import { noteReevaluation } from './queue-reevaluation.ts';
import { type ReevaluationTools, reevaluateAll } from './reevaluate.ts';

/** How far back people who moved are judged by where they belong now; older days are looked at on request. */
const lookBackDays = 62;

/**
 * Once a night: brings stored days up to the rules of this program, judges people who moved to another team or place by
 * the policies of there, and does what is left of anything that waits.
 */
export async function judgeNightly(context: OrganisationContext, tools: ReevaluationTools): Promise<void> {
  const today = localDay(context.clock.now(), context.organisation.zone);
  await inOrganisation(context, async (transaction) => {
    const upToDate = await transaction
      .selectFrom('reevaluation')
      .select('id')
      .where('reason', '=', 'rules')
      .where('rules_version', '=', rulesVersion)
      .limit(1)
      .executeTakeFirst();
    if (upToDate === undefined) {
      const all = { from: Temporal.PlainDate.from('2000-01-01'), to: null };
      await noteReevaluation(transaction, context, 'rules', all);
      return;
    }
    const policies = await selectPolicies(transaction);
    if (!policies.some(({ scope }) => scope === 'team' || scope === 'location')) return;
    const lately = { from: today.subtract({ days: lookBackDays }), to: null };
    await noteReevaluation(transaction, context, 'directory', lately);
  });
  await reevaluateAll(context, tools);
  await forgetOld(context);
}

/** What they were for stands in the audit trail; the last one of the rules says that they need not be applied again. */
async function forgetOld(context: OrganisationContext): Promise<void> {
  await inOrganisation(context, (transaction) =>
    transaction
      .deleteFrom('reevaluation')
      .where('state', '=', 'finished')
      .where('reason', '!=', 'rules')
      .where('ended_at', '<', context.clock.now().subtract({ hours: 24 * 90 }))
      .execute(),
  );
}
