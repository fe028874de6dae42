import type { OrganisationTransaction } from '../db/tenancy.ts';
import type { Actor } from './actor.ts';
import type { OrganisationContext } from './organisation-context.ts';

/** What can be written down about a subject: names and settings, secrets only as "set" or the last four characters. */
export type AuditedValues = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

export type AuditedChange = {
  /** Past tense, as a person would say it after the actor's name: `changed the connection`. */
  readonly action: string;
  readonly subject: {
    /** A word of the design: `connection`, `employee`, `member`, `token`, … */
    readonly kind: string;
    readonly id: string | null;
    readonly name: string | null;
  };
  readonly before?: AuditedValues;
  readonly after?: AuditedValues;
};

/** Writes one entry of the audit trail, in the transaction of the change itself: both are there, or neither. */
export async function recordAudit(
  transaction: OrganisationTransaction,
  {
    organisation,
    actor,
    origin,
    clock,
  }: Pick<OrganisationContext, 'organisation' | 'actor' | 'origin' | 'clock'>,
  { action, subject, before = {}, after = {} }: AuditedChange,
): Promise<void> {
  await transaction
    .insertInto('audit_entry')
    .values({
      organisation_id: organisation.id,
      at: clock.now(),
      actor_kind: actor.kind,
      ...nameActor(actor),
      action,
      subject_kind: subject.kind,
      subject_id: subject.id,
      subject_name: subject.name,
      before: JSON.stringify(before),
      after: JSON.stringify(after),
      address: origin.address,
      request_id: origin.requestId,
    })
    .execute();
}

/** Whoever acts, as the audit trail names them. */
export function actorName(actor: Actor): string {
  return nameActor(actor).actor_name;
}

function nameActor(actor: Actor): { actor_id: string | null; actor_name: string } {
  switch (actor.kind) {
    case 'person':
      return { actor_id: actor.userId, actor_name: actor.name };
    case 'token':
      return { actor_id: actor.tokenId, actor_name: actor.name };
    case 'schedule':
      return { actor_id: null, actor_name: 'schedule' };
    case 'command_line':
      return { actor_id: null, actor_name: actor.user };
  }
}

/** The same for new settings of something that is there: an entry tells what differs, and there is none without. */
export async function recordChange(
  transaction: OrganisationTransaction,
  context: Pick<OrganisationContext, 'organisation' | 'actor' | 'origin' | 'clock'>,
  { before = {}, after = {}, ...what }: AuditedChange,
): Promise<void> {
  const difference = differing(before, after);
  if (Object.keys(difference.after).length === 0) return;
  await recordAudit(transaction, context, { ...what, ...difference });
}

function differing(
  before: AuditedValues,
  after: AuditedValues,
): { readonly before: AuditedValues; readonly after: AuditedValues } {
  const isChanged = (name: string) =>
    JSON.stringify(before[name] ?? null) !== JSON.stringify(after[name] ?? null);
  const pick = (values: AuditedValues) =>
    Object.fromEntries(Object.entries(values).filter(([name]) => isChanged(name)));
  return { before: pick(before), after: pick(after) };
}
