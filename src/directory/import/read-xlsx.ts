import { InvalidInputError } from '../../errors/hajiri-error.ts';
import type { GivenFile } from './given-file.ts';
import type { FileRow } from './read-csv.ts';

/** What a workbook of the largest directory holds, unpacked. */
const largestUnpacked = 512 * 1024 * 1024;

/**
 * The rows of the first sheet of a workbook. A number is the digits that the file has, so that a code that Excel took
 * for a number is no other code; a date is `YYYY-MM-DD`. Throws InvalidInputError for what is no workbook.
 */
export async function* readXlsx(file: GivenFile): AsyncGenerator<FileRow> {
  const bytes = await readWhole(file);
  refuseBomb(bytes);
  // Loaded with the first workbook; most directories are CSV.
  const { readSheet } = await import('read-excel-file/node');
  let rows: readonly (readonly unknown[])[];
  try {
    rows = await readSheet<string>(bytes, { trim: false, parseNumber: (digits) => digits });
  } catch {
    // Its errors quote what is in the file.
    throw new InvalidInputError([{ field: 'file', reason: 'is not a workbook that can be read (.xlsx)' }]);
  }
  for (const [index, row] of rows.entries()) {
    const cells = row.map(cellText);
    if (cells.some((cell) => cell.trim() !== '')) yield { line: index + 1, cells };
  }
}

function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  if (cell instanceof Date) return cell.toISOString().slice(0, 10);
  if (typeof cell === 'string') return cell.replaceAll('\0', '').replaceAll(/\r\n?/g, '\n');
  return typeof cell === 'boolean' ? String(cell).toUpperCase() : '';
}

async function readWhole(file: GivenFile): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of file.read()) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** A zip file tells the size of its parts when unpacked in the list at its end; one that lies there fails to unpack. */
function refuseBomb(bytes: Buffer): void {
  let total = 0;
  for (let at = bytes.indexOf('PK\x01\x02', 0, 'latin1'); at !== -1; ) {
    if (at + 46 > bytes.length) break;
    total += bytes.readUInt32LE(at + 24);
    at = bytes.indexOf('PK\x01\x02', at + 46, 'latin1');
  }
  if (total <= largestUnpacked) return;
  throw new InvalidInputError([
    { field: 'file', reason: `is larger than ${largestUnpacked / 1024 / 1024} MiB when it is unpacked` },
  ]);
}
