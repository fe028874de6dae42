import { asInstallation } from '../../db/tenancy.ts';
import { HajiriError } from '../../errors/hajiri-error.ts';
import { auditInEach } from '../sign-in/audit-sign-in.ts';
import type { SignedIn } from '../sign-in/find-session.ts';
import { hashNewPassword } from '../sign-in/make-account.ts';
import { endSessions } from '../sign-in/sessions.ts';
import { inSignInScope } from '../sign-in/sign-in-scope.ts';
import type { SignInTables } from '../sign-in/sign-in-tables.ts';
import { setPassword, type User } from '../sign-in/users.ts';
import type { SignInTools, Visit } from '../sign-in/visit.ts';
import { countOwnPassword, notYourPassword } from './own-password.ts';

/**
 * Every other session of the person ends: whoever changes a password may do it because somebody else knew it. Throws
 * InvalidInputError, `too_many_attempts`, `not_possible` for an account without a password.
 */
export async function changePassword(
  tools: SignInTools,
  visit: Visit,
  { user, session, belongings }: SignedIn,
  { current, password }: { readonly current: string; readonly password: string },
): Promise<void> {
  await checkOwnPassword(tools, user, current);
  const passwordHash = await hashNewPassword(tools, password, user);
  await inSignInScope({ ...tools, origin: visit.origin }, async (scope) => {
    const transaction = await scope.transaction();
    await setPassword(transaction, scope.clock, user.id, passwordHash);
    const ended = await endSessions(transaction, user.id, { except: session.id });
    await auditInEach(scope, user, belongings, {
      action: 'changed their password',
      after: { endedSessions: ended },
    });
  });
}

async function checkOwnPassword(tools: SignInTools, user: User, password: string): Promise<void> {
  const attempt = await countOwnPassword(tools, user);
  const way = await asInstallation(tools.kysely, (transaction) =>
    transaction
      .$extendTables<SignInTables>()
      .selectFrom('sign_in.credential')
      .select('password')
      .where('user_id', '=', user.id)
      .where('provider_id', '=', 'credential')
      .executeTakeFirst(),
  );
  if (way === undefined || way.password === null) {
    throw new HajiriError(
      'not_possible',
      'This account has no password. Ask for a link to set one on the page for signing in.',
    );
  }
  const { password: hashing } = await tools.signIn.$context;
  if (!(await hashing.verify({ hash: way.password, password }))) throw notYourPassword('current');
  await attempt.forgive();
}
