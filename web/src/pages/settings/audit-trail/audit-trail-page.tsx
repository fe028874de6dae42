import { Button, Skeleton } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addressOf } from '../../../api/ask.ts';
import { questionOf } from '../../../api/question.ts';
import { useZone } from '../../../api/use-zone.ts';
import { Failure } from '../../../parts/failure.tsx';
import { Notice } from '../../../parts/notice.tsx';
import { SettingsFrame } from '../settings-frame.tsx';
import { AuditEntries } from './audit-entries.tsx';
import { AuditFilters } from './audit-filters.tsx';
import classes from './audit-trail.module.css';

const route = getRouteApi('/settings/audit-trail');
const atFirst = 100;
const atMost = 10_000;

/** Who changed what and when, to be searched and taken along. */
export function AuditTrailPage() {
  const { t } = useTranslation('settings');
  const zone = useZone();
  const { q, by } = route.useSearch();
  const navigate = route.useNavigate();
  const [limit, setLimit] = useState(atFirst);
  const asked = q === undefined ? {} : { search: q.slice(0, 200) };
  const { data, error, refetch } = useQuery({
    ...questionOf('GET /api/v1/audit-trail', { query: { ...asked, limit } }),
    placeholderData: keepPreviousData,
  });
  const shown = data?.filter(({ actor }) => by === undefined || actor.kind === by);
  const isFiltered = q !== undefined || by !== undefined;
  const clear = () => void navigate({ search: {}, replace: true });
  return (
    <SettingsFrame
      title={t('auditTrail')}
      summary={t('audit.summary')}
      actions={
        <Button
          component="a"
          variant="default"
          href={addressOf('GET /api/v1/audit-trail', { query: { ...asked, limit: atMost, format: 'csv' } })}
          download
        >
          {t('audit.csv')}
        </Button>
      }
    >
      <AuditFilters />
      {error !== null && data === undefined ? (
        <Failure error={error} title={t('audit.failedTitle')} onRetry={() => void refetch()} />
      ) : data === undefined || shown === undefined || zone === undefined ? (
        <div role="status" aria-label={t('auditTrail')}>
          <Skeleton height={320} />
        </div>
      ) : shown.length === 0 && isFiltered ? (
        <Notice
          title={t('audit.filteredTitle')}
          action={<Button onClick={clear}>{t('audit.clear')}</Button>}
        />
      ) : shown.length === 0 ? (
        <Notice title={t('audit.emptyTitle')} text={t('audit.emptyText')} />
      ) : (
        <>
          <p className={classes.count} aria-live="polite">
            {t('audit.shown', { count: shown.length })}
          </p>
          <AuditEntries entries={shown} zone={zone} />
        </>
      )}
      {data !== undefined && data.length >= limit && limit < atMost ? (
        <div>
          <Button variant="default" onClick={() => setLimit(Math.min(limit * 5, atMost))}>
            {t('audit.more')}
          </Button>
        </div>
      ) : null}
    </SettingsFrame>
  );
}
