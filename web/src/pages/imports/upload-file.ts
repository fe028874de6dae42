import type { ImportDetails } from '../../../../src/contract/employee-imports.ts';
import { addressIn, problemOf, send } from '../../api/ask.ts';

/** Sends a file as it is; the answer says what it would do. Throws ApiProblem as `ask` does. */
export async function uploadFile(file: File, teamFrom: string): Promise<ImportDetails> {
  const query = { name: file.name.slice(0, 200), ...(teamFrom === '' ? {} : { teamFrom }) };
  const response = await send(addressIn('POST /api/v1/employee-imports', { query }), {
    method: 'POST',
    headers: { accept: 'application/json', 'content-type': 'application/octet-stream' },
    body: file,
  });
  if (!response.ok) throw await problemOf(response);
  return (await response.json()) as ImportDetails; // checked by the server before it was sent
}
