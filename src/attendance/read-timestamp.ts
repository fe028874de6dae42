/** How to read a time without an offset: as UTC (strong evidence for punches) or as wall time in a zone. */
export type TimeBasis = { readonly kind: 'utc' } | { readonly kind: 'local'; readonly zone: string };

// Its group is the offset. As a whole, because Temporal would read past what it does not use: a zone in brackets, half an offset.
// 0001-01-01T00:00:00 is .NET's empty date and no punch, so years begin with 20.
const timestamp =
  /^20\d{2}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?(Z|[+-]\d{2}(?::?\d{2})?)?$/i;

/**
 * Reads a time stamp as Keka writes it: `Z`, an offset or neither, and no to nine digits of fraction (.NET writes
 * seven). Null when it is no date with a time: a guess would become a punch that nobody made.
 */
export function readTimestamp(text: string, basis: TimeBasis): Temporal.Instant | null {
  const trimmed = text.trim();
  const parts = timestamp.exec(trimmed);
  if (parts === null) return null;
  try {
    if (parts[1] !== undefined) return Temporal.Instant.from(trimmed);
    if (basis.kind === 'utc') return Temporal.Instant.from(`${trimmed}Z`);
    return Temporal.PlainDateTime.from(trimmed).toZonedDateTime(basis.zone).toInstant();
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/**
 * Shift times are of uncertain basis: if they are wall time in Keka's tenant, the `Z` that they carry is costume and
 * has to be taken off before the zone is applied.
 */
export function readShiftTime(text: string, basis: TimeBasis): Temporal.Instant | null {
  if (basis.kind === 'utc') return readTimestamp(text, basis);
  const trimmed = text.trim();
  const costume = timestamp.exec(trimmed)?.[1] ?? '';
  return readTimestamp(trimmed.slice(0, trimmed.length - costume.length), basis);
}
