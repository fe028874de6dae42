import { z } from 'zod';
import type { ServedApi } from './run-hajiri.ts';

const page = z.looseObject({
  columns: z.array(z.looseObject({ id: z.string(), name: z.string() })),
  rows: z.array(z.record(z.string(), z.unknown())),
  next: z.string().nullable(),
});
export type TestPage = z.infer<typeof page>;

/** One page of a report over HTTP; `query` is what stands behind the question mark. */
export async function readPage(api: ServedApi, report: string, query: string): Promise<TestPage> {
  const { status, body } = await api.get(`/api/v1/reports/${report}?${query}`);
  if (status !== 200) throw new Error(`${report} answers ${status}: ${body}`);
  return page.parse(JSON.parse(body));
}

/** The rows of all pages. */
export async function readRows(api: ServedApi, report: string, query: string): Promise<TestPage['rows']> {
  const rows: TestPage['rows'] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const given = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const { rows: more, next }: TestPage = await readPage(api, report, `${query}${given}`);
    rows.push(...more);
    cursor = next;
  }
  return rows;
}

/** The values of some columns, a line of text for each row; a time as its clock shows it. */
export function linesOf(rows: TestPage['rows'], ...columns: readonly string[]): readonly string[] {
  return rows.map((row) => columns.map((column) => textOf(row[column])).join(' '));
}

const moment = z.object({ time: z.string(), dayOffset: z.number() });

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '-';
  const parsed = moment.safeParse(value);
  if (!parsed.success) return Array.isArray(value) ? value.join('+') : z.coerce.string().parse(value);
  const { time, dayOffset } = parsed.data;
  return dayOffset === 0 ? time : `${time}+${dayOffset}`;
}
