import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { DateCoverage } from '../../../../src/contract/overview.ts';
import { questionOf } from '../../api/question.ts';
import { Failure } from '../../parts/failure.tsx';
import { Mark } from '../../parts/mark.tsx';
import { useFormats } from '../../time/use-formats.ts';
import classes from './coverage-calendar.module.css';
import { CoverageCell } from './coverage-cell.tsx';
import { beforeFirstMark, coverageMarks, coverageStates } from './coverage-marks.ts';

const weeks = 6;

/** Each date of the last weeks, and how well it is known. A bad one leads to its run. */
export function CoverageCalendar({ today }: { readonly today: string }) {
  const { t } = useTranslation('overview');
  const formats = useFormats();
  const monday = mondayOf(today);
  const from = monday.subtract({ weeks: weeks - 1 });
  const { data, error, refetch } = useQuery(
    questionOf('GET /api/v1/coverage', {
      query: { from: from.toString(), to: monday.add({ days: 6 }).toString() },
    }),
  );
  // What nobody has ever asked for is no gap.
  const firstRead = data?.find(({ readAt }) => readAt !== null)?.date;
  return (
    <section>
      <h2 className={classes.heading}>{t('coverage')}</h2>
      {error !== null && data === undefined ? (
        <Failure error={error} title={t('failedTitle')} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <Skeleton height={weeks * 44 + 28} />
      ) : (
        <table className={classes.calendar}>
          <thead>
            <tr>
              {Array.from({ length: 7 }, (_none, day) => (
                <th key={day} scope="col">
                  {formats.weekday(monday.add({ days: day }).toString())}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {weeksOf(data).map((week) => (
              <tr key={week[0]?.date}>
                {week.map((day) => (
                  <CoverageCell
                    key={day.date}
                    day={day}
                    isToday={day.date === today}
                    isBeforeFirst={firstRead === undefined || day.date < firstRead}
                  />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <ul className={classes.legend} aria-label={t('legend')}>
        {coverageStates.map((state) => (
          <li key={state} data-tone={coverageMarks[state].tone}>
            <Mark shape={coverageMarks[state].shape} /> <span>{t(`coverageState.${state}`)}</span>
          </li>
        ))}
        <li data-tone={beforeFirstMark.tone}>
          <Mark shape={beforeFirstMark.shape} /> <span>{t('beforeFirst')}</span>
        </li>
        <li>
          <span className={classes.changed}>+3</span> <span>{t('changedLater')}</span>
        </li>
      </ul>
    </section>
  );
}

function mondayOf(date: string): Temporal.PlainDate {
  const day = Temporal.PlainDate.from(date);
  return day.subtract({ days: day.dayOfWeek - 1 });
}

function weeksOf(days: readonly DateCoverage[]): readonly (readonly DateCoverage[])[] {
  return Array.from({ length: Math.ceil(days.length / 7) }, (_none, week) =>
    days.slice(week * 7, week * 7 + 7),
  );
}
