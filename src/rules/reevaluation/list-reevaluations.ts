import { authorise } from '../../accounts/authorise.ts';
import { inOrganisation, type OrganisationContext } from '../../accounts/organisation-context.ts';
import type { ReevaluationReason } from '../../db/rule-tables.ts';

export type Reevaluation = {
  readonly id: string;
  readonly reason: ReevaluationReason;
  readonly from: string;
  readonly to: string;
  readonly state: 'waiting' | 'finished';
  readonly judged: number;
  readonly changed: number;
  readonly requestedAt: string;
  readonly endedAt: string | null;
};

const shown = 20;

/** The last ones, newest first. */
export async function listReevaluations(context: OrganisationContext): Promise<readonly Reevaluation[]> {
  authorise(context, 'read runs');
  const rows = await inOrganisation(context, (transaction) =>
    transaction
      .selectFrom('reevaluation')
      .selectAll()
      .orderBy('requested_at', 'desc')
      .orderBy('id')
      .limit(shown)
      .execute(),
  );
  return rows.map((row) => ({
    id: row.id,
    reason: row.reason,
    from: row.date_from.toString(),
    to: row.date_to.toString(),
    state: row.state,
    judged: row.judged,
    changed: row.changed,
    requestedAt: row.requested_at.toString(),
    endedAt: row.ended_at?.toString() ?? null,
  }));
}
