import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { IntegrationReport } from '../../../../src/contract/integration-report.ts';
import { hasCode } from '../../api/api-problem.ts';
import { questionOf } from '../../api/question.ts';
import { Failure } from '../../parts/failure.tsx';
import { LinkButton } from '../../parts/link-button.tsx';
import { Moment } from '../../parts/moment.tsx';
import { Notice } from '../../parts/notice.tsx';
import { PageFrame } from '../../parts/page-frame.tsx';
import { RunStateChip } from '../../runs/run-state-chip.tsx';
import { useStartRun } from '../../runs/use-start-run.ts';
import { useFormats } from '../../time/use-formats.ts';
import { RunActions } from './run-actions.tsx';
import classes from './run-page.module.css';
import { RunReport } from './run-report.tsx';
import { datesOf } from './run-words.ts';
import { useRunEvents } from './use-run-events.ts';

const route = getRouteApi('/runs/$run');

/** One run from plan to problems: what was asked, what came, and who has to do something about it. */
export function RunPage() {
  const { run: id } = route.useParams();
  const { t } = useTranslation('runs');
  const {
    data: report,
    error,
    refetch,
  } = useQuery(questionOf('GET /api/v1/reports/integration', { query: { run: id } }));
  // What was typed or done on the page of one run is not that of another.
  if (report !== undefined) return <KnownRun key={report.run.id} report={report} />;
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

function KnownRun({ report }: { readonly report: IntegrationReport }) {
  const { t } = useTranslation('runs');
  const formats = useFormats();
  const { run, zone } = report;
  const following = useRunEvents(run.id, run.endedAt === null);
  const start = useStartRun();
  const again = (acceptUnusualCount: boolean) =>
    start.mutate({
      connection: run.connectionId,
      body: { from: run.from, to: run.to, acceptUnusualCount },
    });
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
      actions={<RunActions run={run} isStarting={start.isPending} onAgain={() => again(false)} />}
    >
      {start.error === null ? null : (
        <Failure error={start.error} title={t('againFailed')} onRetry={() => again(false)} />
      )}
      <RunReport report={report} following={following} onAgain={again} isStarting={start.isPending} />
    </PageFrame>
  );
}
