import type { ReportFlag, ReportStatus } from '../daily/daily-row.ts';

/** What stands in a cell of the muster roll. */
export const musterCodes = [
  'P',
  'MP',
  'HD',
  'A',
  'L',
  'WO',
  'HWO',
  'H',
  'WOP',
  'HP',
  'PR',
  'NR',
  'NY',
  'NL',
  'U',
] as const;
export type MusterCode = (typeof musterCodes)[number];

export type MusterDay = { readonly status: ReportStatus; readonly flags: readonly ReportFlag[] };

const codes: Readonly<Record<ReportStatus, MusterCode>> = {
  present: 'P',
  half_day: 'HD',
  absent: 'A',
  on_leave: 'L',
  weekly_off: 'WO',
  half_weekly_off: 'HWO',
  holiday: 'H',
  in_progress: 'PR',
  pending: 'PR',
  no_record: 'NR',
  not_read_yet: 'NY',
  not_linked: 'NL',
  unknown_day_type: 'U',
};

export function musterCode({ status, flags }: MusterDay): MusterCode {
  if (flags.includes('worked_on_weekly_off')) return 'WOP';
  if (flags.includes('worked_on_holiday')) return 'HP';
  const isMissing = flags.includes('missing_in') || flags.includes('missing_out');
  return status === 'present' && isMissing ? 'MP' : codes[status];
}
