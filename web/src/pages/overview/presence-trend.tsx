import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Overview } from '../../../../src/contract/overview.ts';
import { useFormats } from '../../time/use-formats.ts';
import classes from './presence-trend.module.css';

type TrendDay = Overview['trend'][number];

/** Present and absent on each of the last days, as bars on one scale; the figures are in the table itself. */
export function PresenceTrend({ trend }: { readonly trend: Overview['trend'] }) {
  const { t } = useTranslation('overview');
  const formats = useFormats();
  const most = Math.max(1, ...trend.map((day) => presentOf(day) + absentOf(day)));
  return (
    <section>
      <h2 className={classes.heading}>{t('trend')}</h2>
      <table className={classes.trend}>
        <thead>
          <tr>
            <th scope="col">{t('date')}</th>
            <th scope="col" colSpan={2}>
              {t('present')}
            </th>
            <th scope="col">{t('absent')}</th>
          </tr>
        </thead>
        <tbody>
          {trend.map((day) => (
            <tr key={day.date}>
              <th scope="row">
                <Link to="/daily-attendance" search={{ date: day.date }}>
                  {formats.weekday(day.date)} {formats.shortDate(day.date)}
                </Link>
              </th>
              <td className={classes.figure}>{formats.number(presentOf(day))}</td>
              <td className={classes.bars}>
                <span className={classes.bar} style={{ width: `${(presentOf(day) / most) * 100}%` }} />
                <span
                  className={classes.bar}
                  data-absent=""
                  style={{ width: `${(absentOf(day) / most) * 100}%` }}
                />
              </td>
              <td className={classes.figure}>{formats.number(absentOf(day))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function presentOf({ statuses }: TrendDay): number {
  return (statuses['present'] ?? 0) + (statuses['half_day'] ?? 0) + (statuses['in_progress'] ?? 0);
}

function absentOf({ statuses }: TrendDay): number {
  return statuses['absent'] ?? 0;
}
