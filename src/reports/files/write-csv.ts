import type { ReportHead } from '../read-report.ts';
import { csvHead, csvLines } from '../render-csv.ts';
import { cellText } from '../shape/cells.ts';
import type { RowWriter, Write } from './row-writer.ts';

export function createCsvWriter({ columns }: Pick<ReportHead, 'columns'>, write: Write): RowWriter {
  // Goes out with the first rows, so that a query that fails has sent nothing yet.
  let pending = csvHead(columns.map(({ name }) => name));
  return {
    async addRows(rows) {
      const lines = csvLines(rows.map((cells) => cells.map(cellText)));
      const piece = pending + lines;
      pending = '';
      await write(piece);
    },
    async end() {
      if (pending !== '') await write(pending);
    },
  };
}
