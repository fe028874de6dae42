import type { Kysely, Transaction } from 'kysely';
import { z } from 'zod';
import { isZoneName } from '../attendance/local-time.ts';
import type { Clock } from '../clock/clock.ts';
import type { Database, OrganisationId } from '../db/schema.ts';
import { asOrganisation, chooseOrganisation } from '../db/tenancy.ts';
import { HajiriError, InvalidInputError } from '../errors/hajiri-error.ts';
import { parseInput } from '../errors/parse-input.ts';
import type { Actor, Origin } from './actor.ts';
import { type AuditedChange, recordAudit, recordChange } from './audit-trail.ts';
import { authorise } from './authorise.ts';
import { inOrganisation, type Organisation, type OrganisationContext } from './organisation-context.ts';

export const newOrganisation = z.object({
  name: z
    .string()
    .trim()
    .min(1, 'must not be empty')
    .max(200, 'must have at most 200 characters')
    .regex(/^\P{Cc}*$/u, 'must not contain control characters'),
  zone: z
    .string()
    .refine(isZoneName, 'must be an IANA time zone such as Asia/Kolkata, Asia/Dubai or America/New_York'),
});

export type NewOrganisation = z.infer<typeof newOrganisation>;

export async function createOrganisation(
  kysely: Kysely<Database>,
  clock: Clock,
  input: unknown,
  /** Who adds it; left out by tests alone. The trail of the new organisation begins with that. */
  who?: { readonly actor: Actor; readonly origin: Origin },
): Promise<Organisation> {
  const named = parseInput(newOrganisation, input);
  return chooseOrganisation(kysely, async (transaction) => {
    const made = await addOrganisation(transaction, clock, named);
    if (who === undefined) return made;
    await asOrganisation(transaction, made.id, () =>
      recordAudit(transaction, { ...who, clock, organisation: made }, organisationAdded(made)),
    );
    return made;
  });
}

export function organisationAdded({ id, name, zone }: Organisation): AuditedChange {
  return { action: 'added the organisation', subject: { kind: 'organisation', id, name }, after: { zone } };
}

/** In a transaction of the role that chooses. Throws InvalidInputError when the name is taken. */
export async function addOrganisation(
  transaction: Transaction<Database>,
  clock: Clock,
  { name, zone }: NewOrganisation,
): Promise<Organisation> {
  const made = await transaction
    .insertInto('organisation')
    .values({ name, zone, created_at: clock.now() })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .returning(['id', 'name', 'zone'])
    .executeTakeFirst();
  if (made === undefined) throw new InvalidInputError([{ field: 'name', reason: 'is already in use' }]);
  return toOrganisation(made);
}

/** Corrects the zone. Days that are stored keep the status that they were given. Throws InvalidInputError. */
export async function changeZone(context: OrganisationContext, input: unknown): Promise<Organisation> {
  authorise(context, 'manage the organisation');
  const { organisation } = context;
  const { zone } = parseInput(newOrganisation.pick({ zone: true }), input);
  await inOrganisation(context, async (transaction) => {
    await transaction.updateTable('organisation').set({ zone }).where('id', '=', organisation.id).execute();
    await recordChange(transaction, context, {
      action: 'changed the organisation',
      subject: { kind: 'organisation', id: organisation.id, name: organisation.name },
      before: { zone: organisation.faultyZone ?? organisation.zone },
      after: { zone },
    });
  });
  return { ...organisation, zone, faultyZone: null };
}

export async function listOrganisations(kysely: Kysely<Database>): Promise<readonly Organisation[]> {
  const rows = await chooseOrganisation(kysely, (transaction) =>
    transaction.selectFrom('organisation').select(['id', 'name', 'zone']).orderBy('name').execute(),
  );
  return rows.map(toOrganisation);
}

/** Null when it is there no longer. */
export async function findOrganisationById(
  kysely: Kysely<Database>,
  id: OrganisationId,
): Promise<Organisation | null> {
  return chooseOrganisation(kysely, (transaction) => readOrganisation(transaction, id));
}

/** The same in a transaction of the role that chooses. */
export async function readOrganisation(
  transaction: Transaction<Database>,
  id: OrganisationId,
): Promise<Organisation | null> {
  const row = await transaction
    .selectFrom('organisation')
    .select(['id', 'name', 'zone'])
    .where('id', '=', id)
    .executeTakeFirst();
  return row === undefined ? null : toOrganisation(row);
}

/** A zone that another program wrote, or that a newer list of zones lacks, must not stop every page. */
export function toOrganisation({ id, name, zone }: Pick<Organisation, 'id' | 'name' | 'zone'>): Organisation {
  return isZoneName(zone)
    ? { id, name, zone, faultyZone: null }
    : { id, name, zone: 'UTC', faultyZone: zone };
}

/** The organisation of that name, or the only one there is. */
export async function findOrganisation(kysely: Kysely<Database>, name?: string): Promise<Organisation> {
  const organisations = await listOrganisations(kysely);
  const found =
    name === undefined
      ? organisations.length === 1
        ? organisations[0]
        : undefined
      : organisations.find((organisation) => organisation.name === name);
  if (found !== undefined) return found;
  if (organisations.length === 0) {
    throw new HajiriError(
      'not_found',
      'There is no organisation yet. Make one with: hajiri organisations add "Company name" --zone Asia/Kolkata',
    );
  }
  const names = organisations.map((organisation) => `"${organisation.name}"`).join(', ');
  throw new HajiriError(
    'not_found',
    name === undefined
      ? `There are several organisations; choose one with --organisation: ${names}.`
      : `There is no organisation "${name}". There is: ${names}.`,
  );
}
