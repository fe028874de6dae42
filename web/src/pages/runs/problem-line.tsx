import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { IntegrationProblem } from '../../../../src/contract/integration-report.ts';
import { useFormats } from '../../time/use-formats.ts';
import classes from './problem-line.module.css';

/** Whom a problem concerns, and which days; a single day leads to the report of it. */
export function ProblemLine({ problem }: { readonly problem: IntegrationProblem }) {
  const { t } = useTranslation('runs');
  const formats = useFormats();
  const { name, employeeId, employeeNumber, date, dateTo, days } = problem;
  const codes = [
    employeeId,
    employeeNumber === null || employeeNumber === employeeId ? null : `Keka ${employeeNumber}`,
  ].filter((one) => one !== null);
  return (
    <li className={classes.line}>
      <span>
        {name ?? (codes.length === 0 ? null : t('noName'))}
        {codes.length === 0 ? null : <span className={classes.soft}> {codes.join(' · ')}</span>}
      </span>
      <span className={classes.dates}>
        {date === null ? null : (
          <Link to="/daily-attendance" search={{ date, q: employeeId ?? employeeNumber ?? undefined }}>
            {dateTo === null || dateTo === date
              ? formats.shortDate(date)
              : `${formats.shortDate(date)} – ${formats.shortDate(dateTo)}`}
          </Link>
        )}
        {days === null || days < 2 ? null : (
          <span className={classes.soft}> {t('days', { count: days })}</span>
        )}
      </span>
    </li>
  );
}
