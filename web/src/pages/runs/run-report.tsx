import { useTranslation } from 'react-i18next';
import type { IntegrationReport } from '../../../../src/contract/integration-report.ts';
import { Facts } from '../../parts/facts.tsx';
import { Figures } from '../../parts/figures.tsx';
import { LinkButton } from '../../parts/link-button.tsx';
import { Notice } from '../../parts/notice.tsx';
import { useFormats } from '../../time/use-formats.ts';
import { useProblemWords } from '../../words/use-problem-words.ts';
import { ProblemGroups } from './problem-groups.tsx';
import { RunChunks } from './run-chunks.tsx';
import { RunComparison } from './run-comparison.tsx';
import { RunPlan } from './run-plan.tsx';
import { RunProgress } from './run-progress.tsx';
import { secondsOf } from './run-words.ts';
import type { Following } from './use-run-events.ts';

type RunReportProps = {
  readonly report: IntegrationReport;
  readonly following: Following;
  readonly onAgain: (acceptUnusualCount: boolean) => void;
  readonly isStarting: boolean;
};

export function RunReport({ report, following, onAgain, isStarting }: RunReportProps) {
  const { t } = useTranslation('runs');
  const formats = useFormats();
  const problemWords = useProblemWords();
  const { run, problems, zone } = report;
  const seconds = secondsOf(run);
  const counts = ['inserted', 'changed', 'unchanged', 'unlinked', 'invalid'] as const;
  const failure =
    run.errorMessage === null || run.errorCode === null
      ? null
      : problemWords(run.errorCode, { title: run.errorMessage, whatToDo: null }).title;
  return (
    <>
      {run.endedAt === null ? <RunProgress run={run} following={following} /> : null}
      {failure === null ? null : (
        <Notice tone={run.state === 'failed' ? 'danger' : 'warning'} title={failure} />
      )}
      <Figures
        label={t('counts')}
        figures={counts.map((id) => ({
          name: t(`column.${id}`),
          value: formats.number(run.counts[id]),
        }))}
      />
      {run.isComplete === true ? (
        <div className="not-printed">
          <LinkButton to="/daily-attendance" search={{ date: run.to }} variant="default">
            {t('openDay', { date: formats.shortDate(run.to) })}
          </LinkButton>
        </div>
      ) : null}
      <ProblemGroups problems={problems} run={run} onAgain={onAgain} isStarting={isStarting} />
      <RunComparison report={report} />
      <RunPlan run={run} zone={zone} />
      <RunChunks chunks={run.chunks} />
      <Facts
        title={t('effort')}
        level={2}
        facts={[
          [t('column.seconds'), seconds === null ? null : formats.seconds(seconds)],
          [t('pages'), formats.number(run.pages)],
          [t('requests'), formats.number(run.requests)],
          [t('retries'), formats.number(run.retries)],
          [t('rateLimited'), formats.number(run.rateLimited)],
          [t('waited'), formats.seconds(run.waitedSeconds)],
          [t('id'), run.id],
        ]}
      />
    </>
  );
}
