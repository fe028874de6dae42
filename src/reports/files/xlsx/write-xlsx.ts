import type { ReportHead } from '../../read-report.ts';
import type { Cells } from '../../shape/bind-report.ts';
import type { CellKind } from '../../shape/cells.ts';
import type { ColumnHead } from '../../shape/report-shape.ts';
import { coverLines } from '../cover-lines.ts';
import type { RowWriter, Write } from '../row-writer.ts';
import { cellXml, columnName, headerXml, stylesXml, textXml, titleStyle } from './xlsx-cells.ts';
import { sheetName, xmlText } from './xml-text.ts';
import { createZipWriter, type ZipEntry } from './zip-writer.ts';

/** What a spreadsheet takes, with the header. */
const mostRows = 1_048_576;
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/**
 * A workbook that is written row by row: a cover that says what the rows are, and the rows with a header that stays in
 * sight and filters. Where they are more than a sheet holds, they go on in another one.
 */
export function createXlsxWriter(
  head: ReportHead,
  write: Write,
  { rowsOfSheet = mostRows }: { readonly rowsOfSheet?: number } = {},
): RowWriter {
  const zip = createZipWriter(write);
  const kinds = head.columns.map(({ kind }) => kind);
  const names = head.columns.map((_column, index) => columnName(index));
  let sheets = 0;
  let total = 0;
  let open: { readonly entry: ZipEntry; rows: number } | null = null;

  const begin = async () => {
    sheets += 1;
    const entry = await zip.open(`xl/worksheets/sheet${sheets + 1}.xml`);
    await entry.add(sheetStart(head.columns));
    open = { entry, rows: 1 };
    return open;
  };
  const finish = async () => {
    if (open === null) return;
    const { entry, rows } = open;
    open = null;
    await entry.add(sheetEnd(names.at(-1) ?? 'A', rows));
    await entry.end();
  };
  return {
    async addRows(rows) {
      let rest = rows;
      while (rest.length > 0) {
        const sheet = open ?? (await begin());
        const fitting = rest.slice(0, rowsOfSheet - sheet.rows);
        rest = rest.slice(fitting.length);
        const first = sheet.rows + 1;
        await sheet.entry.add(
          fitting.map((cells, index) => rowXml(first + index, { cells, kinds, names })).join(''),
        );
        sheet.rows += fitting.length;
        total += fitting.length;
        if (sheet.rows >= rowsOfSheet) await finish();
      }
    },
    async end() {
      if (sheets === 0) await begin();
      await finish();
      await zip.add('xl/worksheets/sheet1.xml', coverXml(head, total));
      for (const [name, text] of packageParts(head, sheets)) await zip.add(name, text);
      await zip.end();
    },
  };
}

type RowOfCells = {
  readonly cells: Cells;
  readonly kinds: readonly CellKind[];
  readonly names: readonly string[];
};

function rowXml(number: number, { cells, kinds, names }: RowOfCells): string {
  const content = kinds.map((kind, index) => cellXml(`${names[index]}${number}`, kind, cells[index] ?? null));
  return `<row r="${number}">${content.join('')}</row>`;
}

/** How wide a column is, in digits. */
const widths: Readonly<Record<CellKind, number>> = {
  text: 18,
  date: 12,
  time: 14,
  minutes: 12,
  count: 10,
  percent: 10,
  instant: 20,
  worded: 20,
};

function sheetStart(columns: readonly ColumnHead[]): string {
  const cols = columns.map(({ kind, name }, index) => {
    const width = Math.max(
      name.length < 4 || /^\d/.test(name) ? 11 : widths[kind],
      Math.min(name.length + 3, 28),
    );
    return `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`;
  });
  const header = columns.map(({ name }, index) => headerXml(`${columnName(index)}1`, name));
  return `${declaration}<worksheet xmlns="${main}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>${cols.join('')}</cols><sheetData><row r="1">${header.join('')}</row>`;
}

function sheetEnd(lastColumn: string, rows: number): string {
  return `</sheetData><autoFilter ref="A1:${lastColumn}${rows}"/><pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/></worksheet>`;
}

function coverXml(head: ReportHead, rows: number): string {
  const lines = coverLines(head, rows).map(([name, value], index) => {
    const number = index + 3;
    return `<row r="${number}">${headerXml(`A${number}`, name)}${textXml(`B${number}`, value)}</row>`;
  });
  return `${declaration}<worksheet xmlns="${main}"><sheetFormatPr defaultRowHeight="15"/><cols><col min="1" max="1" width="24" customWidth="1"/><col min="2" max="2" width="80" customWidth="1"/></cols><sheetData><row r="1">${textXml('A1', head.title, titleStyle)}</row>${lines.join('')}</sheetData></worksheet>`;
}

function packageParts(head: ReportHead, sheets: number): readonly (readonly [string, string])[] {
  const title = sheetName(head.title);
  const names = [
    title === 'About' ? 'Cover' : 'About',
    ...Array.from({ length: sheets }, (_none, index) =>
      index === 0 ? title : `${sheetName(title.slice(0, 24))} (${index + 1})`,
    ),
  ];
  const numbers = names.map((_name, index) => index + 1);
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
  return [
    [
      '[Content_Types].xml',
      `${declaration}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${type}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${type}.styles+xml"/>${numbers.map((number) => `<Override PartName="/xl/worksheets/sheet${number}.xml" ContentType="${type}.worksheet+xml"/>`).join('')}</Types>`,
    ],
    [
      '_rels/.rels',
      `${declaration}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ],
    [
      'xl/workbook.xml',
      `${declaration}<workbook xmlns="${main}" xmlns:r="${relations}"><bookViews><workbookView activeTab="1"/></bookViews><sheets>${names.map((name, index) => `<sheet name="${xmlText(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`).join('')}</sheets><definedNames>${names
        .slice(1)
        .map(
          (name, index) =>
            `<definedName name="_xlnm.Print_Titles" localSheetId="${index + 1}">'${xmlText(name.replaceAll("'", "''"))}'!$1:$1</definedName>`,
        )
        .join('')}</definedNames></workbook>`,
    ],
    [
      'xl/_rels/workbook.xml.rels',
      `${declaration}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${numbers.map((number) => `<Relationship Id="rId${number}" Type="${relations}/worksheet" Target="worksheets/sheet${number}.xml"/>`).join('')}<Relationship Id="rId${numbers.length + 1}" Type="${relations}/styles" Target="styles.xml"/></Relationships>`,
    ],
    ['xl/styles.xml', stylesXml],
  ];
}
