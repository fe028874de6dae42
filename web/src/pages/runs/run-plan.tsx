import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { RunDetails } from '../../../../src/contract/runs.ts';
import { Facts } from '../../parts/facts.tsx';
import { Moment } from '../../parts/moment.tsx';
import { useFormats } from '../../time/use-formats.ts';
import { datesOf } from './run-words.ts';

/** Which dates the run was to read, why, and when. */
export function RunPlan({ run, zone }: { readonly run: RunDetails; readonly zone: string }) {
  const { t } = useTranslation('runs');
  const formats = useFormats();
  const moment = (instant: string | null) =>
    instant === null ? null : <Moment instant={instant} zone={zone} />;
  return (
    <Facts
      title={t('plan.title')}
      level={2}
      facts={[
        [t('plan.dates'), run.windows.map((window) => datesOf(window, formats)).join(', ')],
        [t('plan.trigger'), t(`trigger.${run.trigger}`)],
        [t('plan.due'), moment(run.dueAt)],
        [t('plan.attempt'), run.attempt > 1 ? formats.number(run.attempt) : null],
        [
          t('plan.follows'),
          run.follows === null ? null : (
            <Link to="/runs/$run" params={{ run: run.follows }}>
              {t('plan.earlier')}
            </Link>
          ),
        ],
        [t('plan.requested'), moment(run.requestedAt)],
        [t('plan.started'), run.state === 'queued' ? null : moment(run.startedAt)],
        [t('plan.ended'), moment(run.endedAt)],
      ]}
    />
  );
}
