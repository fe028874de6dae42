import type { Clock } from '../../clock/clock.ts';
import { asChooser } from '../../db/tenancy.ts';
import { HajiriError } from '../../errors/hajiri-error.ts';
import type { Membership } from '../actor.ts';
import { toMembership } from '../memberships.ts';
import { countAttempt } from '../sign-in/limit-attempts.ts';
import { makeAccount } from '../sign-in/make-account.ts';
import { hashLinkToken, linkExpired } from '../sign-in/one-time-links.ts';
import { guessLimits } from '../sign-in/sign-in-limits.ts';
import { inSignInScope } from '../sign-in/sign-in-scope.ts';
import type { SignInTransaction } from '../sign-in/sign-in-tables.ts';
import { type SignInOutcome, signInRefused, trySignIn } from '../sign-in/sign-in-with-password.ts';
import { findUserByEmail, type User } from '../sign-in/users.ts';
import type { SignInTools, Visit } from '../sign-in/visit.ts';
import { acceptInvitationRow } from './accept-by-email.ts';

export type InvitationFacts = {
  readonly organisation: string;
  readonly email: string;
  readonly role: Membership['role'];
  /** Whoever has an account signs in with it first. */
  readonly hasAccount: boolean;
};

/** What the link leads to, for the page that asks for the rest. Throws `link_expired`, `too_many_attempts`. */
export async function readInvitation(
  tools: SignInTools,
  visit: Visit,
  token: string,
): Promise<InvitationFacts> {
  const attempt = await countAttempt(tools, guessLimits('link', visit.origin));
  const facts = await inSignInScope({ ...tools, origin: visit.origin }, async (scope) => {
    const transaction = await scope.transaction();
    const row = await findInvitation(transaction, tools.clock, token);
    const user = await findUserByEmail(transaction, row.email);
    return {
      organisation: row.name,
      email: row.email,
      role: toMembership(row).role,
      hasAccount: user !== null,
    };
  });
  await attempt.forgive();
  return facts;
}

/**
 * Makes a member: with a new account for the invited address, which is signed in at once, or the account that is signed
 * in already and has that address. Throws `link_expired`, `too_many_attempts`, `account_exists`, `not_allowed` for the
 * account of somebody else, InvalidInputError.
 */
export async function acceptInvitation(
  tools: SignInTools,
  visit: Visit,
  input: {
    readonly token: string;
    readonly account:
      | { readonly name: string; readonly password: string }
      | { readonly signedIn: User; readonly session: string };
  },
): Promise<SignInOutcome> {
  const attempt = await countAttempt(tools, guessLimits('link', visit.origin));
  const { token, account } = input;
  const scoped = { ...tools, origin: visit.origin };
  const { email } = await inSignInScope(scoped, async (scope) =>
    findInvitation(await scope.transaction(), tools.clock, token),
  );
  const made = await makeAccount(
    tools,
    'signedIn' in account ? account : { ...account, email, isVouchedFor: false },
  );
  const outcome = await inSignInScope(scoped, async (scope) => {
    const transaction = await scope.transaction();
    const row = await findInvitation(transaction, tools.clock, token);
    const user = await made.store(transaction);
    if (user.email !== row.email) throw notInvited();
    await acceptInvitationRow(scope, user, row);
    await transaction
      .updateTable('sign_in.user')
      .set({ last_organisation_id: row.id })
      .where('id', '=', user.id)
      .execute();
    if ('signedIn' in account) {
      await transaction
        .updateTable('sign_in.session')
        .set({ organisation_id: row.id })
        .where('id', '=', account.session)
        .execute();
      return { state: 'signed_in', cookies: [] } as const;
    }
    const signedIn = await trySignIn(tools, visit, scope, { email, password: account.password });
    if (signedIn === null) throw signInRefused();
    return signedIn;
  });
  await attempt.forgive();
  return outcome;
}

function notInvited(): HajiriError {
  return new HajiriError(
    'not_allowed',
    'This invitation is for another e-mail address. Sign out, then open the link again.',
  );
}

async function findInvitation(transaction: SignInTransaction, clock: Clock, token: string) {
  const row = await asChooser(transaction, { invitation: hashLinkToken(token).toString('hex') }, () =>
    transaction
      .selectFrom('invitation as i')
      .innerJoin('organisation as o', 'o.id', 'i.organisation_id')
      .select([
        'i.id as invitation',
        'i.email',
        'i.role',
        'i.teams',
        'i.employee',
        'o.id',
        'o.name',
        'o.zone',
      ])
      .where('i.accepted_at', 'is', null)
      .where('i.revoked_at', 'is', null)
      .where('i.expires_at', '>', clock.now())
      .executeTakeFirst(),
  );
  if (row === undefined) throw linkExpired();
  return row;
}
