import type { Transaction } from 'kysely';
import type { MembershipState } from '../../db/account-tables.ts';
import type { Database, UserId } from '../../db/schema.ts';
import { asInstallation, asOrganisation } from '../../db/tenancy.ts';
import type { Membership } from '../actor.ts';
import { authorise } from '../authorise.ts';
import { toMembership } from '../memberships.ts';
import type { OrganisationContext } from '../organisation-context.ts';
import type { SignInTables } from '../sign-in/sign-in-tables.ts';

/** Somebody who belongs to the organisation. */
export type Member = {
  readonly id: UserId;
  readonly name: string;
  readonly email: string;
  readonly hasSecondFactor: boolean;
  readonly membership: Membership;
  /** `disabled` may not come in any more, and is kept for the audit trail and for another day. */
  readonly state: MembershipState;
  readonly madeAt: Temporal.Instant;
  /** When a session of the person was made or renewed last, whichever organisation they were in. */
  readonly lastSeenAt: Temporal.Instant | null;
};

export async function listMembers(context: OrganisationContext): Promise<readonly Member[]> {
  authorise(context, 'read members');
  return asInstallation(context.kysely, (transaction) => readMembers(transaction, context));
}

/** Accounts belong to the installation: only those of this organisation's members are asked for. */
export async function readMembers(
  owned: Transaction<Database>,
  { organisation }: Pick<OrganisationContext, 'organisation'>,
): Promise<readonly Member[]> {
  const transaction = owned.$extendTables<SignInTables>();
  const rows = await asOrganisation(transaction, organisation.id, (own) =>
    own.selectFrom('membership').selectAll().execute(),
  );
  if (rows.length === 0) return [];
  const people = await transaction
    .selectFrom('sign_in.user as u')
    .leftJoin('sign_in.session as s', 's.user_id', 'u.id')
    .select(({ fn }) => [
      'u.id',
      'u.name',
      'u.email',
      'u.two_factor_enabled',
      fn.max('s.updated_at').as('seen_at'),
    ])
    .where(
      'u.id',
      'in',
      rows.map(({ user_id }) => user_id),
    )
    .groupBy('u.id')
    .orderBy('u.name')
    .orderBy('u.email')
    .execute();
  return people.flatMap(({ id, name, email, two_factor_enabled, seen_at }) => {
    const row = rows.find(({ user_id }) => user_id === id);
    if (row === undefined) return [];
    return {
      id,
      name,
      email,
      hasSecondFactor: two_factor_enabled,
      membership: toMembership(row),
      state: row.state,
      madeAt: row.made_at,
      lastSeenAt: seen_at,
    };
  });
}
