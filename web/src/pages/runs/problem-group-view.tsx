import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Mark } from '../../parts/mark.tsx';
import { useFormats } from '../../time/use-formats.ts';
import { useProblemWords } from '../../words/use-problem-words.ts';
import type { ProblemGroup } from './group-problems.ts';
import classes from './problem-group-view.module.css';
import { ProblemLine } from './problem-line.tsx';
import { type MendContext, ProblemMend } from './problem-mend.tsx';

const marks = { failure: 'cross', action: 'triangle', notice: 'info' } as const;
const shownAtFirst = 5;

/** One kind of problem: what it is, what to do, and whom it concerns. */
type ProblemGroupViewProps = { readonly group: ProblemGroup; readonly mending: MendContext };

export function ProblemGroupView({ group, mending }: ProblemGroupViewProps) {
  const problemWords = useProblemWords();
  const { t } = useTranslation('runs');
  const formats = useFormats();
  const [isWhole, setWhole] = useState(false);
  const { code, severity, problems } = group;
  const { title: whatHappened, whatToDo } = problemWords(code, {
    title: group.whatHappened,
    whatToDo: group.whatToDo,
  });
  // A problem of the run as a whole says all in its sentence.
  const lines = problems.filter(({ name, sourceGuid, employeeId, date }) =>
    [name, sourceGuid, employeeId, date].some((one) => one !== null),
  );
  const shown = isWhole ? lines : lines.slice(0, shownAtFirst);
  return (
    <section className={classes.group} data-severity={severity}>
      <div className={classes.head}>
        <span className={classes.mark}>
          <Mark shape={marks[severity]} />
        </span>
        <h3 className={classes.title}>{whatHappened}</h3>
        {problems.length > 1 ? (
          <span className={classes.count}>{formats.number(problems.length)}</span>
        ) : null}
      </div>
      <p className={classes.todo}>
        {whatToDo}{' '}
        <Link to="/problems/$code" params={{ code }} aria-label={`${t('more')}: ${whatHappened}`}>
          {t('more')}
        </Link>
      </p>
      <ProblemMend code={code} context={mending} />
      {shown.length === 0 ? null : (
        <ul className={classes.lines}>
          {shown.map((problem, index) => (
            <ProblemLine
              key={`${problem.sourceGuid} ${problem.employeeId} ${problem.date} ${index}`}
              problem={problem}
            />
          ))}
        </ul>
      )}
      {lines.length > shownAtFirst ? (
        <Button variant="subtle" size="compact-sm" className="not-printed" onClick={() => setWhole(!isWhole)}>
          {isWhole ? t('fewer') : t('all', { count: lines.length })}
        </Button>
      ) : null}
    </section>
  );
}
