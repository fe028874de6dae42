import type { OrganisationContext } from '../../accounts/organisation-context.ts';
import { type ReportHead, readWholeReport, type WantedReport } from '../read-report.ts';
import type { Report } from '../shape/bind-report.ts';
import { createRowWriter } from './file-formats.ts';
import type { FileFormat } from './format-names.ts';
import type { Write } from './row-writer.ts';

/** Writes a whole report as a file, piece by piece. `begin` is told what the file is about before the first piece. */
export function writeReport(
  context: OrganisationContext,
  report: Report,
  { format, ...wanted }: WantedReport & { readonly format: FileFormat },
  begin: (head: ReportHead) => Write,
): Promise<void> {
  return readWholeReport(context, report, wanted, (head) => createRowWriter(format, head, begin(head)));
}

/** What a file of these rows is called: `detailed-2026-03-01-to-2026-03-31.csv`. */
export function fileName(
  { report, from, to }: Pick<ReportHead, 'report' | 'from' | 'to'>,
  format: FileFormat,
): string {
  return `${report}-${from}${from === to ? '' : `-to-${to}`}.${format}`;
}
