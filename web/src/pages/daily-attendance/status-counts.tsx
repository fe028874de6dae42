import { getRouteApi, Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { DailyRow } from '../../../../src/contract/daily-report.ts';
import { StatusChip } from '../../attendance/status-chip.tsx';
import { statusMarks } from '../../attendance/status-marks.ts';
import classes from '../../parts/count-links.module.css';
import { useFormats } from '../../time/use-formats.ts';
import type { DailySearch } from './daily-search.ts';
import { countStatuses } from './filter-rows.ts';

const route = getRouteApi('/daily-attendance');

type StatusCountsProps = { readonly rows: readonly DailyRow[]; readonly search: DailySearch };

/** How many there are of each status; a click shows these alone, another one everybody again. */
export function StatusCounts({ rows, search }: StatusCountsProps) {
  const { t } = useTranslation('daily');
  const formats = useFormats();
  const { q, team, location, flag } = search;
  const counts = useMemo(
    () => countStatuses(rows, { q, team, location, flag }),
    [rows, q, team, location, flag],
  );
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const statuses = (Object.keys(statusMarks) as (keyof typeof statusMarks)[]) // keys of a literal
    .filter((status) => counts.has(status) || search.status?.includes(status) === true);
  return (
    <ul className={classes.counts} aria-label={t('counts')}>
      <li>
        <Count to={undefined} isChosen={search.status === undefined}>
          {t('everybody')} <b>{formats.number(all)}</b>
        </Count>
      </li>
      {statuses.map((status) => {
        const isChosen = search.status?.includes(status) === true;
        return (
          <li key={status}>
            <Count to={isChosen ? undefined : [status]} isChosen={isChosen}>
              <StatusChip status={status} /> <b>{formats.number(counts.get(status) ?? 0)}</b>
            </Count>
          </li>
        );
      })}
    </ul>
  );
}

type CountProps = {
  readonly to: readonly string[] | undefined;
  readonly isChosen: boolean;
  readonly children: React.ReactNode;
};

function Count({ to, isChosen, children }: CountProps) {
  return (
    <Link
      from={route.id}
      to="."
      search={(search) => ({ ...search, status: to })}
      replace
      className={classes.count}
      data-chosen={isChosen ? '' : undefined}
      aria-current={isChosen ? 'true' : undefined}
    >
      {children}
    </Link>
  );
}
