import { authorise } from '../accounts/authorise.ts';
import type { OrganisationContext } from '../accounts/organisation-context.ts';
import { finishImport, type ImportOutcome, refuseRows } from './import/finish-import.ts';
import { fileOf, type GivenFile } from './import/given-file.ts';
import { stageFile } from './import/stage-file.ts';

/**
 * Adds and updates employees from a file, all or nothing, without a look in between, and links stored history at once. A
 * row is the employee with its Employee ID, or else the one with its e-mail, so that an ID can be filled in later.
 * Nobody is removed, and what a column holds that the file does not have stays. Throws InvalidInputError with every
 * fault of the file.
 */
export async function importEmployees(
  context: OrganisationContext,
  file: GivenFile | Uint8Array,
  options: { readonly teamFrom?: Temporal.PlainDate | undefined } = {},
): Promise<ImportOutcome> {
  authorise(context, 'manage the directory');
  const given = file instanceof Uint8Array ? fileOf('employees.csv', file) : file;
  return stageFile(context, given, options, async (transaction, staged) => {
    if (staged.counts.refused > 0) await refuseRows(transaction, staged.staged);
    return finishImport(transaction, context, staged);
  });
}
