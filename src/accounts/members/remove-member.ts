import { asInstallation, asOrganisation } from '../../db/tenancy.ts';
import { recordAudit } from '../audit-trail.ts';
import { authorise } from '../authorise.ts';
import type { OrganisationContext } from '../organisation-context.ts';
import type { SignInTables } from '../sign-in/sign-in-tables.ts';
import { lastOwner, lockMember, signOutIfNowhere } from './find-member.ts';
import { describeMembership, requireOwner } from './membership-input.ts';

/** Takes the person out of this organisation; the account, and what they are elsewhere, stays. Throws like changeMember. */
export async function removeMember(context: OrganisationContext, id: string): Promise<void> {
  authorise(context, 'manage members');
  await asInstallation(context.kysely, async (owned) => {
    const transaction = owned.$extendTables<SignInTables>();
    const { member, isLastOwner } = await lockMember(transaction, context, id);
    if (member.membership.role === 'owner') requireOwner(context.actor);
    if (isLastOwner) throw lastOwner();
    await asOrganisation(transaction, context.organisation.id, async (own) => {
      await own.deleteFrom('membership').where('user_id', '=', member.id).execute();
      await recordAudit(own, context, {
        action: 'removed the member',
        subject: { kind: 'member', id: member.id, name: member.name },
        before: { ...describeMembership(member.membership), email: member.email },
      });
    });
    await signOutIfNowhere(transaction, member.id);
  });
}
