import { useTranslation } from 'react-i18next';
import type { ReportPunch } from '../../../src/contract/daily-report.ts';
import classes from './punch-time.module.css';

/** `09:12`, and `06:35 +1` for a punch on the next day. Nothing where there is no punch. */
export function PunchTime({
  punch,
}: {
  readonly punch: Pick<ReportPunch, 'time' | 'dayOffset' | 'instant'> | null;
}) {
  const { t } = useTranslation('daily');
  if (punch === null) return <span className={classes.none}>–</span>;
  const { time, dayOffset, instant } = punch;
  return (
    <time dateTime={instant} title={`${instant.slice(11, 16)} UTC`}>
      {time}
      {dayOffset === 0 ? null : (
        <sup className={classes.offset} title={dayOffset === 1 ? t('nextDay') : undefined}>
          {dayOffset > 0 ? `+${dayOffset}` : dayOffset}
        </sup>
      )}
    </time>
  );
}
