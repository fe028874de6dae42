import type { InvitationId } from '../../db/schema.ts';
import type { OrganisationTransaction } from '../../db/tenancy.ts';
import { HajiriError } from '../../errors/hajiri-error.ts';
import type { Membership } from '../actor.ts';
import { authorise } from '../authorise.ts';
import { toMembership } from '../memberships.ts';
import { inOrganisation, type OrganisationContext } from '../organisation-context.ts';

export const invitationDays = 7;

/** Somebody who is asked to join, and has not done so yet. */
export type Invitation = {
  readonly id: InvitationId;
  readonly email: string;
  readonly membership: Membership;
  /** As whom somebody invited is written down, at the time. */
  readonly invitedBy: string;
  readonly madeAt: Temporal.Instant;
  /** An invitation that has expired is listed until it is revoked or made anew. */
  readonly expiresAt: Temporal.Instant;
};

export async function listInvitations(context: OrganisationContext): Promise<readonly Invitation[]> {
  authorise(context, 'read members');
  const rows = await inOrganisation(context, (transaction) =>
    openInvitations(transaction).orderBy('made_at', 'desc').execute(),
  );
  return rows.map(toInvitation);
}

/** Locked until the transaction ends. Throws `not_found`. */
export async function lockInvitation(transaction: OrganisationTransaction, id: string): Promise<Invitation> {
  const row = await openInvitations(transaction)
    .where('id', '=', id as InvitationId) // looked up here
    .forUpdate()
    .executeTakeFirst();
  if (row !== undefined) return toInvitation(row);
  throw new HajiriError('not_found', 'There is no open invitation with this id.');
}

function openInvitations(transaction: OrganisationTransaction) {
  return transaction
    .selectFrom('invitation')
    .selectAll()
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null);
}

type Row = Awaited<ReturnType<ReturnType<typeof openInvitations>['executeTakeFirstOrThrow']>>;

export function toInvitation(row: Row): Invitation {
  return {
    id: row.id,
    email: row.email,
    membership: toMembership(row),
    invitedBy: row.invited_by,
    madeAt: row.made_at,
    expiresAt: row.expires_at,
  };
}
