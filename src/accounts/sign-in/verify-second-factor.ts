import type { UserId } from '../../db/schema.ts';
import { HajiriError } from '../../errors/hajiri-error.ts';
import { countAttempt } from './limit-attempts.ts';
import { orRefusal } from './refusals.ts';
import { guessLimits } from './sign-in-limits.ts';
import { inSignInScope } from './sign-in-scope.ts';
import { auditSignIn } from './sign-in-with-password.ts';
import { codeRefused, useCode } from './used-codes.ts';
import { type Cookies, cookiesOf, headersOf, type SignInTools, type Visit, withoutSession } from './visit.ts';

export type SecondFactor = { readonly code: string } | { readonly recoveryCode: string };

/**
 * The second step of a sign-in, within ten minutes of the first. Throws `second_factor_refused`, `session_ended` when
 * there is no first step, `too_many_attempts`.
 */
export async function verifySecondFactor(
  tools: SignInTools,
  visit: Visit,
  factor: SecondFactor,
): Promise<Cookies> {
  const attempt = await countAttempt(tools, guessLimits('second factor', visit.origin));
  const way = 'code' in factor ? 'password and authenticator app' : 'password and recovery code';
  const outcome = await inSignInScope({ ...tools, origin: visit.origin }, async (scope) => {
    const headers = headersOf(withoutSession(visit));
    const { api } = tools.signIn;
    const tried = await orRefusal(
      'code' in factor
        ? api.verifyTOTP({ headers, body: { code: factor.code }, returnHeaders: true })
        : api.verifyBackupCode({ headers, body: { code: factor.recoveryCode }, returnHeaders: true }),
    );
    if ('refused' in tried) return tried;
    const userId = tried.answer.response.user.id as UserId; // of our own table
    if ('code' in factor) await useCode(tools, await scope.transaction(), userId, factor.code);
    await auditSignIn(scope, userId, way);
    return { cookies: cookiesOf(tried.answer.headers) };
  });
  if ('refused' in outcome) throw toRefusal(outcome.refused);
  await attempt.forgive();
  return outcome.cookies;
}

export function toRefusal(code: string): HajiriError {
  switch (code) {
    case 'INVALID_TWO_FACTOR_COOKIE':
      return new HajiriError('session_ended', 'This sign-in took too long. Begin again with the password.');
    case 'TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE':
    case 'ACCOUNT_TEMPORARILY_LOCKED':
      return new HajiriError(
        'too_many_attempts',
        'That was tried too often. Begin again in a quarter of an hour.',
        {
          details: { retryAfterSeconds: 900 },
        },
      );
    default:
      return codeRefused();
  }
}
