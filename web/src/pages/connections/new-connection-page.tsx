import '../../words/connection-words.ts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../../../../src/contract/connections.ts';
import { ask } from '../../api/ask.ts';
import { PageFrame } from '../../parts/page-frame.tsx';
import classes from './connection-form.module.css';
import { ConnectionForm } from './connection-form.tsx';
import { isSame, toChange, toNewConnection, valuesOf } from './form-values.ts';
import { KekaGuide } from './guide/keka-guide.tsx';
import { firstSchedule, toScheduleChange } from './schedule-values.ts';
import { useConnectionForm } from './use-connection-form.ts';

/** The form, and beside it what an administrator does in Keka meanwhile. */
export function NewConnectionPage() {
  const { t } = useTranslation('connections');
  const navigate = useNavigate();
  const queries = useQueryClient();
  const form = useConnectionForm(useMemo(() => valuesOf(null), []));
  // What was made stays made when a later step fails: the next try goes on from there.
  const made = useRef<Connection | null>(null);
  const save = useMutation({
    async mutationFn() {
      const { values } = form;
      made.current =
        made.current === null
          ? await ask('POST /api/v1/connections', { query: {}, body: toNewConnection(values) })
          : await ask('PATCH /api/v1/connections/:id', {
              params: { id: made.current.id },
              query: {},
              body: toChange(values),
            });
      const { id } = made.current;
      const schedule = toScheduleChange(values.schedule);
      if (!isSame(schedule, firstSchedule)) {
        await ask('PATCH /api/v1/connections/:id/schedule', { params: { id }, query: {}, body: schedule });
      }
      return ask('POST /api/v1/connections/:id/runs', { params: { id }, query: {}, body: {} });
    },
    onSuccess: async ({ id }) => {
      await queries.invalidateQueries();
      await navigate({ to: '/runs/$run', params: { run: id } });
    },
    onError: form.showRefusal,
  });
  return (
    <PageFrame title={t('newTitle')} summary={t('newSummary')} width="wide">
      <div className={classes.columns}>
        <details className={classes.folded}>
          <summary>
            <h2>{t('guide.open')}</h2>
          </summary>
          <KekaGuide />
        </details>
        <ConnectionForm
          form={form}
          connection={null}
          isSaving={save.isPending}
          error={save.error}
          onSave={() => save.mutate()}
          mayLeave={save.isPending || save.isSuccess}
        />
        <aside className={classes.guide}>
          <h2>{t('guide.title')}</h2>
          <KekaGuide />
        </aside>
      </div>
    </PageFrame>
  );
}
