import { sql } from 'kysely';
import type { OrganisationId } from '../../db/schema.ts';
import { asOrganisation } from '../../db/tenancy.ts';
import { type AuditedChange, recordAudit } from '../audit-trail.ts';
import type { Belonging } from '../memberships.ts';
import type { SignInScope } from './sign-in-scope.ts';
import type { User } from './users.ts';

/** What a person did with their account, in the audit trail of each organisation that they belong to. */
export async function auditInEach(
  scope: SignInScope,
  user: User,
  belongings: readonly Belonging[],
  change: Pick<AuditedChange, 'action' | 'before' | 'after'>,
): Promise<void> {
  const transaction = await scope.transaction();
  for (const { organisation, membership } of belongings) {
    const actor = { kind: 'person', userId: user.id, name: user.name, membership } as const;
    const subject = { kind: 'account', id: user.id, name: user.name };
    await asOrganisation(transaction, organisation.id, () =>
      recordAudit(transaction, { ...scope, organisation, actor }, { ...change, subject }),
    );
  }
}

const nobody = '00000000-0000-0000-0000-000000000000' as OrganisationId; // no organisation has it

/** As many statements as an entry takes, for a name that nobody has: an answer must not tell that by its time. */
export async function auditNothing(scope: SignInScope): Promise<void> {
  const transaction = await scope.transaction();
  await asOrganisation(transaction, nobody, () => sql`select 1`.execute(transaction));
}
