import type { Transaction } from 'kysely';
import { z } from 'zod';
import type { Database } from '../../db/schema.ts';
import { asInstallation, asOrganisation, type OrganisationTransaction } from '../../db/tenancy.ts';
import { InvalidInputError } from '../../errors/hajiri-error.ts';
import { parseInput } from '../../errors/parse-input.ts';
import type { Actor, Membership } from '../actor.ts';
import { recordAudit } from '../audit-trail.ts';
import { authorise } from '../authorise.ts';
import { readMembers } from '../members/list-members.ts';
import {
  describeMembership,
  membershipInput,
  requireOwner,
  resolveMembership,
} from '../members/membership-input.ts';
import { toColumns } from '../memberships.ts';
import { inOrganisation, type OrganisationContext } from '../organisation-context.ts';
import { makeToken, type Token } from '../sign-in/one-time-links.ts';
import { type Invitation, invitationDays, lockInvitation, toInvitation } from './invitations.ts';

const newInvitation = z.strictObject({
  email: z
    .string('must be an e-mail address')
    .trim()
    .max(254, 'must have at most 254 characters')
    .pipe(z.email('must be an e-mail address'))
    .transform((text) => text.toLowerCase()),
  membership: membershipInput,
});

/** An invitation, and what its link holds: told this once, and stored as a hash. */
export type MadeInvitation = { readonly invitation: Invitation; readonly token: string };

/** Takes the place of an older invitation of the same address. Throws InvalidInputError, `not_allowed`. */
export async function invite(context: OrganisationContext, input: unknown): Promise<MadeInvitation> {
  authorise(context, 'manage members');
  const { email, membership: wanted } = parseInput(newInvitation, input);
  if (wanted.role === 'owner') requireOwner(context.actor);
  return asInstallation(context.kysely, async (transaction) => {
    await refuseMember(transaction, context, email);
    return asOrganisation(transaction, context.organisation.id, async (own) => {
      const membership = await resolveMembership(own, wanted, email);
      await own
        .updateTable('invitation')
        .set({ revoked_at: context.clock.now() })
        .where('email', '=', email)
        .where('accepted_at', 'is', null)
        .where('revoked_at', 'is', null)
        .execute();
      return insertInvitation(own, context, { email, membership });
    });
  });
}

async function refuseMember(
  transaction: Transaction<Database>,
  context: OrganisationContext,
  email: string,
): Promise<void> {
  const members = await readMembers(transaction, context);
  if (members.some((member) => member.email === email && member.state === 'active')) {
    throw new InvalidInputError([{ field: 'email', reason: 'belongs to a member already' }]);
  }
}

async function insertInvitation(
  transaction: OrganisationTransaction,
  context: OrganisationContext,
  { email, membership }: { readonly email: string; readonly membership: Membership },
): Promise<MadeInvitation> {
  const { token, hash } = makeToken();
  const row = await transaction
    .insertInto('invitation')
    .values({
      organisation_id: context.organisation.id,
      email,
      ...toColumns(membership),
      invited_by: nameOf(context.actor),
      ...validity(context, hash),
      accepted_at: null,
      revoked_at: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  const invitation = toInvitation(row);
  await recordAudit(transaction, context, {
    action: 'invited',
    subject: { kind: 'invitation', id: invitation.id, name: email },
    after: { ...describeMembership(membership), expires: invitation.expiresAt.toString() },
  });
  return { invitation, token };
}

/** A new link for the same invitation; the older one is no longer good. Throws `not_found`, `not_allowed`. */
export async function renewInvitation(context: OrganisationContext, id: string): Promise<MadeInvitation> {
  authorise(context, 'manage members');
  return inOrganisation(context, async (transaction) => {
    const invitation = await lockInvitation(transaction, id);
    if (invitation.membership.role === 'owner') requireOwner(context.actor);
    const { token, hash } = makeToken();
    const { made_at: madeAt, expires_at: expiresAt, token_hash } = validity(context, hash);
    await transaction
      .updateTable('invitation')
      .set({ token_hash, expires_at: expiresAt, made_at: madeAt })
      .where('id', '=', invitation.id)
      .execute();
    await recordAudit(transaction, context, {
      action: 'made a new link for the invitation',
      subject: { kind: 'invitation', id: invitation.id, name: invitation.email },
      after: { expires: expiresAt.toString() },
    });
    return { invitation: { ...invitation, madeAt, expiresAt }, token };
  });
}

/** Throws `not_found`, `not_allowed`. */
export async function revokeInvitation(context: OrganisationContext, id: string): Promise<void> {
  authorise(context, 'manage members');
  await inOrganisation(context, async (transaction) => {
    const invitation = await lockInvitation(transaction, id);
    if (invitation.membership.role === 'owner') requireOwner(context.actor);
    await transaction
      .updateTable('invitation')
      .set({ revoked_at: context.clock.now() })
      .where('id', '=', invitation.id)
      .execute();
    await recordAudit(transaction, context, {
      action: 'revoked the invitation',
      subject: { kind: 'invitation', id: invitation.id, name: invitation.email },
    });
  });
}

function validity({ clock }: OrganisationContext, hash: Token['hash']) {
  const now = clock.now();
  return { token_hash: hash, made_at: now, expires_at: now.add({ hours: 24 * invitationDays }) };
}

function nameOf(actor: Actor): string {
  if (actor.kind === 'command_line') return actor.user;
  return actor.kind === 'schedule' ? 'schedule' : actor.name;
}
