import { VisuallyHidden } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { DateCoverage } from '../../../../src/contract/overview.ts';
import { Mark } from '../../parts/mark.tsx';
import { useFormats } from '../../time/use-formats.ts';
import classes from './coverage-calendar.module.css';
import { beforeFirstMark, coverageMarks } from './coverage-marks.ts';

type CoverageCellProps = {
  readonly day: DateCoverage;
  readonly isToday: boolean;
  readonly isBeforeFirst: boolean;
};

export function CoverageCell({ day, isToday, isBeforeFirst }: CoverageCellProps) {
  const { t } = useTranslation('overview');
  const formats = useFormats();
  const { date, state, people, changed, run } = day;
  const isBefore = state === 'not_read' && isBeforeFirst;
  const { tone, shape } = isBefore ? beforeFirstMark : coverageMarks[state];
  const words = [
    isBefore ? t('beforeFirst') : t(`coverageState.${state}`),
    people === null ? null : t('people', { count: people }),
    changed === 0 ? null : t('changed', { count: changed }),
  ].filter((one) => one !== null);
  const content = (
    <>
      <span className={classes.number}>{formats.dayOfMonth(date)}</span>
      <Mark shape={shape} />
      {changed === 0 ? null : <span className={classes.changed}>+{formats.number(changed)}</span>}
      <VisuallyHidden>
        {formats.monthAndYear(date)}: {words.join(', ')}
      </VisuallyHidden>
    </>
  );
  const shared = {
    className: classes.cell,
    'data-tone': tone,
    'data-today': isToday ? '' : undefined,
    title: words.join(', '),
  };
  return (
    <td>
      {run !== null && state !== 'complete' ? (
        <Link to="/runs/$run" params={{ run }} {...shared}>
          {content}
        </Link>
      ) : state === 'to_come' && !isToday ? (
        <span {...shared}>{content}</span>
      ) : (
        <Link to="/daily-attendance" search={{ date }} {...shared}>
          {content}
        </Link>
      )}
    </td>
  );
}
