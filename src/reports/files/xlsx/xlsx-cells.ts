import { formatLocalTime } from '../../../attendance/local-time.ts';
import { type Cell, type CellKind, cellText, isMoment, type Moment } from '../../shape/cells.ts';
import { xmlText } from './xml-text.ts';

/** The styles of styles.xml by their place in it; text is text whatever it looks like. */
const styles = {
  text: 1,
  header: 2,
  date: 3,
  time: 4,
  nextDay: 5,
  secondDay: 6,
  instant: 7,
  whole: 8,
  percent: 9,
};
export const titleStyle = 10;

const formats = [
  'yyyy\\-mm\\-dd',
  'hh:mm',
  'hh:mm" (+1)"',
  'hh:mm" (+2)"',
  'yyyy\\-mm\\-dd hh:mm:ss',
  '0.0%',
];
const ownFormat = (index: number) => 164 + index;

export const stylesXml = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
<numFmts count="${formats.length}">${formats.map((code, index) => `<numFmt numFmtId="${ownFormat(index)}" formatCode="${xmlText(code)}"/>`).join('')}</numFmts>
<fonts count="3"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="14"/><name val="Calibri"/></font></fonts>
<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFE7EBF0"/><bgColor indexed="64"/></patternFill></fill></fills>
<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
<cellXfs count="11">
${[
  format(0),
  format(49),
  '<xf numFmtId="49" fontId="1" fillId="2" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1"/>',
  format(ownFormat(0)),
  format(ownFormat(1)),
  format(ownFormat(2)),
  format(ownFormat(3)),
  format(ownFormat(4)),
  format(1),
  format(ownFormat(5)),
  '<xf numFmtId="49" fontId="2" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/>',
].join('\n')}
</cellXfs>
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>
</styleSheet>`;

function format(number: number): string {
  return `<xf numFmtId="${number}" fontId="0" fillId="0" borderId="0" xfId="0"${number === 0 ? '' : ' applyNumberFormat="1"'}/>`;
}

/** Whatever does not fit into one cell is cut: a spreadsheet would refuse the file. */
const mostLetters = 32_767;

export function textXml(address: string, text: string, style: number = styles.text): string {
  const cut = text.length > mostLetters ? text.slice(0, mostLetters) : text;
  return `<c r="${address}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${xmlText(cut)}</t></is></c>`;
}

export function headerXml(address: string, text: string): string {
  return textXml(address, text, styles.header);
}

/** One cell with the type of its column. Nothing is a formula, and an empty cell is none. */
export function cellXml(address: string, kind: CellKind, cell: Cell): string {
  if (cell === null || cell === '') return '';
  if (typeof cell === 'object') {
    return isMoment(cell) ? timeXml(address, cell) : textXml(address, cell.text);
  }
  if (typeof cell === 'number') {
    return kind === 'percent'
      ? numberXml(address, Math.round(cell * 10) / 1000, styles.percent)
      : numberXml(address, cell, styles.whole);
  }
  if (kind === 'date') return numberXml(address, serialOfDate(cell), styles.date);
  if (kind === 'instant') return numberXml(address, serialOfInstant(cell), styles.instant);
  return textXml(address, String(cellText(cell) ?? ''));
}

/** The clock at the company as a part of a day: what the cell shows is that, wherever the file is opened. */
function timeXml(address: string, moment: Moment): string {
  const style = [styles.time, styles.nextDay, styles.secondDay][moment.dayOffset];
  // A spreadsheet has no times before its first day.
  if (style === undefined) return textXml(address, formatLocalTime(moment));
  const [hours = 0, minutes = 0] = moment.time.split(':').map(Number);
  return numberXml(address, moment.dayOffset + (hours * 60 + minutes) / 1440, style);
}

function numberXml(address: string, value: number, style: number): string {
  return `<c r="${address}" s="${style}"><v>${value}</v></c>`;
}

const firstDay = Temporal.PlainDate.from('1899-12-30');

function serialOfDate(date: string): number {
  return firstDay.until(date, { largestUnit: 'days' }).days;
}

/** In UTC, whole seconds. */
function serialOfInstant(instant: string): number {
  return Math.floor(Temporal.Instant.from(instant).epochMilliseconds / 1000) / 86_400 + 25_569;
}

/** `A`, `B`, …, `Z`, `AA`, …: the name of a column by its number from 0. */
export function columnName(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : columnName(Math.floor(index / 26) - 1) + letter;
}
