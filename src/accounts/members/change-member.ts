import { z } from 'zod';
import { asInstallation, asOrganisation } from '../../db/tenancy.ts';
import { parseInput } from '../../errors/parse-input.ts';
import { recordChange } from '../audit-trail.ts';
import { authorise } from '../authorise.ts';
import { toColumns } from '../memberships.ts';
import type { OrganisationContext } from '../organisation-context.ts';
import type { SignInTables } from '../sign-in/sign-in-tables.ts';
import { lastOwner, lockMember, signOutIfNowhere } from './find-member.ts';
import type { Member } from './list-members.ts';
import { describeMembership, membershipInput, requireOwner, resolveMembership } from './membership-input.ts';

const memberChange = z.strictObject({
  membership: membershipInput.optional(),
  state: z.enum(['active', 'disabled'], 'must be active or disabled').optional(),
});

/**
 * Another role, other teams, or whether the person may come in at all; what is not given stays. It counts from the
 * next request on. Throws `not_found`, `not_allowed`, `not_possible` for the last owner, InvalidInputError.
 */
export async function changeMember(
  context: OrganisationContext,
  id: string,
  input: unknown,
): Promise<Member> {
  authorise(context, 'manage members');
  const wanted = parseInput(memberChange, input);
  return asInstallation(context.kysely, async (owned) => {
    const transaction = owned.$extendTables<SignInTables>();
    const { member, isLastOwner } = await lockMember(transaction, context, id);
    const isOwner = wanted.membership?.role === 'owner' || member.membership.role === 'owner';
    if (isOwner) requireOwner(context.actor);
    const changed = await asOrganisation(transaction, context.organisation.id, async (own) => {
      const membership =
        wanted.membership === undefined
          ? member.membership
          : await resolveMembership(own, wanted.membership, member.email);
      const state = wanted.state ?? member.state;
      if (isLastOwner && (membership.role !== 'owner' || state !== 'active')) throw lastOwner();
      await own
        .updateTable('membership')
        .set({ ...toColumns(membership), state })
        .where('user_id', '=', member.id)
        .execute();
      await recordChange(own, context, {
        action: 'changed the member',
        subject: { kind: 'member', id: member.id, name: member.name },
        before: { ...describeMembership(member.membership), state: member.state },
        after: { ...describeMembership(membership), state },
      });
      return { ...member, membership, state };
    });
    await signOutIfNowhere(transaction, member.id);
    return changed;
  });
}
