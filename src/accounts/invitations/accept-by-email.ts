import type { Transaction } from 'kysely';
import type { Clock } from '../../clock/clock.ts';
import type { Database } from '../../db/schema.ts';
import { asChooser, asOrganisation } from '../../db/tenancy.ts';
import { recordAudit } from '../audit-trail.ts';
import { toColumns, toMembership } from '../memberships.ts';
import { toOrganisation } from '../organisations.ts';
import { linkExpired } from '../sign-in/one-time-links.ts';
import type { SignInScope } from '../sign-in/sign-in-scope.ts';
import type { User } from '../sign-in/users.ts';

/** The invitations of an address that may still be accepted, whichever organisation they are of. */
export async function findOpenInvitations(transaction: Transaction<Database>, clock: Clock, email: string) {
  return asChooser(transaction, { email: email.toLowerCase() }, () =>
    transaction
      .selectFrom('invitation as i')
      .innerJoin('organisation as o', 'o.id', 'i.organisation_id')
      .select(['i.id as invitation', 'i.role', 'i.teams', 'i.employee', 'o.id', 'o.name', 'o.zone'])
      .where('i.email', '=', email.toLowerCase())
      .where('i.accepted_at', 'is', null)
      .where('i.revoked_at', 'is', null)
      .where('i.expires_at', '>', clock.now())
      .orderBy('o.name')
      .execute(),
  );
}

export async function hasOpenInvitation(
  transaction: Transaction<Database>,
  clock: Clock,
  email: string,
): Promise<boolean> {
  return (await findOpenInvitations(transaction, clock, email)).length > 0;
}

/** For somebody whose provider verified the address. */
export async function acceptOpenInvitations(scope: SignInScope, user: User): Promise<void> {
  const transaction = await scope.transaction();
  for (const row of await findOpenInvitations(transaction, scope.clock, user.email)) {
    await acceptInvitationRow(scope, user, row);
  }
}

type InvitationRow = Awaited<ReturnType<typeof findOpenInvitations>>[number];

/** Makes the member that an invitation promises, and uses the invitation up. */
export async function acceptInvitationRow(scope: SignInScope, user: User, row: InvitationRow): Promise<void> {
  const transaction = await scope.transaction();
  const organisation = toOrganisation(row);
  const membership = toMembership(row);
  const now = scope.clock.now();
  await asOrganisation(transaction, organisation.id, async () => {
    const taken = await transaction
      .updateTable('invitation')
      .set({ accepted_at: now })
      .where('id', '=', row.invitation)
      .where('accepted_at', 'is', null)
      .where('revoked_at', 'is', null)
      .returning('id')
      .executeTakeFirst();
    if (taken === undefined) throw linkExpired();
    await transaction
      .insertInto('membership')
      .values({
        organisation_id: organisation.id,
        user_id: user.id,
        ...toColumns(membership),
        made_at: now,
      })
      .onConflict((conflict) =>
        conflict
          .columns(['organisation_id', 'user_id'])
          .doUpdateSet({ ...toColumns(membership), state: 'active' })
          // Somebody who became a member meanwhile stays what they are: the last owner may be among them.
          .where('membership.state', '=', 'disabled'),
      )
      .execute();
    await recordAudit(
      transaction,
      {
        ...scope,
        organisation,
        actor: { kind: 'person', userId: user.id, name: user.name, membership },
      },
      {
        action: 'accepted an invitation',
        subject: { kind: 'member', id: user.id, name: user.name },
        after: { role: membership.role, email: user.email },
      },
    );
  });
}
