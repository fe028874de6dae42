import { useTranslation } from 'react-i18next';
import type { ReportStatus } from '../../../src/contract/daily-report.ts';
import { Mark } from '../parts/mark.tsx';
import classes from './status-chip.module.css';
import { statusMarks } from './status-marks.ts';

type StatusChipProps = {
  readonly status: ReportStatus;
  /** The number of a day type that nobody knows. */
  readonly dayType?: number | null;
};

export function StatusChip({ status, dayType = null }: StatusChipProps) {
  const { t } = useTranslation('attendance');
  const { tone, shape } = statusMarks[status];
  const isNumbered = status === 'unknown_day_type' && dayType !== null;
  return (
    <span className={classes.chip} data-tone={tone}>
      <Mark shape={shape} />
      <span>
        {t(`status.${status}`)}
        {isNumbered ? ` (${dayType})` : null}
      </span>
    </span>
  );
}
