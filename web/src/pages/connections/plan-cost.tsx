import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { questionOf } from '../../api/question.ts';
import { useFormats } from '../../time/use-formats.ts';
import fields from './schedule-fields.module.css';
import { readAges, type ScheduleValues } from './schedule-values.ts';

/** Of which connection the cost is asked: one that is stored, or one whose people a test has counted. */
export type PlanOf =
  | { readonly connection: string }
  | { readonly people: number | null; readonly requestsPerMinute: number };

/** What every morning would cost: requests, and the time they take. */
export function PlanCost({ of, schedule }: { readonly of: PlanOf; readonly schedule: ScheduleValues }) {
  const { t } = useTranslation('connections', { keyPrefix: 'schedule' });
  const formats = useFormats();
  const ages = readAges(schedule);
  const recheckAges = [...(ages ?? [])];
  const people = 'connection' in of ? 0 : of.people;
  const stored = useQuery({
    ...questionOf('POST /api/v1/connections/:id/schedule/plan', {
      params: { id: 'connection' in of ? of.connection : '' },
      query: {},
      body: { recheckAges },
    }),
    enabled: 'connection' in of && ages !== null,
    placeholderData: keepPreviousData,
  });
  const planned = useQuery({
    ...questionOf('POST /api/v1/connections/schedule-plan', {
      query: {},
      body: {
        recheckAges,
        people: people ?? 0,
        requestsPerMinute: 'connection' in of ? 1 : of.requestsPerMinute,
      },
    }),
    enabled: !('connection' in of) && people !== null && ages !== null && of.requestsPerMinute >= 1,
    placeholderData: keepPreviousData,
  });
  const plan = 'connection' in of ? stored.data : people === null ? undefined : planned.data;
  if (ages === null) return null;
  return (
    <p className={fields.there} aria-live="polite">
      {plan === undefined || plan.people === 0
        ? t('costUnknown')
        : t('cost', {
            people: formats.number(plan.people),
            requests: formats.number(plan.requests),
            time: formats.seconds(plan.minutes * 60),
          })}
    </p>
  );
}
