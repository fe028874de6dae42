import type { OrganisationTransaction } from '../../db/tenancy.ts';

/** The months that are closed, as `2026-03`. */
export type LockedMonths = ReadonlySet<string>;

export async function readLockedMonths(transaction: OrganisationTransaction): Promise<LockedMonths> {
  const rows = await transaction.selectFrom('month_lock').select('month').execute();
  return new Set(rows.map(({ month }) => monthOf(month.toString())));
}

/** The month of a date that is written out. */
export function monthOf(date: string): string {
  return date.slice(0, 7);
}
