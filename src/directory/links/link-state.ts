import { sql } from 'kysely';
import type { LinkState } from '../../db/directory-tables.ts';
import type { ConnectionId, EmployeeRef, OrganisationId } from '../../db/schema.ts';
import type { OrganisationTransaction } from '../../db/tenancy.ts';
import { beginning, end } from '../open-dates.ts';

/** Whose state it is: a person in Keka, or an employee whom nobody in Keka stands for. */
export type LinkSubject =
  | { readonly guid: string; readonly employee?: undefined }
  | { readonly employee: EmployeeRef; readonly guid?: undefined };

export type LinkScope = { readonly organisation: OrganisationId; readonly connection: ConnectionId };

/** What is decided about somebody now; null when there is no such person or employee. */
export async function readLinkState(
  transaction: OrganisationTransaction,
  { connection }: LinkScope,
  subject: LinkSubject,
): Promise<LinkState | null> {
  if (subject.guid === undefined) {
    const row = await transaction
      .selectFrom('employee')
      .select('ignored_reason')
      .where('id', '=', subject.employee)
      .executeTakeFirst();
    return row === undefined ? null : { ignoredReason: row.ignored_reason };
  }
  const row = await transaction
    .selectFrom('source_person as p')
    .leftJoin('person_link as l', (join) =>
      join.onRef('l.connection_id', '=', 'p.connection_id').onRef('l.source_guid', '=', 'p.guid'),
    )
    .select([
      'p.held',
      'p.ignored_reason',
      'l.employee',
      'l.valid_from',
      'l.valid_to',
      'l.made_by',
      'l.made_at',
    ])
    .where('p.connection_id', '=', connection)
    .where('p.guid', '=', subject.guid)
    .executeTakeFirst();
  if (row === undefined) return null;
  return {
    held: row.held,
    ignoredReason: row.ignored_reason,
    employee: row.employee,
    ...(row.employee === null || row.made_by === null
      ? {}
      : {
          validFrom: row.valid_from?.toString() ?? null,
          validTo: row.valid_to?.toString() ?? null,
          madeBy: row.made_by,
          madeAt: row.made_at?.toString() ?? '',
        }),
  };
}

/** Makes it so. The one place that writes what a person decided about links; whoever evaluates days anew hangs on it. */
export async function writeLinkState(
  transaction: OrganisationTransaction,
  { organisation, connection }: LinkScope,
  subject: LinkSubject,
  state: LinkState,
): Promise<void> {
  if (subject.guid === undefined) {
    await transaction
      .updateTable('employee')
      .set({ ignored_reason: state.ignoredReason ?? null })
      .where('id', '=', subject.employee)
      .execute();
    return;
  }
  await transaction
    .updateTable('source_person')
    .set({ held: state.held ?? false, ignored_reason: state.ignoredReason ?? null })
    .where('connection_id', '=', connection)
    .where('guid', '=', subject.guid)
    .execute();
  await transaction
    .deleteFrom('person_link')
    .where('connection_id', '=', connection)
    .where('source_guid', '=', subject.guid)
    .execute();
  if (state.employee === null || state.employee === undefined) return;
  await sql`
    insert into person_link (organisation_id, connection_id, source_guid, employee, made_by, made_at, valid_from, valid_to)
    values (${organisation}, ${connection}, ${subject.guid}, ${state.employee}, ${state.madeBy ?? 'person'},
      ${state.madeAt}, ${state.validFrom ?? beginning.toString()}, ${state.validTo ?? end.toString()})`.execute(
    transaction,
  );
}

/** Whether two states are the same for everybody who looks. */
export function isSameState(one: LinkState, other: LinkState): boolean {
  const told = (state: LinkState) =>
    JSON.stringify([
      state.employee ?? null,
      state.held ?? false,
      state.ignoredReason ?? null,
      ...(state.employee === null || state.employee === undefined
        ? []
        : [state.validFrom ?? beginning.toString(), state.validTo ?? end.toString(), state.madeBy]),
    ]);
  return told(one) === told(other);
}
