import { authorise } from '../../accounts/authorise.ts';
import { inOrganisation, type OrganisationContext } from '../../accounts/organisation-context.ts';
import { planForWholeSets } from '../../db/tenancy.ts';
import { HajiriError } from '../../errors/hajiri-error.ts';
import type { EmployeeColumn } from '../employee-fields.ts';
import { findImport } from './find-import.ts';
import { finishImport, type ImportOutcome, refuseRows } from './finish-import.ts';
import { directoryState, lockEmployees } from './stage-file.ts';

/**
 * Does what a preview said: all of it, or nothing. Throws InvalidInputError with the faults of refused rows,
 * `not_possible` when the directory is no longer what the preview was made for, and `not_found`.
 */
export async function applyImport(context: OrganisationContext, id: string): Promise<ImportOutcome> {
  authorise(context, 'manage the directory');
  return inOrganisation(context, async (transaction) => {
    await lockEmployees(transaction);
    await planForWholeSets(transaction);
    const known = await findImport(transaction, id);
    if (known.state !== 'previewed') throw changedMeanwhile('This import was applied already.');
    const staged = { importId: known.id, columns: new Set(known.columns as EmployeeColumn[]) }; // written from such a set
    if (known.refused > 0) await refuseRows(transaction, staged);
    if (known.directory_state !== (await directoryState(transaction))) {
      throw changedMeanwhile('The directory has changed since the preview. Look at a new one.');
    }
    return finishImport(transaction, context, { staged, counts: known, teamFrom: known.team_from });
  });
}

function changedMeanwhile(message: string): HajiriError {
  return new HajiriError('not_possible', message);
}
