import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { actorName } from '../../accounts/audit-trail.ts';
import { inOrganisation, type OrganisationContext } from '../../accounts/organisation-context.ts';
import { localDay } from '../../attendance/local-time.ts';
import type { ImportId } from '../../db/schema.ts';
import { type OrganisationTransaction, planForWholeSets } from '../../db/tenancy.ts';
import { classifyRows, type ImportCounts, type StagedFile } from './classify-rows.ts';
import { type GivenFile, type RecognisedFile, recogniseFile } from './given-file.ts';
import { type FileReading, readRows } from './read-rows.ts';
import { stageRows } from './stage-rows.ts';

/** What an import is before anything is written: its rows, and what they mean. */
export type StagedImport = {
  readonly staged: StagedFile;
  readonly counts: ImportCounts;
  readonly teamFrom: Temporal.PlainDate;
};

/** Reads and stores the file and classifies its rows; `work` goes on in the same transaction. */
export async function stageFile<Result>(
  context: OrganisationContext,
  file: GivenFile,
  options: { readonly teamFrom?: Temporal.PlainDate | undefined },
  work: (transaction: OrganisationTransaction, staged: StagedImport) => Promise<Result>,
): Promise<Result> {
  const recognised = await recogniseFile(file);
  const reading = await readRows(file, recognised);
  const importId = randomUUID() as ImportId; // made here
  const teamFrom = options.teamFrom ?? localDay(context.clock.now(), context.organisation.zone);
  const staged = { importId, columns: reading.columns };
  return inOrganisation(context, async (transaction) => {
    await addImport(transaction, context, { file, recognised, reading, importId, teamFrom });
    const scope = { organisation: context.organisation.id, importId };
    const rows = await stageRows(transaction, scope, reading.rows);
    // Nobody may become an employee between the look and what follows: two imports would both add whom both miss.
    await lockEmployees(transaction);
    await planForWholeSets(transaction);
    const counts = await classifyRows(transaction, staged);
    await transaction
      .updateTable('employee_import')
      .set({
        rows,
        ...counts,
        separator: reading.separator(),
        directory_state: await directoryState(transaction),
      })
      .where('id', '=', importId)
      .execute();
    return work(transaction, { staged, counts, teamFrom });
  });
}

async function addImport(
  transaction: OrganisationTransaction,
  context: OrganisationContext,
  {
    file,
    recognised,
    reading,
    importId,
    teamFrom,
  }: {
    file: GivenFile;
    recognised: RecognisedFile;
    reading: FileReading;
    importId: ImportId;
    teamFrom: Temporal.PlainDate;
  },
): Promise<void> {
  await transaction
    .insertInto('employee_import')
    .values({
      organisation_id: context.organisation.id,
      id: importId,
      state: 'previewed',
      file_name: file.name,
      file_hash: recognised.hash,
      format: recognised.format,
      encoding: recognised.format === 'csv' ? recognised.encoding : null,
      columns: [...reading.columns],
      team_from: teamFrom,
      rows: 0,
      added: 0,
      changed: 0,
      unchanged: 0,
      refused: 0,
      made_at: context.clock.now(),
      made_by: actorName(context.actor),
    })
    .execute();
}

/** Until the end of the transaction nobody else writes employees; reading goes on. */
export async function lockEmployees(transaction: OrganisationTransaction): Promise<void> {
  await sql`lock table employee in share row exclusive mode`.execute(transaction);
}

/** A text that is another one as soon as any employee was added, changed or removed. */
export async function directoryState(transaction: OrganisationTransaction): Promise<string> {
  const { rows } = await sql<{ state: string }>`
    select count(*) || ':' || coalesce(sum(xmin::text::bigint), 0) as state from employee`.execute(
    transaction,
  );
  return rows[0]?.state ?? '';
}
