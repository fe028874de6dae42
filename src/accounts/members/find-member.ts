import type { Transaction } from 'kysely';
import type { Database, UserId } from '../../db/schema.ts';
import { asOrganisation } from '../../db/tenancy.ts';
import { HajiriError } from '../../errors/hajiri-error.ts';
import { findBelongings } from '../memberships.ts';
import type { OrganisationContext } from '../organisation-context.ts';
import { endSessions } from '../sign-in/sessions.ts';
import type { SignInTransaction } from '../sign-in/sign-in-tables.ts';
import { type Member, readMembers } from './list-members.ts';

/**
 * The member with this id, and no change to any member of the organisation until the transaction ends: of two who
 * remove each other's ownership at the same time, the second one sees what the first one did. Throws `not_found`.
 */
export async function lockMember(
  transaction: Transaction<Database>,
  context: Pick<OrganisationContext, 'organisation'>,
  id: string,
): Promise<{ readonly member: Member; readonly isLastOwner: boolean }> {
  await asOrganisation(transaction, context.organisation.id, (own) =>
    own.selectFrom('membership').select('user_id').orderBy('user_id').forUpdate().execute(),
  );
  const members = await readMembers(transaction, context);
  const member = members.find((one) => one.id === id);
  if (member === undefined) throw new HajiriError('not_found', 'There is no member with this id.');
  const owners = members.filter(isActiveOwner);
  return { member, isLastOwner: isActiveOwner(member) && owners.length === 1 };
}

function isActiveOwner({ membership, state }: Member): boolean {
  return membership.role === 'owner' && state === 'active';
}

export function lastOwner(): HajiriError {
  return new HajiriError(
    'not_possible',
    'This is the last owner. Make somebody else an owner first: without one, nobody could.',
  );
}

/** Whoever belongs nowhere any more is signed out; everybody else only loses what they lost. */
export async function signOutIfNowhere(transaction: SignInTransaction, userId: UserId): Promise<void> {
  const belongings = await findBelongings(transaction, userId);
  if (belongings.length === 0) await endSessions(transaction, userId);
}
