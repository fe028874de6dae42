import { useTranslation } from 'react-i18next';
import { drawings } from './drawings.tsx';
import classes from './keka-guide.module.css';

const steps = [1, 2, 3, 4, 5, 6] as const;

/** What an administrator does in Keka, step by step: words that suffice, and a drawing beside each. */
export function KekaGuide() {
  const { t } = useTranslation('connections', { keyPrefix: 'guide' });
  return (
    <div>
      <p className={classes.who}>{t('who')}</p>
      <ol className={classes.steps}>
        {steps.map((step, index) => {
          const Drawing = drawings[index];
          return (
            <li key={step} className={classes.step}>
              <h3 className={classes.name}>{t(`step${step}`)}</h3>
              <p className={classes.text}>{t(`text${step}`)}</p>
              {Drawing === undefined ? null : <Drawing />}
            </li>
          );
        })}
      </ol>
    </div>
  );
}
