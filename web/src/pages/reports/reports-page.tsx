import '../../words/report-words.ts';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { PageFrame } from '../../parts/page-frame.tsx';
import { reportGroups } from './report-list.ts';
import classes from './reports-page.module.css';

/** Every report there is, by what somebody looks for. */
export function ReportsPage() {
  const { t } = useTranslation('reports');
  return (
    <PageFrame title={t('title')} summary={t('summary')} width="wide">
      {reportGroups.map(({ name, reports }) => (
        <section key={name} aria-labelledby={`reports-${name}`}>
          <h2 id={`reports-${name}`} className={classes.heading}>
            {t(`group.${name}`)}
          </h2>
          <ul className={classes.list}>
            {reports.map(({ id }) => (
              <li key={id}>
                <Link to="/reports/$report" params={{ report: id }} className={classes.report}>
                  <span className={classes.name}>{t(`report.${id}.title`)}</span>
                  <span className={classes.about}>{t(`report.${id}.about`)}</span>
                </Link>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </PageFrame>
  );
}
