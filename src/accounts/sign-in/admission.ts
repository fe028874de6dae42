import type { UserId } from '../../db/schema.ts';
import { acceptOpenInvitations, hasOpenInvitation } from '../invitations/accept-by-email.ts';
import { findBelongings } from '../memberships.ts';
import { currentSignInScope } from './sign-in-scope.ts';
import { findUser } from './users.ts';

// What better-auth asks before it makes a user or a session, whichever way somebody comes in.

/**
 * A session is made only for somebody who belongs somewhere, or is invited to. It leads to the organisation in which
 * the person was last.
 */
export async function admitSession(session: {
  userId: string;
}): Promise<false | { data: Record<string, unknown> }> {
  const scope = currentSignInScope();
  const transaction = await scope.transaction();
  const userId = session.userId as UserId; // better-auth read it from our table
  const belongings = await findBelongings(transaction, userId);
  if (belongings.length === 0) {
    const user = await findUser(transaction, userId);
    if (user === null || !(await hasOpenInvitation(transaction, scope.clock, user.email))) return false;
  }
  const last = await transaction
    .selectFrom('sign_in.user')
    .select('last_organisation_id')
    .where('id', '=', userId)
    .executeTakeFirst();
  const organisation =
    belongings.find((one) => one.organisation.id === last?.last_organisation_id) ?? belongings[0];
  return { data: { organisationId: organisation?.organisation.id ?? null } };
}

/** Somebody new comes from an OIDC provider: only with an address that it verified and that an invitation names. */
export async function admitUser(user: {
  email: string;
  emailVerified: boolean;
  name: string;
}): Promise<false | { data: Record<string, unknown> }> {
  const scope = currentSignInScope();
  if (!user.emailVerified) return false;
  if (!(await hasOpenInvitation(await scope.transaction(), scope.clock, user.email))) return false;
  return { data: { image: null, name: user.name.trim() === '' ? user.email : user.name.slice(0, 200) } };
}

/** Signing in with the invited address is accepting the invitation. */
export async function greetUser(user: { id: string; email: string; name: string }): Promise<void> {
  const scope = currentSignInScope();
  await acceptOpenInvitations(scope, { ...user, id: user.id as UserId }); // the row that was just made
}
