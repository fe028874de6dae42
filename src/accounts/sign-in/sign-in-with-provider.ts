import { HajiriError } from '../../errors/hajiri-error.ts';
import { acceptOpenInvitations } from '../invitations/accept-by-email.ts';
import { hashToken } from './hashed-session-tokens.ts';
import { countAttempt } from './limit-attempts.ts';
import { orRefusal } from './refusals.ts';
import { guessLimits } from './sign-in-limits.ts';
import { providerId } from './sign-in-rules.ts';
import { inSignInScope, type SignInScope } from './sign-in-scope.ts';
import { auditSignIn } from './sign-in-with-password.ts';
import { findUser } from './users.ts';
import { type Cookies, cookiesOf, headersOf, type SignInTools, type Visit } from './visit.ts';

/** Where the browser goes to sign in at the provider. Throws `not_possible` without one, or when it does not answer. */
export async function beginWithProvider(
  tools: SignInTools,
  visit: Visit,
): Promise<{ readonly url: string; readonly cookies: Cookies }> {
  await countAttempt(tools, guessLimits('provider', visit.origin));
  const tried = await inSignInScope({ ...tools, origin: visit.origin }, () =>
    orRefusal(
      tools.signIn.api.signInSocial({
        // Fixed: what a browser could choose here, a link of somebody else could, too.
        body: { provider: providerId, callbackURL: '/', errorCallbackURL: '/sign-in', disableRedirect: true },
        headers: headersOf(visit),
        returnHeaders: true,
      }),
    ),
  );
  if ('refused' in tried || !('url' in tried.answer.response) || tried.answer.response.url === undefined) {
    throw new HajiriError('not_possible', 'There is no provider to sign in through, or it does not answer.');
  }
  return { url: tried.answer.response.url, cookies: cookiesOf(tried.answer.headers) };
}

/** The browser is back from the provider, at this address. Where it goes next, signed in or not. */
export async function finishWithProvider(
  tools: SignInTools,
  visit: Visit,
  address: string,
): Promise<{ readonly location: string; readonly cookies: Cookies }> {
  const attempt = await countAttempt(tools, guessLimits('provider', visit.origin));
  const outcome = await inSignInScope({ ...tools, origin: visit.origin }, async (scope) => {
    const response = await tools.signIn.handler(new Request(address, { headers: headersOf(visit) }));
    const cookies = cookiesOf(response.headers);
    const isSignedIn = await greet(scope, cookies);
    return { location: response.headers.get('location') ?? '/sign-in', cookies, isSignedIn };
  });
  if (outcome.isSignedIn) await attempt.forgive();
  return outcome;
}

/** Writes down who came in, and accepts what they are invited to: the provider verified the address. */
async function greet(scope: SignInScope, cookies: Cookies): Promise<boolean> {
  const token = sessionTokenOf(cookies);
  if (token === null) return false;
  const transaction = await scope.transaction();
  const session = await transaction
    .selectFrom('sign_in.session')
    .select('user_id')
    .where('token', '=', hashToken(token))
    .executeTakeFirst();
  const user = session === undefined ? null : await findUser(transaction, session.user_id);
  if (user === null) return false;
  await acceptOpenInvitations(scope, user);
  await auditSignIn(scope, user.id, 'provider');
  return true;
}

function sessionTokenOf(cookies: Cookies): string | null {
  for (const cookie of cookies) {
    const value = /^(?:__Secure-)?hajiri\.session_token=([^;]+)/.exec(cookie)?.[1];
    if (value !== undefined) return decodeURIComponent(value).split('.')[0] ?? null;
  }
  return null;
}
