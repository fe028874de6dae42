import { buffer } from 'node:stream/consumers';
import { setImmediate } from 'node:timers/promises';
import { InvalidInputError } from '../../../errors/hajiri-error.ts';
import type { ReportHead } from '../../read-report.ts';
import { asOfText } from '../../render-report-table.ts';
import type { CellKind } from '../../shape/cells.ts';
import { cellText } from '../../shape/cells.ts';
import { visibleLine } from '../../visible-text.ts';
import { filterLines } from '../cover-lines.ts';
import type { RowWriter, Write } from '../row-writer.ts';
import { fitColumns, padding } from './fit-columns.ts';
import type { Paper } from './pdf-page.ts';
import { wrapText } from './wrap-text.ts';

/** Nobody reads more on paper, and all pages are kept until the last one is known. */
const mostCells = 100_000;

/** A report on paper: A4 across, its columns named on every page, the pages numbered. */
export function createPdfWriter(head: ReportHead, write: Write): RowWriter {
  const shown = head.columns.flatMap((column, index) => (column.isBrief ? [{ ...column, index }] : []));
  const rows: (readonly string[])[] = [];
  return {
    async addRows(more) {
      for (const cells of more) {
        rows.push(shown.map(({ index }) => visibleLine(String(cellText(cells[index] ?? null) ?? ''))));
      }
      if (rows.length * shown.length > mostCells) {
        const most = Math.floor(mostCells / shown.length).toLocaleString('en');
        const reason = `pdf holds no more than ${most} lines of this report; ask for less, or take csv or xlsx`;
        throw new InvalidInputError([{ field: 'format', reason }]);
      }
    },
    async end() {
      // Loaded when it is asked for: it takes longer than most commands.
      const { createPaper } = await import('./pdf-page.ts');
      const paper = createPaper({ title: head.title, author: head.organisation, madeAt: head.madeAt });
      await drawTable(paper, head, { columns: shown, rows });
      drawFooters(paper, head);
      paper.document.end();
      await write(await buffer(paper.document));
    },
  };
}

type Table = {
  readonly columns: readonly { readonly shortName: string; readonly kind: CellKind }[];
  readonly rows: readonly (readonly string[])[];
};
type Lines = readonly (readonly string[])[];

/** A4 across, in points. */
const page = { width: 841.89, height: 595.28, margin: 30 } as const;
const colours = { dim: '#5c6570', rule: '#c9d0d8', band: '#e7ebf0' } as const;
const { margin } = page;
const width = page.width - 2 * margin;
const bottom = page.height - margin - 14;
/** From one line of text to the next, in sizes of its letters. */
const leading = 1.36;

async function drawTable(paper: Paper, head: ReportHead, { columns, rows }: Table): Promise<void> {
  const needs = columns.map(({ shortName }, index) => needOf(paper, shortName, rows, index));
  const { size, widths } = fitColumns(needs, width);
  const wrap = (texts: readonly string[], weight: 400 | 600): Lines =>
    texts.map((text, index) =>
      wrapText(text, ((widths[index] ?? 0) - 2 * padding) / size + 0.001, (part) =>
        paper.measure(part, weight),
      ),
    );
  const heightOf = (lines: Lines) =>
    Math.max(1, ...lines.map(({ length }) => length)) * size * leading + 2 * padding;
  const header = wrap(
    columns.map(({ shortName }) => shortName),
    600,
  );
  const isNumber = columns.map(({ kind }) => kind === 'minutes' || kind === 'count' || kind === 'percent');

  const drawRow = (lines: Lines, y: number, weight: 400 | 600): void => {
    let x = margin;
    for (const [index, cell] of lines.entries()) {
      const room = widths[index] ?? 0;
      for (const [number, text] of cell.entries()) {
        if (text === '') continue;
        const indent =
          isNumber[index] === true ? room - padding - paper.measure(text, weight) * size : padding;
        paper.write(text, x + indent, y + padding + size * (1.05 + number * leading), { size, weight });
      }
      x += room;
    }
  };
  const beginPage = (top: number): number => {
    const height = heightOf(header);
    paper.document.rect(margin, top, width, height).fill(colours.band);
    drawRow(header, top, 600);
    return top + height;
  };

  paper.document.addPage();
  let y = beginPage(drawTitle(paper, head, rows.length));
  for (const row of rows) {
    const lines = wrap(row, 400);
    const height = heightOf(lines);
    if (y + height > bottom) {
      // A page takes its time, and others want to be served.
      await setImmediate();
      paper.document.addPage();
      y = beginPage(margin);
    }
    drawRow(lines, y, 400);
    y += height;
    paper.document
      .moveTo(margin, y)
      .lineTo(margin + width, y)
      .lineWidth(0.3)
      .stroke(colours.rule);
  }
}

/** A word longer than this is broken rather than given more room, in sizes of its letters. */
const longestWord = 12;

function needOf(paper: Paper, name: string, rows: Table['rows'], index: number) {
  let natural = paper.measure(name, 600);
  let least = Math.max(...name.split(' ').map((word) => paper.measure(word, 600)));
  const seen = new Set<string>();
  for (const row of rows) {
    const text = row[index] ?? '';
    if (text === '' || seen.has(text)) continue;
    seen.add(text);
    natural = Math.max(natural, paper.measure(text, 400));
    for (const word of text.split(' ')) {
      least = Math.max(least, Math.min(longestWord, paper.measure(word, 400)));
    }
  }
  return { natural, least: Math.min(natural, least) };
}

/** Returns where the table begins. */
function drawTitle(paper: Paper, head: ReportHead, count: number): number {
  const dates = head.from === head.to ? head.from : `${head.from} to ${head.to}`;
  let y = margin + 14;
  paper.write(visibleLine(head.title), margin, y, { size: 15, weight: 600 });
  const lines = [
    `${head.organisation} · ${dates} · times in ${head.zone} · ${asOfText(head)} · ${count} ${count === 1 ? 'line' : 'lines'}`,
    ...filterLines(head.filter).map(([name, value]) => `${name}: ${value}`),
    ...head.warnings,
  ];
  for (const line of lines.map(visibleLine)) {
    for (const part of wrapText(line, width / 8, (text) => paper.measure(text, 400))) {
      y += 12;
      paper.write(part, margin, y, { size: 8, weight: 400, colour: colours.dim });
    }
  }
  return y + 8;
}

function drawFooters(paper: Paper, head: ReportHead): void {
  const { start, count } = paper.document.bufferedPageRange();
  for (let number = 0; number < count; number += 1) {
    paper.document.switchToPage(start + number);
    const ink = { size: 7, weight: 400, colour: colours.dim } as const;
    const y = page.height - margin;
    const pages = `Page ${number + 1} of ${count}`;
    paper.write(visibleLine(`${head.title} · ${head.organisation} · made ${head.madeAt}`), margin, y, ink);
    paper.write(pages, page.width - margin - paper.measure(pages, 400) * ink.size, y, ink);
  }
}
