import type { ReportHead } from '../read-report.ts';
import type { FileFormat } from './format-names.ts';
import { createPdfWriter } from './pdf/write-pdf.ts';
import type { RowWriter, Write } from './row-writer.ts';
import { createCsvWriter } from './write-csv.ts';
import { createXlsxWriter } from './xlsx/write-xlsx.ts';

export const mediaTypes: Readonly<Record<FileFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pdf: 'application/pdf',
};

export function createRowWriter(format: FileFormat, head: ReportHead, write: Write): RowWriter {
  switch (format) {
    case 'csv':
      return createCsvWriter(head, write);
    case 'xlsx':
      return createXlsxWriter(head, write);
    case 'pdf':
      return createPdfWriter(head, write);
  }
}
