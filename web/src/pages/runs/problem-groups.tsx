import { useTranslation } from 'react-i18next';
import type { IntegrationProblem } from '../../../../src/contract/integration-report.ts';
import type { RunDetails } from '../../../../src/contract/runs.ts';
import { Notice } from '../../parts/notice.tsx';
import { groupProblems } from './group-problems.ts';
import { ProblemGroupView } from './problem-group-view.tsx';
import classes from './problem-groups.module.css';
import type { MendContext } from './problem-mend.tsx';

type ProblemGroupsProps = Omit<MendContext, 'connection'> & {
  readonly problems: readonly IntegrationProblem[];
  readonly run: RunDetails;
};

export function ProblemGroups({ problems, run, ...mending }: ProblemGroupsProps) {
  const { t } = useTranslation('runs');
  if (problems.length === 0) {
    return run.state === 'succeeded' ? <Notice tone="success" text={t('noProblems')} /> : null;
  }
  return (
    <section>
      <h2 className={classes.heading}>{t('problems')}</h2>
      {groupProblems(problems).map((group) => (
        <ProblemGroupView
          key={group.code}
          group={group}
          mending={{ ...mending, connection: run.connectionId }}
        />
      ))}
    </section>
  );
}
