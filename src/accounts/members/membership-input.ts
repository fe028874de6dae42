import { z } from 'zod';
import type { EmployeeRef } from '../../db/schema.ts';
import type { OrganisationTransaction } from '../../db/tenancy.ts';
import { HajiriError, InvalidInputError } from '../../errors/hajiri-error.ts';
import type { Actor, Membership } from '../actor.ts';

const team = z.string('must be a text').trim().min(1, 'must not be empty').max(200, 'is too long');

/** What somebody is to be: the role, and whose days a manager or an employee sees. */
export const membershipInput = z.discriminatedUnion(
  'role',
  [
    z.strictObject({ role: z.enum(['owner', 'admin', 'auditor']) }),
    z.strictObject({
      role: z.literal('manager'),
      teams: z.array(team, 'is needed').min(1, 'must name at least one team').max(200, 'are too many'),
    }),
    z.strictObject({
      role: z.literal('employee'),
      /** The id of an employee of the directory; left out, the one with the same e-mail address. */
      employee: z.uuid('must be the id of an employee').nullish(),
    }),
  ],
  'must be owner, admin, manager, employee or auditor',
);
export type MembershipInput = z.infer<typeof membershipInput>;

/** Throws InvalidInputError for an employee that the organisation does not have. */
export async function resolveMembership(
  transaction: OrganisationTransaction,
  input: MembershipInput,
  email: string,
): Promise<Membership> {
  switch (input.role) {
    case 'manager':
      return { role: input.role, teams: [...new Set(input.teams)] };
    case 'employee':
      return { role: input.role, employee: await findEmployee(transaction, input.employee ?? null, email) };
    case 'owner':
    case 'admin':
    case 'auditor':
      return { role: input.role };
  }
}

async function findEmployee(
  transaction: OrganisationTransaction,
  id: string | null,
  email: string,
): Promise<EmployeeRef | null> {
  const employees = transaction.selectFrom('employee').select('id');
  const found =
    id === null
      ? await employees
          .where(({ fn }) => fn<string>('lower', ['email']), '=', email)
          .limit(2)
          .execute()
      : await employees.where('id', '=', id as EmployeeRef).execute(); // looked up here
  const [employee] = found;
  if (id !== null && employee === undefined) {
    throw new InvalidInputError([{ field: 'employee', reason: 'is not in the directory' }]);
  }
  // Two with one address: nobody can tell which of them it is.
  return found.length === 1 ? (employee?.id ?? null) : null;
}

/** Nobody but an owner makes, changes or removes an owner. The command line may, as the way back in. */
export function requireOwner(actor: Actor): void {
  if (actor.kind === 'command_line') return;
  if (actor.kind === 'person' && actor.membership.role === 'owner') return;
  throw new HajiriError('not_allowed', 'Only an owner may make, change or remove an owner.');
}

/** For the audit trail. */
export function describeMembership(membership: Membership) {
  return {
    role: membership.role,
    ...(membership.role === 'manager' ? { teams: membership.teams } : {}),
    ...(membership.role === 'employee' ? { employee: membership.employee } : {}),
  };
}
