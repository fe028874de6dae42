import { useTranslation } from 'react-i18next';
import type { DailyRow, ReportPunch } from '../../../src/contract/daily-report.ts';
import classes from './day-bar.module.css';
import { type DayScale, minutesOf, placeOn } from './day-scale.ts';

type DayBarProps = { readonly row: Pick<DailyRow, 'firstIn' | 'lastOut'>; readonly scale: DayScale };

/** From first in to last out, on the scale of the day. An end without a punch is open and fades. */
export function DayBar({ row: { firstIn, lastOut }, scale }: DayBarProps) {
  const { t } = useTranslation('daily');
  if (firstIn === null && lastOut === null) return <div className={classes.track} />;
  const start = firstIn === null ? 0 : placeOn(scale, minutesOf(firstIn));
  const end = lastOut === null ? Math.min(1, start + 0.12) : placeOn(scale, minutesOf(lastOut));
  const from = firstIn === null ? Math.max(0, end - 0.12) : start;
  return (
    <div className={classes.track} role="img" aria-label={labelOf(firstIn, lastOut, t)}>
      <div
        className={classes.bar}
        data-open={firstIn === null ? 'start' : lastOut === null ? 'end' : undefined}
        style={{ insetInlineStart: `${from * 100}%`, width: `${Math.max(0.01, end - from) * 100}%` }}
      />
    </div>
  );
}

type Translate = ReturnType<typeof useTranslation<'daily'>>['t'];

function labelOf(firstIn: ReportPunch | null, lastOut: ReportPunch | null, t: Translate): string {
  if (lastOut === null) return t('barOpenEnd', { from: firstIn?.time ?? '' });
  if (firstIn === null) return t('barOpenStart', { to: lastOut.time });
  return t('bar', { from: firstIn.time, to: lastOut.time });
}
