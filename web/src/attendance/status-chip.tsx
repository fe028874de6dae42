import { useTranslation } from 'react-i18next';
import type { ReportStatus } from '../../../src/contract/daily-report.ts';
import { StateChip } from '../parts/state-chip.tsx';
import { statusMarks } from './status-marks.ts';

type StatusChipProps = {
  readonly status: ReportStatus;
  /** The number of a day type that nobody knows. */
  readonly dayType?: number | null;
};

export function StatusChip({ status, dayType = null }: StatusChipProps) {
  const { t } = useTranslation('attendance');
  const isNumbered = status === 'unknown_day_type' && dayType !== null;
  return (
    <StateChip mark={statusMarks[status]}>
      {t(`status.${status}`)}
      {isNumbered ? ` (${dayType})` : null}
    </StateChip>
  );
}
