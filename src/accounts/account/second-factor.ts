import { HajiriError } from '../../errors/hajiri-error.ts';
import { auditInEach } from '../sign-in/audit-sign-in.ts';
import type { SignedIn } from '../sign-in/find-session.ts';
import { countAttempt } from '../sign-in/limit-attempts.ts';
import { orRefusal } from '../sign-in/refusals.ts';
import { endSessions } from '../sign-in/sessions.ts';
import { guessLimits } from '../sign-in/sign-in-limits.ts';
import { inSignInScope, type SignInScope } from '../sign-in/sign-in-scope.ts';
import { useCode } from '../sign-in/used-codes.ts';
import { toRefusal } from '../sign-in/verify-second-factor.ts';
import { type Cookies, cookiesOf, headersOf, type SignInTools, type Visit } from '../sign-in/visit.ts';
import { countOwnPassword, notYourPassword } from './own-password.ts';

/** Shown once, and stored encrypted. */
export type NewSecondFactor = {
  /** What the QR code holds. */
  readonly uri: string;
  /** The same for somebody who types it. */
  readonly secret: string;
  readonly recoveryCodes: readonly string[];
};

/** The first half: nothing is asked for at sign-in before `confirmSecondFactor`. Throws `not_possible`, InvalidInputError. */
export async function beginSecondFactor(
  tools: SignInTools,
  visit: Visit,
  signedIn: SignedIn,
  password: string,
): Promise<NewSecondFactor> {
  return withOwnPassword(tools, visit, signedIn, async () => {
    const { totpURI, backupCodes } = totpOf(
      await tools.signIn.api.enableTwoFactor({ headers: headersOf(visit), body: { password } }),
    );
    const secret = new URL(totpURI).searchParams.get('secret') ?? '';
    return { uri: totpURI, secret, recoveryCodes: backupCodes };
  });
}

function totpOf(answer: object): { readonly totpURI: string; readonly backupCodes: readonly string[] } {
  if ('totpURI' in answer && 'backupCodes' in answer) {
    return answer as { totpURI: string; backupCodes: string[] }; // the method that is set up
  }
  throw new Error('a second factor of another kind');
}

/** The second half: the app shows the right code. Every other session of the person ends. */
export async function confirmSecondFactor(
  tools: SignInTools,
  visit: Visit,
  { user, session, belongings }: SignedIn,
  code: string,
): Promise<Cookies> {
  if (user.hasSecondFactor) throw new HajiriError('not_possible', 'The second factor is on already.');
  const attempt = await countAttempt(tools, guessLimits('second factor', visit.origin));
  const outcome = await inSignInScope({ ...tools, origin: visit.origin }, async (scope) => {
    const transaction = await scope.transaction();
    const ended = await endSessions(transaction, user.id, { except: session.id });
    const headers = headersOf(visit);
    const tried = await orRefusal(
      tools.signIn.api.verifyTOTP({ headers, body: { code }, returnHeaders: true }),
    );
    if ('refused' in tried) throw toRefusal(tried.refused);
    await useCode(tools, transaction, user.id, code);
    await auditInEach(scope, user, belongings, {
      action: 'turned on their second factor',
      after: { endedSessions: ended },
    });
    return cookiesOf(tried.answer.headers);
  });
  await attempt.forgive();
  return outcome;
}

/** Throws InvalidInputError for another password. */
export async function removeSecondFactor(
  tools: SignInTools,
  visit: Visit,
  signedIn: SignedIn,
  password: string,
): Promise<Cookies> {
  return withOwnPassword(tools, visit, signedIn, async (scope) => {
    const { headers } = await tools.signIn.api.disableTwoFactor({
      headers: headersOf(visit),
      body: { password },
      returnHeaders: true,
    });
    await auditInEach(scope, signedIn.user, signedIn.belongings, {
      action: 'turned off their second factor',
    });
    return cookiesOf(headers);
  });
}

/** The older ones are no longer good. */
export async function renewRecoveryCodes(
  tools: SignInTools,
  visit: Visit,
  signedIn: SignedIn,
  password: string,
): Promise<readonly string[]> {
  return withOwnPassword(tools, visit, signedIn, async (scope) => {
    const { backupCodes } = await tools.signIn.api.generateBackupCodes({
      headers: headersOf(visit),
      body: { password },
    });
    await auditInEach(scope, signedIn.user, signedIn.belongings, { action: 'made new recovery codes' });
    return backupCodes;
  });
}

async function withOwnPassword<Result>(
  tools: SignInTools,
  { origin }: Visit,
  { user }: SignedIn,
  work: (scope: SignInScope) => Promise<Result>,
): Promise<Result> {
  const attempt = await countOwnPassword(tools, user);
  const outcome = await inSignInScope({ ...tools, origin }, (scope) => orRefusal(work(scope)));
  if ('refused' in outcome) throw toAccountRefusal(outcome.refused);
  await attempt.forgive();
  return outcome.answer;
}

function toAccountRefusal(code: string): HajiriError {
  switch (code) {
    case 'INVALID_PASSWORD':
    case 'CREDENTIAL_ACCOUNT_NOT_FOUND':
      return notYourPassword();
    case 'TOTP_ALREADY_ENABLED':
      return new HajiriError('not_possible', 'The second factor is on already.');
    case 'TWO_FACTOR_NOT_ENABLED':
      return new HajiriError('not_possible', 'The second factor is off.');
    default:
      return new HajiriError('session_ended', 'This session is over. Sign in again.');
  }
}
