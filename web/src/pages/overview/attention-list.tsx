import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Attention } from '../../../../src/contract/overview.ts';
import { Mark } from '../../parts/mark.tsx';
import { Notice } from '../../parts/notice.tsx';
import { useFormats } from '../../time/use-formats.ts';
import { useProblemWords } from '../../words/use-problem-words.ts';
import classes from './attention-list.module.css';

const marks = { failure: 'cross', action: 'triangle' } as const;

/** What somebody has to do something about, by kind, each with the way to it. */
export function AttentionList({ attention }: { readonly attention: readonly Attention[] }) {
  const { t } = useTranslation('overview');
  const formats = useFormats();
  const problemWords = useProblemWords();
  return (
    <section>
      <h2 className={classes.heading}>{t('attention')}</h2>
      {attention.length === 0 ? <Notice tone="success" text={t('nothing')} /> : null}
      <ul className={classes.list}>
        {attention.map(({ code, severity, count, run, ...english }) => {
          const { title, whatToDo } = problemWords(code, english);
          return (
            <li key={code} className={classes.item} data-severity={severity}>
              <span className={classes.mark}>
                <Mark shape={marks[severity]} />
              </span>
              <div>
                <p className={classes.title}>
                  <Link to="/runs/$run" params={{ run }}>
                    {title}
                  </Link>{' '}
                  <span className={classes.count}>{formats.number(count)}</span>
                </p>
                <p className={classes.todo}>
                  {whatToDo}{' '}
                  <Link to="/problems/$code" params={{ code }} aria-label={`${t('more')}: ${title}`}>
                    {t('more')}
                  </Link>
                </p>
              </div>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
