import { useTranslation } from 'react-i18next';
import type { IntegrationReport } from '../../../../src/contract/integration-report.ts';
import { Facts } from '../../parts/facts.tsx';
import { Figures } from '../../parts/figures.tsx';
import { Notice } from '../../parts/notice.tsx';
import { useFormats } from '../../time/use-formats.ts';
import { ProblemGroups } from './problem-groups.tsx';
import { RunChunks } from './run-chunks.tsx';
import { secondsOf } from './run-words.ts';

export function RunReport({ report }: { readonly report: IntegrationReport }) {
  const { t } = useTranslation('runs');
  const formats = useFormats();
  const { run, problems } = report;
  const seconds = secondsOf(run);
  const counts = ['inserted', 'changed', 'unchanged', 'unlinked', 'invalid'] as const;
  return (
    <>
      {run.state === 'running' ? <Notice tone="info" text={t('goingOn')} isLive /> : null}
      {run.errorMessage === null ? null : (
        <Notice tone={run.state === 'failed' ? 'danger' : 'warning'} title={run.errorMessage} />
      )}
      <Figures
        label={t('counts')}
        figures={counts.map((id) => ({
          name: t(`column.${id}`),
          value: formats.number(run.counts[id]),
        }))}
      />
      <ProblemGroups problems={problems} run={run} />
      <RunChunks chunks={run.chunks} />
      <Facts
        title={t('effort')}
        facts={[
          [t('column.seconds'), seconds === null ? null : t('seconds', { seconds: formats.number(seconds) })],
          [t('pages'), formats.number(run.pages)],
          [t('requests'), formats.number(run.requests)],
          [t('retries'), formats.number(run.retries)],
          [t('rateLimited'), formats.number(run.rateLimited)],
          [t('waited'), t('seconds', { seconds: formats.number(run.waitedSeconds) })],
          [t('id'), run.id],
        ]}
      />
    </>
  );
}
