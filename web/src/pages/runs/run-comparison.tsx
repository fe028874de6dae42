import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { IntegrationReport } from '../../../../src/contract/integration-report.ts';
import { questionOf } from '../../api/question.ts';
import { Failure } from '../../parts/failure.tsx';
import { SimpleTable } from '../../parts/simple-table.tsx';
import { useFormats } from '../../time/use-formats.ts';
import { useProblemWords } from '../../words/use-problem-words.ts';
import { compareRuns, type ProblemDifference } from './compare-runs.ts';
import classes from './run-comparison.module.css';

/** How far back the run before is looked for. */
const mostRuns = 50;

/** What is new and what is gone since the run before; read when somebody wants to know. */
export function RunComparison({ report }: { readonly report: IntegrationReport }) {
  const { t } = useTranslation('runs');
  const formats = useFormats();
  const [isOpen, setOpen] = useState(false);
  const { run, zone } = report;
  const { data: runs } = useQuery(
    questionOf('GET /api/v1/runs', { query: { connection: run.connectionId, limit: mostRuns } }),
  );
  const before = runs?.find(
    ({ id, startedAt, endedAt }) => id !== run.id && endedAt !== null && startedAt <= run.startedAt,
  );
  if (run.endedAt === null || before === undefined) return null;
  return (
    <details className={classes.details} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('compare.open', { moment: formats.moment(before.startedAt, zone) })}</summary>
      {isOpen ? <Differences report={report} before={before.id} /> : null}
    </details>
  );
}

function Differences({ report, before }: { readonly report: IntegrationReport; readonly before: string }) {
  const { t } = useTranslation('runs');
  const formats = useFormats();
  const { data, error, refetch } = useQuery(
    questionOf('GET /api/v1/reports/integration', { query: { run: before } }),
  );
  if (data === undefined) {
    return error === null ? (
      <Skeleton height={240} />
    ) : (
      <Failure error={error} title={t('failedTitle')} onRetry={() => void refetch()} />
    );
  }
  const { counts, appeared, gone } = compareRuns(report, data);
  return (
    <div className={classes.differences}>
      <SimpleTable
        title={t('compare.title')}
        head={[t('compare.what'), t('compare.now'), t('compare.before'), t('compare.difference')]}
        numeric={[1, 2, 3]}
        rows={counts.map(({ name, now, before: was }) => ({
          key: name,
          cells: [
            name === 'requests' ? t('requests') : t(`column.${name}`),
            formats.number(now),
            formats.number(was),
            formats.difference(now - was),
          ],
        }))}
      />
      {appeared.length === 0 && gone.length === 0 ? <p>{t('compare.same')}</p> : null}
      <ProblemDifferences title={t('compare.only')} differences={appeared} />
      <ProblemDifferences title={t('compare.gone')} differences={gone} />
      <p>
        <Link to="/runs/$run" params={{ run: before }}>
          {t('runOf', { dates: formats.moment(data.run.startedAt, data.zone) })}
        </Link>
      </p>
    </div>
  );
}

const namesShown = 6;

function ProblemDifferences({
  title,
  differences,
}: {
  readonly title: string;
  readonly differences: readonly ProblemDifference[];
}) {
  const { t } = useTranslation('runs');
  const problemWords = useProblemWords();
  if (differences.length === 0) return null;
  return (
    <section>
      <h3 className={classes.title}>{title}</h3>
      <ul className={classes.list}>
        {differences.map(({ code, whatHappened, who, count }) => (
          <li key={code}>
            {problemWords(code, { title: whatHappened, whatToDo: null }).title}{' '}
            <span className={classes.soft}>
              {who.length === 0
                ? t('compare.people', { count })
                : who.slice(0, namesShown).join(', ') + (who.length > namesShown ? ` … (${who.length})` : '')}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
