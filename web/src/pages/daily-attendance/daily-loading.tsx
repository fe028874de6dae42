import { Skeleton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './daily-loading.module.css';

/** Stands where counts, filters and rows will be, so that nothing moves when they come. */
export function DailyLoading() {
  const { t } = useTranslation('failures');
  return (
    <div className={classes.loading} role="status" aria-label={t('loading')}>
      <Skeleton height={32} width="60%" />
      <Skeleton height={36} />
      <div className={classes.rows}>
        {Array.from({ length: 14 }, (_none, row) => (
          <Skeleton key={row} height={20} width={`${92 - ((row * 7) % 20)}%`} />
        ))}
      </div>
    </div>
  );
}
