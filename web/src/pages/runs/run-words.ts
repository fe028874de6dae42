import type { RunSummary } from '../../../../src/contract/runs.ts';
import type { Formats } from '../../time/formats.ts';

/** One date, or the first and the last. */
export function datesOf({ from, to }: Pick<RunSummary, 'from' | 'to'>, formats: Formats): string {
  return from === to ? formats.shortDate(from) : `${formats.shortDate(from)} – ${formats.shortDate(to)}`;
}

/** How long it took, in seconds; null while it goes on. */
export function secondsOf({ startedAt, endedAt }: Pick<RunSummary, 'startedAt' | 'endedAt'>): number | null {
  if (endedAt === null) return null;
  const milliseconds =
    Temporal.Instant.from(endedAt).epochMilliseconds - Temporal.Instant.from(startedAt).epochMilliseconds;
  return Math.round(milliseconds / 1000);
}
