import { Button, Skeleton } from '@mantine/core';
import { IconDownload, IconPrinter } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { hasCode } from '../../api/api-problem.ts';
import { addressOf } from '../../api/ask.ts';
import { questionOf } from '../../api/question.ts';
import { Failure } from '../../parts/failure.tsx';
import { LinkButton } from '../../parts/link-button.tsx';
import { Moment } from '../../parts/moment.tsx';
import { Notice } from '../../parts/notice.tsx';
import { PageFrame } from '../../parts/page-frame.tsx';
import { RunStateChip } from '../../runs/run-state-chip.tsx';
import { useFormats } from '../../time/use-formats.ts';
import classes from './run-page.module.css';
import { RunReport } from './run-report.tsx';
import { datesOf } from './run-words.ts';

const route = getRouteApi('/runs/$run');
const refreshMilliseconds = 2000;

/** One run from plan to problems: what was asked, what came, and who has to do something about it. */
export function RunPage() {
  const { run: id } = route.useParams();
  const { t } = useTranslation('runs');
  const formats = useFormats();
  const question = { query: { run: id } };
  const {
    data: report,
    error,
    refetch,
  } = useQuery({
    ...questionOf('GET /api/v1/reports/integration', question),
    refetchInterval: ({ state }) => (state.data?.run.state === 'running' ? refreshMilliseconds : false),
  });
  if (report === undefined) {
    return (
      <PageFrame title={t('runTitle')} summary=" ">
        {error === null ? (
          <Skeleton height={360} />
        ) : hasCode(error, 'not_found', 'invalid_input') ? (
          <Notice
            title={t('unknownTitle')}
            text={t('unknownText')}
            action={<LinkButton to="/runs">{t('toRuns')}</LinkButton>}
          />
        ) : (
          <Failure error={error} title={t('failedTitle')} onRetry={() => void refetch()} />
        )}
      </PageFrame>
    );
  }
  const { run, zone } = report;
  return (
    <PageFrame
      title={t('runOf', { dates: datesOf(run, formats) })}
      summary={
        <span className={classes.summary}>
          <RunStateChip state={run.state} />
          <span>
            {t(`trigger.${run.trigger}`)} · {run.connection} · <Moment instant={run.startedAt} zone={zone} />
          </span>
        </span>
      }
      actions={
        <>
          <Button
            component="a"
            variant="default"
            download
            href={addressOf('GET /api/v1/reports/integration', { query: { run: id, format: 'csv' } })}
            leftSection={<IconDownload size={16} aria-hidden="true" />}
          >
            CSV
          </Button>
          <Button
            variant="default"
            visibleFrom="sm"
            leftSection={<IconPrinter size={16} aria-hidden="true" />}
            onClick={() => globalThis.print()}
          >
            {t('print')}
          </Button>
        </>
      }
    >
      <RunReport report={report} />
    </PageFrame>
  );
}
