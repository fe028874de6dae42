import type { Kysely, Transaction } from 'kysely';
import type { MembershipState } from '../db/account-tables.ts';
import type { Database, EmployeeRef, UserId } from '../db/schema.ts';
import { asChooser, asInstallation } from '../db/tenancy.ts';
import type { Membership, Role } from './actor.ts';
import type { Organisation } from './organisation-context.ts';
import { toOrganisation } from './organisations.ts';

/** Where a person belongs, and as what. */
export type Belonging = {
  readonly organisation: Organisation;
  readonly membership: Membership;
};

type StoredMembership = {
  readonly role: Role;
  readonly teams: readonly string[];
  readonly employee: EmployeeRef | null;
};

/** The columns of membership and invitation hold what does not concern the role as empty. */
export function toMembership({ role, teams, employee }: StoredMembership): Membership {
  switch (role) {
    case 'manager':
      return { role, teams };
    case 'employee':
      return { role, employee };
    case 'owner':
    case 'admin':
    case 'auditor':
      return { role };
  }
}

export function toColumns(membership: Membership): {
  role: Role;
  teams: string[];
  employee: EmployeeRef | null;
} {
  return {
    role: membership.role,
    teams: membership.role === 'manager' ? [...membership.teams] : [],
    employee: membership.role === 'employee' ? membership.employee : null,
  };
}

/** Every organisation in which the person may act now, by name. Works in a transaction of the owner of the tables. */
export async function findBelongings(
  transaction: Transaction<Database>,
  userId: UserId,
  state: MembershipState = 'active',
): Promise<readonly Belonging[]> {
  const rows = await asChooser(transaction, { userId }, () =>
    transaction
      .selectFrom('membership as m')
      .innerJoin('organisation as o', 'o.id', 'm.organisation_id')
      .select(['o.id', 'o.name', 'o.zone', 'm.role', 'm.teams', 'm.employee'])
      .where('m.user_id', '=', userId)
      .where('m.state', '=', state)
      .orderBy('o.name')
      .execute(),
  );
  return rows.map((row) => ({ organisation: toOrganisation(row), membership: toMembership(row) }));
}

/** Whether anybody is an active owner, of any organisation or of the one that is named. */
export async function hasOwner(
  transaction: Transaction<Database>,
  organisation?: Organisation,
): Promise<boolean> {
  const row = await asChooser(transaction, {}, () => {
    const owners = transaction
      .selectFrom('membership')
      .select('user_id')
      .where('role', '=', 'owner')
      .where('state', '=', 'active');
    return (
      organisation === undefined ? owners : owners.where('organisation_id', '=', organisation.id)
    ).executeTakeFirst();
  });
  return row !== undefined;
}

/** The organisations that nobody owns, by name. */
export async function findOwnerless(transaction: Transaction<Database>): Promise<readonly Organisation[]> {
  const rows = await asChooser(transaction, {}, () =>
    transaction
      .selectFrom('organisation as o')
      .select(['o.id', 'o.name', 'o.zone'])
      .where((where) =>
        where.not(
          where.exists(
            where
              .selectFrom('membership as m')
              .select('m.user_id')
              .whereRef('m.organisation_id', '=', 'o.id')
              .where('m.role', '=', 'owner')
              .where('m.state', '=', 'active'),
          ),
        ),
      )
      .orderBy('o.name')
      .execute(),
  );
  return rows.map(toOrganisation);
}

/** Whether anybody is an owner of anything: until then, nobody can sign in. */
export function hasAnyOwner(kysely: Kysely<Database>): Promise<boolean> {
  return asInstallation(kysely, (transaction) => hasOwner(transaction));
}
