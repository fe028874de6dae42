import { authorise } from '../../accounts/authorise.ts';
import type { OrganisationContext } from '../../accounts/organisation-context.ts';
import type { GivenFile } from './given-file.ts';
import { type ImportDetails, readImport } from './read-imports.ts';
import { stageFile } from './stage-file.ts';

/**
 * Reads a file of employees and says what it would do, without doing it; the preview is kept under its id. Throws
 * InvalidInputError for a file that cannot be read at all; what is wrong with a row stands in the preview.
 */
export async function previewImport(
  context: OrganisationContext,
  file: GivenFile,
  options: { readonly teamFrom?: Temporal.PlainDate | undefined } = {},
): Promise<ImportDetails> {
  authorise(context, 'manage the directory');
  const id = await stageFile(context, file, options, async (_, { staged }) => staged.importId);
  return readImport(context, id);
}
