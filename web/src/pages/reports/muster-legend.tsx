import { useTranslation } from 'react-i18next';
import { musterCodes } from './muster-codes.ts';
import classes from './muster-legend.module.css';

/** What the codes of the muster roll mean. */
export function MusterLegend() {
  const { t } = useTranslation('reports');
  return (
    <dl className={classes.legend} aria-label={t('codes')}>
      {musterCodes.map((code) => (
        <div key={code} className={classes.code}>
          <dt>{code}</dt>
          <dd>{t(`code.${code}`)}</dd>
        </div>
      ))}
    </dl>
  );
}
