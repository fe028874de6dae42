import type { UserId } from '../../db/schema.ts';
import { HajiriError } from '../../errors/hajiri-error.ts';
import { findBelongings } from '../memberships.ts';
import { auditInEach, auditNothing } from './audit-sign-in.ts';
import { countAttempt } from './limit-attempts.ts';
import { orRefusal } from './refusals.ts';
import { signInLimits } from './sign-in-limits.ts';
import { inSignInScope, type SignInScope } from './sign-in-scope.ts';
import { findUser, findUserByEmail } from './users.ts';
import { type Cookies, cookiesOf, headersOf, type SignInTools, type Visit } from './visit.ts';

export type SignInOutcome = {
  readonly state: 'signed_in' | 'second_factor_needed';
  readonly cookies: Cookies;
};

/**
 * Throws `sign_in_refused`, with the same words and after the same work for a name that does not exist, a wrong
 * password and an account that is disabled everywhere; `too_many_attempts` for any name alike.
 */
export async function signInWithPassword(
  tools: SignInTools,
  visit: Visit,
  { email, password }: { readonly email: string; readonly password: string },
): Promise<SignInOutcome> {
  const attempt = await countAttempt(tools, signInLimits(email, visit.origin));
  const outcome = await inSignInScope({ ...tools, origin: visit.origin }, (scope) =>
    trySignIn(tools, visit, scope, { email, password }),
  );
  if (outcome === null) throw signInRefused();
  await attempt.forgive();
  return outcome;
}

export function signInRefused(): HajiriError {
  return new HajiriError('sign_in_refused', 'The e-mail address or the password is not right.');
}

/** Within a scope of the caller's, who counts the attempt. Null when it was refused. */
export async function trySignIn(
  { signIn }: SignInTools,
  visit: Visit,
  scope: SignInScope,
  { email, password }: { readonly email: string; readonly password: string },
): Promise<SignInOutcome | null> {
  const tried = await orRefusal(
    signIn.api.signInEmail({ body: { email, password }, headers: headersOf(visit), returnHeaders: true }),
  );
  if ('refused' in tried) {
    await auditRefusal(scope, email);
    return null;
  }
  const { headers, response } = tried.answer;
  const cookies = cookiesOf(headers);
  if ('twoFactorRedirect' in response) return { state: 'second_factor_needed', cookies };
  await auditSignIn(scope, response.user.id as UserId, 'password'); // of our own table
  return { state: 'signed_in', cookies };
}

export async function auditSignIn(scope: SignInScope, userId: UserId, way: string): Promise<void> {
  const transaction = await scope.transaction();
  const user = await findUser(transaction, userId);
  if (user === null) return;
  await auditInEach(scope, user, await findBelongings(transaction, userId), {
    action: 'signed in',
    after: { way },
  });
}

async function auditRefusal(scope: SignInScope, email: string): Promise<void> {
  const transaction = await scope.transaction();
  const user = await findUserByEmail(transaction, email);
  const belongings = await findBelongings(transaction, user?.id ?? nobody);
  if (user === null || belongings.length === 0) return auditNothing(scope);
  await auditInEach(scope, user, belongings, { action: 'failed to sign in' });
}

const nobody = '00000000-0000-0000-0000-000000000000' as UserId; // no account has it
