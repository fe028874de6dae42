import { sql } from 'kysely';
import { actorName, recordAudit } from '../../accounts/audit-trail.ts';
import type { OrganisationContext } from '../../accounts/organisation-context.ts';
import type { ImportId } from '../../db/schema.ts';
import type { OrganisationTransaction } from '../../db/tenancy.ts';
import { type InputFault, InvalidInputError } from '../../errors/hajiri-error.ts';
import { linkAllConnections } from '../link-people.ts';
import type { StagedFile } from './classify-rows.ts';
import type { StagedImport } from './stage-file.ts';
import { writeRows } from './write-rows.ts';

export type ImportOutcome = {
  readonly importId: ImportId;
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  /** People in Keka who found their employee by this import. */
  readonly linked: number;
  readonly withoutEmployeeId: number;
};

/** More faults than this are counted, not listed: the first ones show the kind. */
const listedFaults = 50;

/** Throws the faults of the file's rows. */
export async function refuseRows(
  transaction: OrganisationTransaction,
  { importId }: StagedFile,
): Promise<never> {
  const { rows } = await sql<{ line: number; faults: readonly InputFault[]; refused: number }>`
    select line, faults, (count(*) over ())::integer as refused from employee_import_row
    where import_id = ${importId} and outcome = 'refused'
    order by line limit ${listedFaults}`.execute(transaction);
  const faults = rows.flatMap(({ line, faults }) =>
    faults.map(({ field, reason }) => ({
      field: field === 'line' ? `line ${line}` : `line ${line}, ${field}`,
      reason,
    })),
  );
  const listed = faults.slice(0, listedFaults);
  const left = (rows[0]?.refused ?? 0) - rows.length + faults.length - listed.length;
  if (left > 0) listed.push({ field: 'file', reason: `has ${left} more faults` });
  throw new InvalidInputError(listed);
}

/** Writes what a classified file says, links whoever can be linked now, and keeps the record of it. */
export async function finishImport(
  transaction: OrganisationTransaction,
  context: OrganisationContext,
  { staged, counts, teamFrom }: StagedImport,
): Promise<ImportOutcome> {
  const { importId } = staged;
  const at = context.clock.now();
  await writeRows(transaction, { ...staged, teamFrom, at });
  const linked = await linkAllConnections(transaction, at);
  const { added, changed, unchanged } = counts;
  const applied = await transaction
    .updateTable('employee_import')
    .set({ state: 'applied', applied_at: at, applied_by: actorName(context.actor), linked })
    .where('id', '=', importId)
    .returning(['rows', 'file_name', 'file_hash'])
    .executeTakeFirstOrThrow();
  const { count: withoutEmployeeId } = await transaction
    .selectFrom('employee_import_row')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('import_id', '=', importId)
    .where('employee_id', 'is', null)
    .executeTakeFirstOrThrow();
  await recordAudit(transaction, context, {
    action: 'imported employees',
    subject: { kind: 'directory', id: importId, name: null },
    after: { rows: applied.rows, added, changed, linked, sha256: applied.file_hash.toString('hex') },
  });
  return { importId, added, changed, unchanged, linked, withoutEmployeeId };
}
