import { sql } from 'kysely';
import { authorise } from '../../accounts/authorise.ts';
import { inOrganisation, type OrganisationContext } from '../../accounts/organisation-context.ts';
import type { EmployeeRef } from '../../db/schema.ts';
import type { OrganisationTransaction } from '../../db/tenancy.ts';
import type { InputFault } from '../../errors/hajiri-error.ts';
import { findImport, type StoredImport } from './find-import.ts';
import { whyNotUndoable } from './undo-import.ts';

export type ImportSummary = {
  readonly id: string;
  readonly state: 'previewed' | 'applied' | 'undone';
  readonly fileName: string;
  /** SHA-256 of the file, in hexadecimal. */
  readonly fileHash: string;
  readonly format: 'csv' | 'xlsx';
  readonly encoding: string | null;
  readonly separator: 'comma' | 'semicolon' | 'tab' | null;
  readonly columns: readonly string[];
  readonly teamFrom: string;
  readonly counts: {
    readonly rows: number;
    readonly added: number;
    readonly changed: number;
    readonly unchanged: number;
    readonly refused: number;
  };
  readonly linked: number | null;
  readonly madeAt: string;
  readonly madeBy: string;
  readonly appliedAt: string | null;
  readonly appliedBy: string | null;
  readonly undoneAt: string | null;
  readonly undoneBy: string | null;
};

export type ImportDetails = ImportSummary & {
  /** Why it cannot be undone (any more); null when it can. */
  readonly notUndoable: string | null;
};

/** The imports, newest first. */
export async function listImports(
  context: OrganisationContext,
  { limit }: { readonly limit: number },
): Promise<readonly ImportSummary[]> {
  authorise(context, 'manage the directory');
  const rows = await inOrganisation(context, (transaction) =>
    transaction
      .selectFrom('employee_import')
      .selectAll()
      .orderBy('made_at', 'desc')
      .orderBy('id')
      .limit(limit)
      .execute(),
  );
  return rows.map(toSummary);
}

/** Throws `not_found`. */
export async function readImport(context: OrganisationContext, id: string): Promise<ImportDetails> {
  authorise(context, 'manage the directory');
  return inOrganisation(context, async (transaction) => {
    const found = await findImport(transaction, id);
    return { ...toSummary(found), notUndoable: await whyNotUndoable(transaction, found) };
  });
}

const separators: Readonly<Record<string, ImportSummary['separator']>> = {
  ',': 'comma',
  ';': 'semicolon',
  '\t': 'tab',
};

function toSummary(row: StoredImport): ImportSummary {
  return {
    id: row.id,
    state: row.state,
    fileName: row.file_name,
    fileHash: row.file_hash.toString('hex'),
    format: row.format,
    encoding: row.encoding,
    separator: separators[row.separator ?? ''] ?? null,
    columns: row.columns,
    teamFrom: row.team_from.toString(),
    counts: {
      rows: row.rows,
      added: row.added,
      changed: row.changed,
      unchanged: row.unchanged,
      refused: row.refused,
    },
    linked: row.linked,
    madeAt: row.made_at.toString(),
    madeBy: row.made_by,
    appliedAt: row.applied_at?.toString() ?? null,
    appliedBy: row.applied_by,
    undoneAt: row.undone_at?.toString() ?? null,
    undoneBy: row.undone_by,
  };
}

export type ImportRowOutcome = 'new' | 'changed' | 'unchanged' | 'refused';

/** One row of a file. `changes` are field by field: of a new employee everything that the row says. */
export type ImportRow = {
  readonly line: number;
  readonly outcome: ImportRowOutcome;
  /** Our own id of the employee; null for a row that means nobody. */
  readonly employee: string | null;
  readonly employeeId: string | null;
  readonly name: string | null;
  readonly changes: readonly {
    readonly field: string;
    readonly before: string | null;
    readonly after: string | null;
  }[];
  readonly faults: readonly InputFault[];
};

/** Rows of an import with what they do, in the order of the file. Throws `not_found`. */
export async function readImportRows(
  context: OrganisationContext,
  id: string,
  query: {
    readonly outcome?: ImportRowOutcome | undefined;
    readonly offset: number;
    readonly limit: number;
  },
): Promise<{ readonly total: number; readonly rows: readonly ImportRow[] }> {
  authorise(context, 'manage the directory');
  return inOrganisation(context, async (transaction) => {
    const found = await findImport(transaction, id);
    const rows = await selectRows(transaction, found, query);
    const total =
      query.outcome === undefined ? found.rows : found[query.outcome === 'new' ? 'added' : query.outcome];
    return { total, rows: rows.map((row) => toRow(row, found)) };
  });
}

type Values = Readonly<Record<string, string | readonly string[] | null>>;
type RowWithBefore = {
  line: number;
  outcome: ImportRowOutcome;
  employee: EmployeeRef;
  after: Values;
  before: Values | null;
  faults: readonly InputFault[] | null;
};

async function selectRows(
  transaction: OrganisationTransaction,
  found: StoredImport,
  { outcome, offset, limit }: { outcome?: ImportRowOutcome | undefined; offset: number; limit: number },
): Promise<readonly RowWithBefore[]> {
  // Once applied, what stood there before is kept with the row; until then it is what the directory has.
  const { rows } = await sql<RowWithBefore>`
    select r.line, r.outcome, r.employee, r.faults,
      jsonb_build_object('employee_id', coalesce(r.employee_id, e.employee_id), 'first_name', r.first_name,
        'last_name', r.last_name, 'email', r.email, 'phone', r.phone, 'team', r.team, 'designation', r.designation,
        'location', r.location, 'time_zone', r.time_zone, 'joining_date', r.joining_date,
        'leaving_date', r.leaving_date, 'manager', m.name, 'status', r.status, 'tags', to_jsonb(r.tags)) as after,
      case when r.outcome <> 'changed' then null
        when r.before is not null then r.before
          || jsonb_build_object('team', (select name from team t where t.id = (r.before->>'team_id')::uuid),
            'manager', (select concat_ws(' ', first_name, nullif(last_name, '')) from employee f
              where f.id = (r.before->>'manager')::uuid))
        else jsonb_build_object('employee_id', e.employee_id, 'first_name', e.first_name, 'last_name', e.last_name,
          'email', e.email, 'phone', e.phone, 'team', (select name from team t where t.id = e.team_id),
          'designation', e.designation, 'location', e.location, 'time_zone', e.time_zone,
          'joining_date', e.joining_date, 'leaving_date', e.leaving_date,
          'manager', (select concat_ws(' ', first_name, nullif(last_name, '')) from employee f where f.id = e.manager),
          'status', e.status, 'tags', to_jsonb(e.tags)) end as before
    from employee_import_row r
    left join employee e on r.outcome in ('changed', 'unchanged') and e.id = r.employee
    left join lateral (
      select coalesce(
        (select concat_ws(' ', first_name, nullif(last_name, '')) from employee f where f.id = r.manager),
        (select concat_ws(' ', first_name, nullif(last_name, '')) from employee_import_row f
          where f.import_id = r.import_id and f.employee = r.manager limit 1)) as name
      where r.manager is not null
    ) m on true
    where r.import_id = ${found.id} and (${outcome ?? null}::text is null or r.outcome = ${outcome ?? null})
    order by r.line offset ${offset} limit ${limit}`.execute(transaction);
  return rows;
}

function toRow(row: RowWithBefore, { columns }: StoredImport): ImportRow {
  const changes = columns.flatMap((field) => {
    const before = textOf(row.before?.[field]);
    const after = textOf(row.after[field]);
    return before === after ? [] : [{ field, before, after }];
  });
  const isRefused = row.outcome === 'refused';
  return {
    line: row.line,
    outcome: row.outcome,
    employee: isRefused ? null : row.employee,
    employeeId: textOf(row.after.employee_id),
    name: textOf([row.after.first_name, row.after.last_name].flatMap((part) => part ?? []).join(' ')),
    changes: row.outcome === 'changed' || row.outcome === 'new' ? changes : [],
    faults: row.faults ?? [],
  };
}

function textOf(value: string | readonly string[] | null | undefined): string | null {
  const text = typeof value === 'string' ? value : (value ?? []).join(', ');
  return text === '' ? null : text;
}
