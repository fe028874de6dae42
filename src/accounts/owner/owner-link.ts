import type { Kysely } from 'kysely';
import type { Clock } from '../../clock/clock.ts';
import type { Database } from '../../db/schema.ts';
import { asInstallation, asOrganisation } from '../../db/tenancy.ts';
import type { Actor, Origin } from '../actor.ts';
import { recordAudit } from '../audit-trail.ts';
import { findOwnerless, hasOwner } from '../memberships.ts';
import type { Organisation } from '../organisation-context.ts';
import { makeLink } from '../sign-in/one-time-links.ts';
import type { SignInTables } from '../sign-in/sign-in-tables.ts';

export const ownerLinkHours = 24;

export type OwnerLink = {
  readonly token: string;
  readonly expiresAt: Temporal.Instant;
  /** Whom it makes an owner of: this organisation, or every one that has none. */
  readonly organisation: Organisation | null;
  /** There is an owner already: this is the way back in for somebody who lost access. */
  readonly isRecovery: boolean;
};

type Tools = {
  readonly kysely: Kysely<Database>;
  readonly clock: Clock;
  readonly actor: Actor;
  readonly origin: Origin;
};

/** A link that makes whoever opens it an owner, once. It takes the place of an earlier one. */
export async function makeOwnerLink(tools: Tools, organisation: Organisation | null): Promise<OwnerLink> {
  const { kysely, clock } = tools;
  return asInstallation(kysely, async (owned) => {
    const transaction = owned.$extendTables<SignInTables>();
    const isRecovery = await hasOwner(transaction, organisation ?? undefined);
    const link = await makeLink(transaction, clock, {
      purpose: 'owner',
      organisation: organisation?.id ?? null,
      hours: ownerLinkHours,
    });
    const concerned = organisation === null ? await findOwnerless(transaction) : [organisation];
    for (const one of concerned) {
      await asOrganisation(transaction, one.id, () =>
        recordAudit(
          transaction,
          { ...tools, organisation: one },
          {
            action: 'made an owner link',
            subject: { kind: 'owner link', id: null, name: null },
            after: { expires: link.expiresAt.toString(), recovery: isRecovery },
          },
        ),
      );
    }
    return { ...link, organisation, isRecovery };
  });
}

/** The link for whoever starts Hajiri for the first time; null as soon as anybody is an owner. */
export async function makeFirstOwnerLink(tools: Tools): Promise<OwnerLink | null> {
  const exists = await asInstallation(tools.kysely, (transaction) => hasOwner(transaction));
  return exists ? null : makeOwnerLink(tools, null);
}
