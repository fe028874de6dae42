import { inflateSync } from 'node:zlib';
import { expect, it } from 'vitest';
import type { ReportHead } from '../../read-report.ts';
import type { Cells } from '../../shape/bind-report.ts';
import { createPdfWriter } from './write-pdf.ts';

const column = (id: string) => ({ id, name: id, shortName: id, kind: 'text', isBrief: true }) as const;
const head: ReportHead = {
  report: 'test',
  title: 'Test',
  organisation: 'चंदन Textiles',
  from: '2026-03-10',
  to: '2026-03-10',
  zone: 'Asia/Kolkata',
  dataAsOf: null,
  datesNotRead: 1,
  warnings: [],
  madeAt: '2026-03-12T06:00:00Z',
  filter: {},
  columns: [column('code'), column('name'), { ...column('hidden'), isBrief: false }],
};

async function write(rows: readonly Cells[]): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  const writer = createPdfWriter(head, async (piece) => void pieces.push(Buffer.from(piece)));
  await writer.addRows(rows);
  await writer.end();
  return Buffer.concat(pieces);
}

const rows = (count: number): readonly Cells[] =>
  Array.from({ length: count }, (_none, index) => [`E${index}`, 'प्रिया José Łukasz', 'secret']);

/** What the pages draw: an operator that shows text for each piece of a line. */
function shownTexts(file: Buffer): number {
  const text = file.toString('latin1');
  return [...text.matchAll(/stream\n([\s\S]*?)\nendstream/g)]
    .map(([, stream = '']) => {
      try {
        return inflateSync(Buffer.from(stream, 'latin1')).toString('latin1');
      } catch {
        return '';
      }
    })
    .reduce((sum, content) => sum + [...content.matchAll(/\]\s*TJ/g)].length, 0);
}

it('is A4 across, on as many pages as it takes, each with every line of it', async () => {
  const file = await write(rows(100));
  const text = file.toString('latin1');
  expect(text).toMatch(/^%PDF-1\./);
  expect(text).toContain('/MediaBox [0 0 841.89 595.28]');
  const pages = [...text.matchAll(/\/Type \/Page\n/g)].length;
  expect(pages).toBeGreaterThan(2);
  // Code and the three scripts of the name with the blanks between them for each row, and what stands on each page.
  expect(shownTexts(file)).toBeGreaterThanOrEqual(100 * 2 + pages * 3);
});

it('is the same file for the same rows', async () => {
  expect(await write(rows(3))).toEqual(await write(rows(3)));
});

it('refuses what nobody can read on paper', async () => {
  await expect(write(rows(50_001))).rejects.toMatchObject({
    faults: [{ field: 'format', reason: expect.stringMatching(/^pdf holds no more than 50,000 lines/) }],
  });
});
