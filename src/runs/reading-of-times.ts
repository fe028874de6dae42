import type { ReadingOfTimes } from '../attendance/attendance-day.ts';
import type { Connection } from '../connections/connections.ts';

/** How the times of a connection are to be read. */
export function readingOfTimes(
  { punchBasis, shiftBasis }: Pick<Connection, 'punchBasis' | 'shiftBasis'>,
  zone: string,
): ReadingOfTimes {
  const basis = (kind: 'utc' | 'local') => (kind === 'utc' ? ({ kind } as const) : ({ kind, zone } as const));
  return { punches: basis(punchBasis), shifts: basis(shiftBasis) };
}
