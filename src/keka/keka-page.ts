/** One page of a list, checked as a whole; its records are still as received. */
export type KekaPage = {
  readonly pageNumber: number;
  readonly pageSize: number;
  readonly totalPages: number;
  readonly totalRecords: number;
  readonly records: readonly unknown[];
};

export type ParsedPage =
  | { readonly ok: true; readonly page: KekaPage }
  /** `field` is the part of the envelope that is not as agreed; what it holds is not passed on. */
  | { readonly ok: false; readonly field: string; readonly reason: string };

/**
 * Reads the paging envelope of a successful answer. Counts may be numbers in text, an empty list may come as `null` with
 * a total of 0, 1 or `null` pages; everything else must be as asked for. Data that is missing although the envelope
 * counts records is never read as "nothing there".
 */
export function parsePage(
  envelope: Readonly<Record<string, unknown>>,
  asked: { pageNumber: number; pageSize: number },
): ParsedPage {
  const { data } = envelope;
  if (data !== null && data !== undefined && !Array.isArray(data)) return refused('data', 'is not a list');
  const records: readonly unknown[] = data ?? [];
  const pageNumber = readCount(envelope.pageNumber);
  if (pageNumber !== asked.pageNumber) return refused('pageNumber', 'is not the page that was asked for');
  const totalRecords = readCount(envelope.totalRecords) ?? (records.length === 0 ? 0 : null);
  if (totalRecords === null || Number.isNaN(totalRecords)) return refused('totalRecords', 'is not a count');
  const totalPages =
    readCount(envelope.totalPages) ?? (records.length === 0 && totalRecords === 0 ? 0 : null);
  if (totalPages === null || Number.isNaN(totalPages)) return refused('totalPages', 'is not a count');
  if (records.length === 0 && totalRecords > 0 && pageNumber <= Math.max(1, totalPages)) {
    return refused('data', 'is empty although records are announced');
  }
  if (records.length > 0 && (totalRecords === 0 || totalPages < pageNumber)) {
    return refused('totalPages', 'announces fewer records than came');
  }
  const pageSize = readCount(envelope.pageSize) ?? asked.pageSize;
  if (Number.isNaN(pageSize)) return refused('pageSize', 'is not a count');
  return {
    ok: true,
    page: { pageNumber, pageSize, totalPages: Math.max(1, totalPages), totalRecords, records },
  };
}

function refused(field: string, reason: string): ParsedPage {
  return { ok: false, field, reason };
}

/** A whole number of 0 or more; null when absent; NaN when it is something else. */
function readCount(value: unknown): number | null {
  if (value === null || value === undefined) return null;
  const count = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
  return typeof count === 'number' && Number.isSafeInteger(count) && count >= 0 ? count : Number.NaN;
}
