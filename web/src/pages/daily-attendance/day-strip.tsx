import { ActionIcon, TextInput, VisuallyHidden } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { isDate } from '../../time/is-date.ts';
import { now } from '../../time/now.ts';
import { useFormats } from '../../time/use-formats.ts';
import classes from './day-strip.module.css';

const route = getRouteApi('/daily-attendance');

type DayStripProps = {
  /** Unknown until the server has said which day it shows. */
  readonly date: string | undefined;
  readonly zone: string | undefined;
};

/** Two weeks of days to go to; the one shown is among them, and so is today where the organisation is. */
export function DayStrip({ date, zone }: DayStripProps) {
  const { t } = useTranslation('daily');
  const navigate = route.useNavigate();
  const isNarrow = useMediaQuery('(max-width: 62em)', undefined, { getInitialValueInEffect: false });
  const today = zone === undefined ? undefined : now().toZonedDateTimeISO(zone).toPlainDate().toString();
  const go = (to: string) =>
    void navigate({ search: (search) => ({ ...search, date: to, person: undefined }) });
  const step = (days: number) => {
    if (date !== undefined) go(Temporal.PlainDate.from(date).add({ days }).toString());
  };
  return (
    <nav className={classes.strip} aria-label={t('days')}>
      <ActionIcon
        variant="default"
        size={36}
        aria-label={t('earlier')}
        disabled={date === undefined}
        onClick={() => step(-1)}
      >
        <IconChevronLeft size={18} />
      </ActionIcon>
      <ol className={classes.days}>
        {daysAround(date, today, isNarrow ? 7 : 14).map((day) => (
          <DayLink key={day} day={day} isShown={day === date} isToday={day === today} />
        ))}
      </ol>
      <ActionIcon
        variant="default"
        size={36}
        aria-label={t('later')}
        disabled={date === undefined || (today !== undefined && date >= today)}
        onClick={() => step(1)}
      >
        <IconChevronRight size={18} />
      </ActionIcon>
      <TextInput
        type="date"
        aria-label={t('chooseDate')}
        value={date ?? ''}
        max={today}
        onChange={({ currentTarget: { value } }) => {
          if (isDate(value)) go(value);
        }}
      />
    </nav>
  );
}

function DayLink(props: { readonly day: string; readonly isShown: boolean; readonly isToday: boolean }) {
  const { day, isShown, isToday } = props;
  const formats = useFormats();
  return (
    <li>
      <Link
        from="/daily-attendance"
        to="."
        search={(search) => ({ ...search, date: day, person: undefined })}
        className={classes.day}
        data-shown={isShown ? '' : undefined}
        data-today={isToday ? '' : undefined}
        aria-current={isShown ? 'date' : undefined}
      >
        <span className={classes.weekday}>{formats.weekday(day)} </span>
        <span>{formats.dayOfMonth(day)}</span>
        <VisuallyHidden> {formats.monthAndYear(day)}</VisuallyHidden>
      </Link>
    </li>
  );
}

/** The days of the strip, oldest first: they end with today, unless the one shown is further back. */
function daysAround(date: string | undefined, today: string | undefined, count: number): readonly string[] {
  if (date === undefined || today === undefined) return [];
  const shown = Temporal.PlainDate.from(date);
  const last = Temporal.PlainDate.from(today);
  const isNear = shown.until(last, { largestUnit: 'days' }).days < count;
  const end = isNear ? last : shown.add({ days: Math.floor(count / 2) });
  return Array.from({ length: count }, (_none, index) =>
    end.subtract({ days: count - 1 - index }).toString(),
  );
}
