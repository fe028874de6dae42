import { useTranslation } from 'react-i18next';
import type { Overview } from '../../../../src/contract/overview.ts';
import { LinkButton } from '../../parts/link-button.tsx';
import { Moment } from '../../parts/moment.tsx';
import { Notice } from '../../parts/notice.tsx';
import { now } from '../../time/now.ts';
import { useFormats } from '../../time/use-formats.ts';
import { FailedNotice } from './failed-notice.tsx';
import { standingOf } from './standing.ts';

/** The answer to the question of the morning, in one sentence with one next step. */
export function StandingNotice({ overview }: { readonly overview: Overview }) {
  const { t } = useTranslation('overview');
  const formats = useFormats();
  const standing = standingOf(overview, now());
  const { lastDay, lastDayCoverage, zone } = overview;
  const openDay = (
    <LinkButton to="/daily-attendance" search={{ date: lastDay }}>
      {t('openDay', { date: formats.shortDate(lastDay) })}
    </LinkButton>
  );
  const day =
    lastDayCoverage?.state === 'complete'
      ? t('dayComplete', { date: formats.date(lastDay), count: lastDayCoverage.people ?? 0 })
      : t('dayNotComplete', { date: formats.date(lastDay) });
  switch (standing.kind) {
    case 'no_connection':
      return <NotConnected />;
    case 'running':
      return (
        <Notice
          tone="info"
          title={t('runningTitle')}
          text={day}
          action={
            <LinkButton to="/runs/$run" params={{ run: standing.run }}>
              {t('watchRun')}
            </LinkButton>
          }
        />
      );
    case 'never_fetched':
      return (
        <Notice
          tone="info"
          title={t('neverTitle')}
          text={t('neverText')}
          action={<LinkButton to="/connections">{t('fetch')}</LinkButton>}
        />
      );
    case 'failed':
      return <FailedNotice connection={standing.connection} zone={zone} />;
    case 'stale':
      return (
        <Notice
          tone="warning"
          title={t('staleTitle')}
          text={
            <>
              {t('dataAsOf')} <Moment instant={standing.since} zone={zone} />
            </>
          }
          action={<LinkButton to="/runs">{t('seeRuns')}</LinkButton>}
        />
      );
    case 'attention':
    case 'good':
      return (
        <Notice
          tone="success"
          title={day}
          text={standing.kind === 'good' ? t('goodText') : t('attentionBelow', { count: standing.count })}
          action={openDay}
        />
      );
  }
}

function NotConnected() {
  const { t } = useTranslation('overview');
  return (
    <Notice
      tone="info"
      title={t('noConnectionTitle')}
      text={t('noConnectionText')}
      action={<LinkButton to="/connections/new">{t('connect')}</LinkButton>}
    />
  );
}
