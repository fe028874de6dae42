import type { ReportHead } from '../read-report.ts';
import type { RowWriter, Write } from './row-writer.ts';
import { createCsvWriter } from './write-csv.ts';

export const fileFormats = ['csv'] as const;
export type FileFormat = (typeof fileFormats)[number];

export const mediaTypes: Readonly<Record<FileFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
};

export function createRowWriter(format: FileFormat, head: ReportHead, write: Write): RowWriter {
  switch (format) {
    case 'csv':
      return createCsvWriter(head, write);
  }
}
