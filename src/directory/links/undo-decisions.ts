import { sql } from 'kysely';
import { actorName, recordAudit } from '../../accounts/audit-trail.ts';
import { authorise } from '../../accounts/authorise.ts';
import { inOrganisation, type OrganisationContext } from '../../accounts/organisation-context.ts';
import type { EmployeeRef } from '../../db/schema.ts';
import { HajiriError } from '../../errors/hajiri-error.ts';
import { linkPeople, lockLinks } from '../link-people.ts';
import { findConnectionOfLinks } from './find-connection.ts';
import { isSameState, readLinkState, writeLinkState } from './link-state.ts';
import { type ShownEmployee, shownEmployee } from './shown-people.ts';

export type ListedDecision = {
  readonly id: number;
  readonly batch: string;
  readonly at: string;
  readonly by: string;
  readonly kind: 'link' | 'unlink' | 'ignore' | 'restore';
  readonly person: { readonly guid: string; readonly name: string | null } | null;
  readonly employee: ShownEmployee | null;
  readonly reason: string | null;
  readonly undoneAt: string | null;
  readonly undoneBy: string | null;
};

/** Who decided what about the links of a connection, newest first. Throws `not_found`. */
export async function listDecisions(
  context: OrganisationContext,
  connection: string,
  { offset, limit }: { readonly offset: number; readonly limit: number },
): Promise<{ readonly total: number; readonly rows: readonly ListedDecision[] }> {
  authorise(context, 'manage the directory');
  return inOrganisation(context, async (transaction) => {
    const { id } = await findConnectionOfLinks(transaction, connection);
    const { count } = await transaction
      .selectFrom('link_decision')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('connection_id', '=', id)
      .executeTakeFirstOrThrow();
    const { rows } = await sql<
      Omit<ListedDecision, 'at' | 'undoneAt'> & { at: Temporal.Instant; undoneAt: Temporal.Instant | null }
    >`
      select k.id, k.batch, k.at, k.actor_name as by, k.kind, ${shownEmployee} as employee, k.reason,
        case when k.source_guid is not null
          then jsonb_build_object('guid', k.source_guid, 'name', p.display_name) end as person,
        k.undone_at as "undoneAt", k.undone_by as "undoneBy"
      from link_decision k
      left join source_person p on p.connection_id = k.connection_id and p.guid = k.source_guid
      left join employee e on e.id = k.employee
      where k.connection_id = ${id}
      order by k.at desc, k.id desc offset ${offset} limit ${limit}`.execute(transaction);
    return {
      total: count,
      rows: rows.map(({ at, undoneAt, ...row }) =>
        Object.assign(row, { at: at.toString(), undoneAt: undoneAt?.toString() ?? null }),
      ),
    };
  });
}

/**
 * Takes decisions that were made together back: everybody is as before them. Throws `not_possible` when somebody of them
 * was decided about again since, and `not_found`. Returns how many were undone.
 */
export async function undoDecisions(context: OrganisationContext, batch: string): Promise<number> {
  authorise(context, 'manage the directory');
  return inOrganisation(context, async (transaction) => {
    await lockLinks(transaction, context.organisation.id);
    const rows = await transaction
      .selectFrom('link_decision')
      .selectAll()
      .where((where) => where(where.cast('batch', 'text'), '=', batch.toLowerCase()))
      .orderBy('id', 'desc')
      .execute();
    if (rows.length === 0)
      throw new HajiriError('not_found', `There are no decisions ${batch.slice(0, 60)}.`);
    if (rows.some(({ undone_at: undoneAt }) => undoneAt !== null)) {
      throw new HajiriError('not_possible', 'These decisions are undone already.');
    }
    const connections = new Set(rows.flatMap(({ connection_id: id }) => id ?? []));
    for (const { connection_id: connection, source_guid: guid, employee, before, after } of rows) {
      if (connection === null) continue;
      const scope = { organisation: context.organisation.id, connection };
      const subject = guid === null ? { employee: employee as EmployeeRef } : { guid }; // one of the two is there
      const now = await readLinkState(transaction, scope, subject);
      if (now === null || !isSameState(now, after)) {
        throw new HajiriError('not_possible', 'Somebody of these was decided about again, or is gone.');
      }
      await refuseLostEmployee(transaction, before.employee ?? null);
      await writeLinkState(transaction, scope, subject, before);
    }
    const at = context.clock.now();
    await transaction
      .updateTable('link_decision')
      .set({ undone_at: at, undone_by: actorName(context.actor) })
      .where((where) => where(where.cast('batch', 'text'), '=', batch.toLowerCase()))
      .execute();
    for (const id of connections) {
      await linkPeople(transaction, id, at);
      const { name } = await findConnectionOfLinks(transaction, id);
      await recordAudit(transaction, context, {
        action: 'undid decisions about links',
        subject: { kind: 'connection', id, name },
        after: { batch, decisions: rows.length },
      });
    }
    return rows.length;
  });
}

async function refuseLostEmployee(
  transaction: Parameters<typeof readLinkState>[0],
  employee: string | null,
): Promise<void> {
  if (employee === null) return;
  const found = await transaction
    .selectFrom('employee')
    .select('id')
    .where('id', '=', employee as EmployeeRef) // it was one when it was linked
    .executeTakeFirst();
  if (found === undefined)
    throw new HajiriError('not_possible', 'The employee of before is no longer there.');
}
