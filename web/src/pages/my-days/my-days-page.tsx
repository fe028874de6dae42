import '../../words/report-words.ts';
import { ActionIcon, Skeleton, TextInput } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { RangeReport } from '../../../../src/contract/range-reports.ts';
import { questionOf } from '../../api/question.ts';
import { useZone } from '../../api/use-zone.ts';
import { Failure } from '../../parts/failure.tsx';
import { Figures } from '../../parts/figures.tsx';
import { Notice } from '../../parts/notice.tsx';
import { PageFrame } from '../../parts/page-frame.tsx';
import { now } from '../../time/now.ts';
import { useFormats } from '../../time/use-formats.ts';
import { MonthCalendar } from './month-calendar.tsx';
import { figuresOf } from './month-of-days.ts';
import classes from './my-days.module.css';

const route = getRouteApi('/my-days');

/** An employee's own month: each day with its times, and what it comes to. The server shows nobody else's. */
export function MyDaysPage() {
  const { t } = useTranslation('reports');
  const formats = useFormats();
  const zone = useZone();
  const navigate = route.useNavigate();
  const today = now()
    .toZonedDateTimeISO(zone ?? 'UTC')
    .toPlainDate();
  const { month = today.toString().slice(0, 7) } = route.useSearch();
  const first = Temporal.PlainDate.from(`${month}-01`);
  const last = first.with({ day: first.daysInMonth });
  const isToCome = Temporal.PlainDate.compare(first, today) > 0;
  const { data, error, refetch } = useQuery({
    ...questionOf('GET /api/v1/reports/detailed', {
      query: {
        from: first.toString(),
        // There is nothing to tell of dates to come.
        to: (Temporal.PlainDate.compare(last, today) > 0 ? today : last).toString(),
        limit: 100,
      },
    }),
    enabled: zone !== undefined && !isToCome,
  });
  return (
    <PageFrame
      title={t('mine.title')}
      summary={
        data === undefined
          ? ' '
          : `${formats.monthAndYear(first.toString())} · ${t('timesIn', { zone: data.zone })}`
      }
      width="wide"
    >
      <MonthField first={first} onGo={(to) => void navigate({ search: { month: to }, replace: true })} />
      {isToCome ? (
        <Notice title={t('mine.noneTitle')} />
      ) : error !== null ? (
        <Failure error={error} title={t('failedTitle')} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <div role="status" aria-label={t('mine.title')}>
          <Skeleton height={60} mb={16} />
          <Skeleton height={420} />
        </div>
      ) : (
        <>
          {data.rows.length === 0 ? <Notice title={t('mine.noneTitle')} text={t('mine.noneText')} /> : null}
          <MonthFigures first={first} rows={data.rows} />
          <MonthCalendar month={month} rows={data.rows} today={today.toString()} />
        </>
      )}
    </PageFrame>
  );
}

type MonthFieldProps = {
  readonly first: Temporal.PlainDate;
  readonly onGo: (month: string) => void;
};

function MonthField({ first, onGo }: MonthFieldProps) {
  const { t } = useTranslation('reports');
  const monthOf = (date: Temporal.PlainDate) => date.toString().slice(0, 7);
  const step = (months: number) => onGo(monthOf(first.add({ months })));
  return (
    <div className={classes.month}>
      <ActionIcon variant="default" size="lg" aria-label={t('mine.previousMonth')} onClick={() => step(-1)}>
        <IconChevronLeft size={18} />
      </ActionIcon>
      <TextInput
        type="month"
        aria-label={t('month')}
        value={monthOf(first)}
        onChange={({ currentTarget: { value } }) => {
          if (/^\d{4}-\d{2}$/.test(value)) onGo(value);
        }}
      />
      <ActionIcon variant="default" size="lg" aria-label={t('mine.nextMonth')} onClick={() => step(1)}>
        <IconChevronRight size={18} />
      </ActionIcon>
    </div>
  );
}

type MonthFiguresProps = {
  readonly first: Temporal.PlainDate;
  readonly rows: RangeReport['rows'];
};

function MonthFigures({ first, rows }: MonthFiguresProps) {
  const { t } = useTranslation('reports');
  const formats = useFormats();
  const { worked, absent, late, minutes } = figuresOf(rows);
  return (
    <Figures
      label={formats.monthAndYear(first.toString())}
      figures={[
        { name: t('column.daysWorked'), value: formats.number(worked) },
        { name: t('column.daysAbsent'), value: formats.number(absent) },
        { name: t('mine.daysLate'), value: formats.number(late) },
        { name: t('mine.hours'), value: formats.duration(minutes) },
      ]}
    />
  );
}
