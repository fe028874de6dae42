import type { ReportHead } from '../read-report.ts';
import type { Cells } from '../shape/bind-report.ts';
import { createRowWriter } from './file-formats.ts';
import type { FileFormat } from './format-names.ts';
import type { Write } from './row-writer.ts';

/** Writes a report whose rows are all at hand as a file. */
export async function writeRows(
  head: ReportHead,
  rows: readonly Cells[],
  format: FileFormat,
  write: Write,
): Promise<void> {
  const writer = createRowWriter(format, head, write);
  if (rows.length > 0) await writer.addRows(rows);
  await writer.end();
}
