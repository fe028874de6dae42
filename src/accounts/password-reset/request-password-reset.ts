import { sql } from 'kysely';
import type { UserId } from '../../db/schema.ts';
import { asInstallation, asOrganisation } from '../../db/tenancy.ts';
import { HajiriError } from '../../errors/hajiri-error.ts';
import { recordAudit } from '../audit-trail.ts';
import { authorise } from '../authorise.ts';
import { findBelongings } from '../memberships.ts';
import type { OrganisationContext } from '../organisation-context.ts';
import { auditInEach, auditNothing } from '../sign-in/audit-sign-in.ts';
import { countAttempt } from '../sign-in/limit-attempts.ts';
import { makeLink } from '../sign-in/one-time-links.ts';
import { resetLimits } from '../sign-in/sign-in-limits.ts';
import { inSignInScope } from '../sign-in/sign-in-scope.ts';
import type { SignInTables, SignInTransaction } from '../sign-in/sign-in-tables.ts';
import { findUserByEmail, type User } from '../sign-in/users.ts';
import type { SignInTools, Visit } from '../sign-in/visit.ts';

const mailedHours = 1;
const handedOverHours = 24;

export type PasswordLink = {
  readonly to: string;
  readonly token: string;
  readonly expiresAt: Temporal.Instant;
};

/**
 * A link that sets a new password, to be sent by e-mail. Null for an address that nobody has, or whose account may not
 * come in: the caller must not let anybody see which it was, by the answer or by its time. Throws `too_many_attempts`,
 * for every address alike.
 */
export async function requestPasswordReset(
  tools: SignInTools,
  visit: Visit,
  email: string,
): Promise<PasswordLink | null> {
  await countAttempt(tools, resetLimits(email, visit.origin));
  return inSignInScope({ ...tools, origin: visit.origin }, async (scope) => {
    const transaction = await scope.transaction();
    const user = await findUserByEmail(transaction, email);
    const belongings = await findBelongings(transaction, user?.id ?? nobody);
    if (user === null || belongings.length === 0) {
      await makeNoLink(transaction);
      await auditNothing(scope);
      return null;
    }
    const link = await makeLink(transaction, scope.clock, {
      purpose: 'password_reset',
      userId: user.id,
      removesSecondFactor: false,
      hours: mailedHours,
    });
    await auditInEach(scope, user, belongings, { action: 'asked for a new password' });
    return { to: user.email, ...link };
  });
}

const nobody = '00000000-0000-0000-0000-000000000000' as UserId; // no account has it

/** As many statements as a link takes. */
async function makeNoLink(transaction: SignInTransaction): Promise<void> {
  await sql`select 1`.execute(transaction);
  await sql`select 1`.execute(transaction);
}

/**
 * The same from the command line, for a member of the organisation, to be handed over in person. It may also take the
 * second factor away from somebody who lost it. Throws `not_found`.
 */
export async function makePasswordLink(
  context: OrganisationContext,
  { email, removesSecondFactor }: { readonly email: string; readonly removesSecondFactor: boolean },
): Promise<PasswordLink> {
  authorise(context, 'manage members');
  return asInstallation(context.kysely, async (owned) => {
    const transaction = owned.$extendTables<SignInTables>();
    const user = await memberWith(transaction, context, email);
    const link = await makeLink(transaction, context.clock, {
      purpose: 'password_reset',
      userId: user.id,
      removesSecondFactor,
      hours: handedOverHours,
    });
    await asOrganisation(transaction, context.organisation.id, (own) =>
      recordAudit(own, context, {
        action: 'made a link for a new password',
        subject: { kind: 'member', id: user.id, name: user.name },
        after: { expires: link.expiresAt.toString(), removesSecondFactor },
      }),
    );
    return { to: user.email, ...link };
  });
}

async function memberWith(
  transaction: SignInTransaction,
  { organisation }: OrganisationContext,
  email: string,
): Promise<User> {
  const user = await findUserByEmail(transaction, email);
  const belongings = user === null ? [] : await findBelongings(transaction, user.id);
  if (user !== null && belongings.some((one) => one.organisation.id === organisation.id)) return user;
  throw new HajiriError('not_found', 'There is no active member with this e-mail address.');
}
