import { asInstallation } from '../../db/tenancy.ts';
import { HajiriError } from '../../errors/hajiri-error.ts';
import { auditInEach } from '../sign-in/audit-sign-in.ts';
import type { SignedIn } from '../sign-in/find-session.ts';
import { endSessions } from '../sign-in/sessions.ts';
import { inSignInScope } from '../sign-in/sign-in-scope.ts';
import type { SignInTables } from '../sign-in/sign-in-tables.ts';
import type { SignInTools, Visit } from '../sign-in/visit.ts';

/** One browser in which the person is signed in. */
export type OwnSession = {
  readonly id: string;
  readonly isCurrent: boolean;
  readonly madeAt: Temporal.Instant;
  /** A session in use is renewed once a day. */
  readonly renewedAt: Temporal.Instant;
  readonly expiresAt: Temporal.Instant;
  readonly address: string | null;
  readonly userAgent: string | null;
};

export async function listOwnSessions(
  { kysely, clock }: SignInTools,
  { user, session }: SignedIn,
): Promise<readonly OwnSession[]> {
  const rows = await asInstallation(kysely, (transaction) =>
    transaction
      .$extendTables<SignInTables>()
      .selectFrom('sign_in.session')
      .select(['id', 'created_at', 'updated_at', 'expires_at', 'ip_address', 'user_agent'])
      .where('user_id', '=', user.id)
      .where('expires_at', '>', clock.now())
      .orderBy('updated_at', 'desc')
      .execute(),
  );
  return rows.map((row) => ({
    id: row.id,
    isCurrent: row.id === session.id,
    madeAt: row.created_at,
    renewedAt: row.updated_at,
    expiresAt: row.expires_at,
    address: row.ip_address === '' ? null : row.ip_address,
    userAgent: row.user_agent === '' ? null : row.user_agent,
  }));
}

/** Ends one session of the person's own, or every one but this. Throws `not_found` for a session of somebody else. */
export async function endOwnSessions(
  tools: SignInTools,
  visit: Visit,
  { user, session, belongings }: SignedIn,
  which: { readonly only: string } | 'others',
): Promise<void> {
  await inSignInScope({ ...tools, origin: visit.origin }, async (scope) => {
    const transaction = await scope.transaction();
    const ended = await endSessions(
      transaction,
      user.id,
      which === 'others' ? { except: session.id } : which,
    );
    if (ended === 0 && which !== 'others') {
      throw new HajiriError('not_found', 'You have no session with this id.');
    }
    if (ended === 0) return;
    await auditInEach(scope, user, belongings, { action: 'ended sessions', after: { endedSessions: ended } });
  });
}
