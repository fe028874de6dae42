import { sql } from 'kysely';
import { authorise } from './authorise.ts';
import { inOrganisation, type OrganisationContext } from './organisation-context.ts';

/** One entry as people and programs see it. `at` is a UTC instant. */
export type AuditEntry = {
  readonly at: string;
  readonly actor: { readonly kind: string; readonly name: string };
  readonly action: string;
  readonly subject: { readonly kind: string; readonly id: string | null; readonly name: string | null };
  readonly before: Readonly<Record<string, unknown>>;
  readonly after: Readonly<Record<string, unknown>>;
  readonly address: string | null;
  readonly requestId: string | null;
};

export type AuditFilter = {
  readonly limit: number;
  /** A part of the actor, the action or the subject's name. */
  readonly search?: string | undefined;
  /** First and last day, as the organisation's clock has them. */
  readonly from?: Temporal.PlainDate | undefined;
  readonly to?: Temporal.PlainDate | undefined;
};

/** The latest entries, newest first. */
export async function readAuditTrail(
  context: OrganisationContext,
  { limit, search, from, to }: AuditFilter,
): Promise<readonly AuditEntry[]> {
  authorise(context, 'read the audit trail');
  const startOf = (date: Temporal.PlainDate) => date.toZonedDateTime(context.organisation.zone).toInstant();
  const rows = await inOrganisation(context, (transaction) => {
    const latest = transaction
      .selectFrom('audit_entry')
      .selectAll()
      .orderBy('at', 'desc')
      .orderBy('id', 'desc')
      .limit(limit);
    const between = latest
      .where('at', '>=', from === undefined ? sql<Temporal.Instant>`'-infinity'::timestamptz` : startOf(from))
      .where(
        'at',
        '<',
        to === undefined ? sql<Temporal.Instant>`'infinity'::timestamptz` : startOf(to.add({ days: 1 })),
      );
    if (search === undefined) return between.execute();
    const pattern = `%${search.replace(/[\\%_]/g, '\\$&')}%`;
    return between
      .where((where) =>
        where.or([
          where('actor_name', 'ilike', pattern),
          where('action', 'ilike', pattern),
          where('subject_name', 'ilike', pattern),
        ]),
      )
      .execute();
  });
  return rows.map((row) => ({
    at: row.at.toString(),
    actor: { kind: row.actor_kind, name: row.actor_name },
    action: row.action,
    subject: { kind: row.subject_kind, id: row.subject_id, name: row.subject_name },
    before: row.before,
    after: row.after,
    address: row.address,
    requestId: row.request_id,
  }));
}
