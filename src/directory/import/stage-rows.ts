import { type RawBuilder, sql } from 'kysely';
import type { ImportId, OrganisationId } from '../../db/schema.ts';
import type { OrganisationTransaction } from '../../db/tenancy.ts';
import type { InputFault } from '../../errors/hajiri-error.ts';
import { type EmployeeValues, readEmployeeFields } from '../employee-fields.ts';
import type { ReadRow } from './read-rows.ts';

const rowsInBatch = 4000;

type StagedRow = { readonly line: number } & (
  | { readonly values: EmployeeValues }
  | { readonly faults: readonly InputFault[] }
);

/** Stores the rows of a file as they are read, a batch at a time. Returns how many they are. */
export async function stageRows(
  transaction: OrganisationTransaction,
  scope: { readonly organisation: OrganisationId; readonly importId: ImportId },
  rows: AsyncIterable<ReadRow>,
): Promise<number> {
  let count = 0;
  let batch: StagedRow[] = [];
  let writing: Promise<void> = Promise.resolve();
  try {
    for await (const row of rows) {
      count += 1;
      batch.push(checkRow(row));
      if (batch.length < rowsInBatch) continue;
      // While the database writes one batch, the next one is read; never more than that waits.
      await writing;
      writing = writeBatch(transaction, scope, batch);
      writing.catch(() => {}); // awaited with the next batch
      batch = [];
    }
    await writing;
    if (batch.length > 0) await writeBatch(transaction, scope, batch);
    return count;
  } finally {
    // The transaction may not end before its last statement has.
    await writing.catch(() => {});
  }
}

function checkRow(row: ReadRow): StagedRow {
  const { line } = row;
  if ('fault' in row) return { line, faults: [row.fault] };
  const checked = readEmployeeFields(row.cells);
  return 'faults' in checked ? { line, faults: checked.faults } : { line, values: checked.values };
}

async function writeBatch(
  transaction: OrganisationTransaction,
  { organisation, importId }: { readonly organisation: OrganisationId; readonly importId: ImportId },
  batch: readonly StagedRow[],
): Promise<void> {
  const column = (value: (values: EmployeeValues) => string | null, type = 'text'): RawBuilder<unknown> =>
    sql`${batch.map((row) => ('values' in row ? value(row.values) : null))}::${sql.raw(type)}[]`;
  const columns = [
    sql`${batch.map(({ line }) => line)}::integer[]`,
    column(({ employeeId }) => employeeId),
    column(({ matchKey }) => matchKey),
    column(({ firstName }) => firstName),
    column(({ lastName }) => lastName),
    column(({ email }) => email),
    column(({ phone }) => phone),
    column(({ team }) => team),
    column(({ designation }) => designation),
    column(({ location }) => location),
    column(({ timeZone }) => timeZone),
    column(({ joiningDate }) => joiningDate, 'date'),
    column(({ leavingDate }) => leavingDate, 'date'),
    column(({ managerKey }) => managerKey),
    column(({ status }) => status),
    column(({ tags }) => tags.join(';')),
    sql`${batch.map((row) => ('faults' in row ? JSON.stringify(row.faults) : null))}::jsonb[]`,
  ];
  await sql`
    insert into employee_import_row (organisation_id, import_id, line, employee_id, match_key, first_name, last_name,
      email, phone, team, designation, location, time_zone, joining_date, leaving_date, manager_key, status, tags, faults,
      outcome)
    select ${organisation}, ${importId}, line, employee_id, match_key, first_name, last_name, email, phone, team,
      designation, location, time_zone, joining_date, leaving_date, manager_key, status,
      case when tags = '' then '{}' else string_to_array(tags, ';') end, faults,
      case when faults is null then 'new' else 'refused' end
    from unnest(${sql.join(columns)}) as r (line, employee_id, match_key, first_name, last_name, email, phone, team,
      designation, location, time_zone, joining_date, leaving_date, manager_key, status, tags, faults)`.execute(
    transaction,
  );
}
