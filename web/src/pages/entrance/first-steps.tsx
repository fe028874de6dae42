import { useTranslation } from 'react-i18next';
import { Mark } from '../../parts/mark.tsx';
import classes from './first-steps.module.css';

const steps = [
  ['owner', 'stepOwner'],
  ['connect', 'stepConnect'],
  ['report', 'stepReport'],
] as const;

/** From nothing to the first report: where one is. */
export function FirstSteps({ current }: { readonly current: (typeof steps)[number][0] }) {
  const { t } = useTranslation('entrance', { keyPrefix: 'owner' });
  const place = steps.findIndex(([name]) => name === current);
  return (
    <ol className={classes.steps} aria-label={t('steps')}>
      {steps.map(([name, words], index) => (
        <li key={name} className={classes.step} {...(index === place ? { 'aria-current': 'step' } : {})}>
          <span className={classes.mark} aria-hidden="true">
            {index < place ? <Mark shape="tick" /> : index + 1}
          </span>
          {t(words)}
        </li>
      ))}
    </ol>
  );
}
