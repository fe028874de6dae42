import type { OrganisationId } from '../../db/schema.ts';
import { asChooser, asOrganisation } from '../../db/tenancy.ts';
import { InvalidInputError } from '../../errors/hajiri-error.ts';
import type { Actor } from '../actor.ts';
import { recordAudit } from '../audit-trail.ts';
import { findOwnerless } from '../memberships.ts';
import type { Organisation } from '../organisation-context.ts';
import {
  addOrganisation,
  type NewOrganisation,
  organisationAdded,
  readOrganisation,
} from '../organisations.ts';
import { countAttempt } from '../sign-in/limit-attempts.ts';
import { makeAccount, type NewAccount } from '../sign-in/make-account.ts';
import { linkExpired, peekLink, takeLink } from '../sign-in/one-time-links.ts';
import { guessLimits } from '../sign-in/sign-in-limits.ts';
import { inSignInScope, type SignInScope } from '../sign-in/sign-in-scope.ts';
import type { SignInTransaction } from '../sign-in/sign-in-tables.ts';
import { type SignInOutcome, signInRefused, trySignIn } from '../sign-in/sign-in-with-password.ts';
import type { User } from '../sign-in/users.ts';
import type { SignInTools, Visit } from '../sign-in/visit.ts';

export type OwnerLinkFacts = {
  /** What the owner will own; empty when the first organisation is still to be named. */
  readonly organisations: readonly Organisation[];
};

/** What a link leads to, for the page that asks for the rest. Throws `link_expired`, `too_many_attempts`. */
export async function readOwnerLink(
  tools: SignInTools,
  visit: Visit,
  token: string,
): Promise<OwnerLinkFacts> {
  const attempt = await countAttempt(tools, guessLimits('link', visit.origin));
  const facts = await inSignInScope({ ...tools, origin: visit.origin }, async (scope) => {
    const transaction = await scope.transaction();
    const link = await peekLink(transaction, tools.clock, 'owner', token);
    return { organisations: await organisationsOf(transaction, link.organisation) };
  });
  await attempt.forgive();
  return facts;
}

async function organisationsOf(
  transaction: SignInTransaction,
  id: OrganisationId | null,
): Promise<readonly Organisation[]> {
  if (id === null) return findOwnerless(transaction);
  const organisation = await asChooser(transaction, {}, () => readOrganisation(transaction, id));
  if (organisation === null) throw linkExpired();
  return [organisation];
}

/**
 * Makes an owner: a new account, which is signed in at once, or the account that is signed in already. Throws
 * `link_expired`, `too_many_attempts`, `account_exists` and InvalidInputError.
 */
export async function acceptOwnerLink(
  tools: SignInTools,
  visit: Visit,
  input: {
    readonly token: string;
    readonly account: NewAccount | { readonly signedIn: User };
    readonly organisation: NewOrganisation | null;
  },
): Promise<SignInOutcome> {
  const attempt = await countAttempt(tools, guessLimits('link', visit.origin));
  const outcome = await inSignInScope({ ...tools, origin: visit.origin }, async (scope) => {
    // Before the transaction begins: it takes its time.
    const account = await makeAccount(
      tools,
      // Whoever runs the installation handed the link over.
      'signedIn' in input.account ? input.account : { ...input.account, isVouchedFor: true },
    );
    const transaction = await scope.transaction();
    const link = await takeLink(transaction, tools.clock, 'owner', input.token);
    const user = await account.store(transaction);
    const organisations = await takeOver(tools, scope, user, link.organisation, input.organisation);
    for (const organisation of organisations) await makeOwner(tools, scope, organisation, user);
    if ('signedIn' in input.account) return { state: 'signed_in', cookies: [] } as const;
    const signedIn = await trySignIn(tools, visit, scope, input.account);
    if (signedIn === null) throw signInRefused();
    return signedIn;
  });
  await attempt.forgive();
  return outcome;
}

async function takeOver(
  { clock }: SignInTools,
  scope: SignInScope,
  user: User,
  linked: OrganisationId | null,
  named: NewOrganisation | null,
): Promise<readonly Organisation[]> {
  const transaction = await scope.transaction();
  const organisations = await organisationsOf(transaction, linked);
  if (organisations.length > 0) {
    if (named === null) return organisations;
    throw new InvalidInputError([{ field: 'organisation', reason: 'is there already; leave it out' }]);
  }
  if (named === null) {
    throw new InvalidInputError([{ field: 'organisation', reason: 'is needed: there is none yet' }]);
  }
  const added = await asChooser(transaction, {}, () => addOrganisation(transaction, clock, named));
  await asOrganisation(transaction, added.id, () =>
    recordAudit(
      transaction,
      { ...scope, organisation: added, actor: ownerActor(user) },
      organisationAdded(added),
    ),
  );
  return [added];
}

function ownerActor({ id, name }: User): Actor {
  return { kind: 'person', userId: id, name, membership: { role: 'owner' } };
}

async function makeOwner(
  { clock }: SignInTools,
  scope: SignInScope,
  organisation: Organisation,
  user: User,
): Promise<void> {
  const transaction = await scope.transaction();
  await asOrganisation(transaction, organisation.id, async () => {
    await transaction
      .insertInto('membership')
      .values({
        organisation_id: organisation.id,
        user_id: user.id,
        role: 'owner',
        employee: null,
        made_at: clock.now(),
      })
      .onConflict((conflict) =>
        conflict
          .columns(['organisation_id', 'user_id'])
          .doUpdateSet({ role: 'owner', teams: [], employee: null, state: 'active' }),
      )
      .execute();
    await recordAudit(
      transaction,
      {
        ...scope,
        organisation,
        actor: ownerActor(user),
      },
      {
        action: 'became an owner by an owner link',
        subject: { kind: 'member', id: user.id, name: user.name },
        after: { role: 'owner', email: user.email },
      },
    );
  });
}
