import type { UserId } from '../../db/schema.ts';
import { findBelongings } from '../memberships.ts';
import { auditInEach } from './audit-sign-in.ts';
import { endSessions } from './sessions.ts';
import { currentSignInScope } from './sign-in-scope.ts';
import { dropSecondFactor, findUser } from './users.ts';

/**
 * A provider has verified an address for the first time. Whoever invited somebody may have been shown the link, and have made
 * the account with a password of their own: where nobody vouched for the address, that password, its second factor and
 * every session are over, so that the account is its owner's alone.
 */
export async function endUnprovenPassword(account: { userId: string; providerId: string }): Promise<void> {
  if (account.providerId === 'credential') return;
  const scope = currentSignInScope();
  const transaction = await scope.transaction();
  const userId = account.userId as UserId; // of the row that better-auth just made
  const unproven = await transaction
    .updateTable('sign_in.user')
    .set({ email_verified: true })
    .where('id', '=', userId)
    .where('email_verified', '=', false)
    .returning('id')
    .executeTakeFirst();
  const user = unproven === undefined ? null : await findUser(transaction, userId);
  if (user === null) return;
  const { numDeletedRows } = await transaction
    .deleteFrom('sign_in.credential')
    .where('user_id', '=', userId)
    .where('provider_id', '=', 'credential')
    .executeTakeFirst();
  await dropSecondFactor(transaction, userId);
  await endSessions(transaction, userId);
  if (numDeletedRows === 0n) return;
  await auditInEach(scope, user, await findBelongings(transaction, userId), {
    action: 'ended a password that was set before the address was verified',
  });
}
