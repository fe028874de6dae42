import { asInstallation } from '../../db/tenancy.ts';
import { HajiriError } from '../../errors/hajiri-error.ts';
import { auditInEach } from '../sign-in/audit-sign-in.ts';
import type { SignedIn } from '../sign-in/find-session.ts';
import { inSignInScope } from '../sign-in/sign-in-scope.ts';
import type { SignInTables } from '../sign-in/sign-in-tables.ts';
import type { SignInTools, Visit } from '../sign-in/visit.ts';

/** What somebody sees of their own account besides the session. */
export type Account = {
  readonly name: string;
  readonly email: string;
  readonly hasPassword: boolean;
  /** Whether the person came in through the OIDC provider at least once. */
  readonly hasProvider: boolean;
  readonly hasSecondFactor: boolean;
  /** Null without a second factor. */
  readonly recoveryCodesLeft: number | null;
};

export async function readAccount(tools: SignInTools, { user }: SignedIn): Promise<Account> {
  const ways = await asInstallation(tools.kysely, (transaction) =>
    transaction
      .$extendTables<SignInTables>()
      .selectFrom('sign_in.credential')
      .select(['provider_id', 'password'])
      .where('user_id', '=', user.id)
      .execute(),
  );
  return {
    name: user.name,
    email: user.email,
    hasPassword: ways.some(({ password }) => password !== null),
    hasProvider: ways.some(({ provider_id }) => provider_id !== 'credential'),
    hasSecondFactor: user.hasSecondFactor,
    recoveryCodesLeft: user.hasSecondFactor ? await countRecoveryCodes(tools, user.id) : null,
  };
}

async function countRecoveryCodes(tools: SignInTools, userId: string): Promise<number> {
  const { backupCodes } = await inSignInScope({ ...tools, origin: { address: null, requestId: null } }, () =>
    tools.signIn.api.viewBackupCodes({ body: { userId } }),
  );
  return backupCodes.length;
}

/** The name as others read it, in lists of members and in the audit trail. */
export async function rename(
  tools: SignInTools,
  visit: Visit,
  { user, belongings }: SignedIn,
  name: string,
): Promise<void> {
  if (name === user.name) return;
  await inSignInScope({ ...tools, origin: visit.origin }, async (scope) => {
    const transaction = await scope.transaction();
    const changed = await transaction
      .updateTable('sign_in.user')
      .set({ name, updated_at: scope.clock.now() })
      .where('id', '=', user.id)
      .returning('id')
      .executeTakeFirst();
    if (changed === undefined) throw new HajiriError('not_found', 'This account is there no longer.');
    await auditInEach(scope, user, belongings, {
      action: 'changed their name',
      before: { name: user.name },
      after: { name },
    });
  });
}
