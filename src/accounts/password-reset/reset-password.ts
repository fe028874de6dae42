import { findBelongings } from '../memberships.ts';
import { auditInEach } from '../sign-in/audit-sign-in.ts';
import { countAttempt } from '../sign-in/limit-attempts.ts';
import { hashNewPassword } from '../sign-in/make-account.ts';
import { linkExpired, peekLink, takeLink } from '../sign-in/one-time-links.ts';
import { endSessions } from '../sign-in/sessions.ts';
import { guessLimits } from '../sign-in/sign-in-limits.ts';
import { inSignInScope } from '../sign-in/sign-in-scope.ts';
import type { SignInTransaction } from '../sign-in/sign-in-tables.ts';
import { dropSecondFactor, findUser, setPassword, type User } from '../sign-in/users.ts';
import type { SignInTools, Visit } from '../sign-in/visit.ts';

/**
 * Sets a new password and ends every session of the person. Nobody is signed in by it: a second factor, where there is
 * one, is asked for at the next sign-in. Throws `link_expired`, `too_many_attempts`, InvalidInputError; a password that
 * is refused does not use the link up.
 */
export async function resetPassword(
  tools: SignInTools,
  visit: Visit,
  { token, password }: { readonly token: string; readonly password: string },
): Promise<void> {
  const attempt = await countAttempt(tools, guessLimits('link', visit.origin));
  const scoped = { ...tools, origin: visit.origin };
  const owner = await inSignInScope(scoped, async (scope) => {
    const transaction = await scope.transaction();
    const link = await peekLink(transaction, tools.clock, 'password_reset', token);
    return ownerOf(transaction, link);
  });
  const passwordHash = await hashNewPassword(tools, password, owner);
  await inSignInScope(scoped, async (scope) => {
    const transaction = await scope.transaction();
    const link = await takeLink(transaction, tools.clock, 'password_reset', token);
    const user = await ownerOf(transaction, link);
    await setPassword(transaction, tools.clock, user.id, passwordHash);
    if (link.removesSecondFactor) await dropSecondFactor(transaction, user.id);
    await endSessions(transaction, user.id);
    await auditInEach(scope, user, await findBelongings(transaction, user.id), {
      action: 'set a new password by a link',
      after: { removedSecondFactor: link.removesSecondFactor },
    });
  });
  await attempt.forgive();
}

async function ownerOf(
  transaction: SignInTransaction,
  { userId }: Awaited<ReturnType<typeof peekLink>>,
): Promise<User> {
  const user = userId === null ? null : await findUser(transaction, userId);
  if (user === null) throw linkExpired();
  return user;
}
