import '../../words/connection-words.ts';
import { Skeleton } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../../../../src/contract/connections.ts';
import type { ScheduleStatus } from '../../../../src/contract/schedules.ts';
import { hasCode } from '../../api/api-problem.ts';
import { ask } from '../../api/ask.ts';
import { questionOf } from '../../api/question.ts';
import { Failure } from '../../parts/failure.tsx';
import { LinkButton } from '../../parts/link-button.tsx';
import { Notice } from '../../parts/notice.tsx';
import { PageFrame } from '../../parts/page-frame.tsx';
import classes from './connection-form.module.css';
import { ConnectionForm } from './connection-form.tsx';
import { isSame, toChange, valuesOf } from './form-values.ts';
import { KekaGuide } from './guide/keka-guide.tsx';
import { scheduleValuesOf, toScheduleChange } from './schedule-values.ts';
import { useConnectionForm } from './use-connection-form.ts';

const route = getRouteApi('/connections/$connection');

/** Settings of one connection. */
export function ConnectionPage() {
  const { connection: id } = route.useParams();
  const { t } = useTranslation('connections');
  const { data, error, refetch } = useQuery({
    ...questionOf('GET /api/v1/connections/:id', { params: { id }, query: {} }),
    // Nobody's typing is overwritten because the window was looked at again.
    refetchOnWindowFocus: false,
  });
  const schedules = useQuery({
    ...questionOf('GET /api/v1/schedules', { query: {} }),
    refetchOnWindowFocus: false,
  });
  const schedule = schedules.data?.find(({ connectionId }) => connectionId === id);
  if (data !== undefined && schedule !== undefined) {
    return <ChangeConnection key={data.id} connection={data} schedule={schedule} />;
  }
  const failure = error ?? schedules.error;
  return (
    <PageFrame title={t('title')} summary=" ">
      {failure === null ? (
        <Skeleton height={420} />
      ) : hasCode(failure, 'not_found', 'invalid_input') ? (
        <Notice
          title={t('unknownTitle')}
          text={t('unknownText')}
          action={<LinkButton to="/connections">{t('toList')}</LinkButton>}
        />
      ) : (
        <Failure
          error={failure}
          title={t('failedTitle')}
          onRetry={() => void Promise.all([refetch(), schedules.refetch()])}
        />
      )}
    </PageFrame>
  );
}

type ChangeConnectionProps = { readonly connection: Connection; readonly schedule: ScheduleStatus };

function ChangeConnection({ connection, schedule }: ChangeConnectionProps) {
  const { t } = useTranslation('connections');
  const queries = useQueryClient();
  const form = useConnectionForm(useMemo(() => valuesOf(connection, schedule), [connection, schedule]));
  const save = useMutation({
    async mutationFn() {
      const { values } = form;
      const to = { params: { id: connection.id }, query: {} };
      const changed = await ask('PATCH /api/v1/connections/:id', { ...to, body: toChange(values) });
      const due = isSame(values.schedule, scheduleValuesOf(schedule))
        ? schedule
        : await ask('PATCH /api/v1/connections/:id/schedule', {
            ...to,
            body: toScheduleChange(values.schedule),
          });
      return { changed, due };
    },
    onSuccess: async ({ changed, due }) => {
      const to = { params: { id: connection.id }, query: {} };
      queries.setQueryData(questionOf('GET /api/v1/connections/:id', to).queryKey, changed);
      queries.setQueryData(questionOf('GET /api/v1/schedules', { query: {} }).queryKey, (known) =>
        known?.map((one) => (one.connectionId === due.connectionId ? due : one)),
      );
      // Secrets that were typed leave the page as soon as they are stored.
      form.replace(valuesOf(changed, due));
      await queries.invalidateQueries();
    },
    onError: form.showRefusal,
  });
  return (
    <PageFrame
      title={t('changeTitle', { name: connection.name })}
      summary={`https://${connection.host}`}
      actions={<PageActions connection={connection.id} />}
      width="wide"
    >
      <div className={classes.columns}>
        <details className={classes.folded}>
          <summary>
            <h2>{t('guide.open')}</h2>
          </summary>
          <KekaGuide />
        </details>
        <ConnectionForm
          form={form}
          connection={connection}
          isSaving={save.isPending}
          error={save.error}
          onSave={() => save.mutate()}
          mayLeave={false}
        >
          {save.isSuccess && !form.isDirty ? <Notice tone="success" text={t('form.saved')} isLive /> : null}
        </ConnectionForm>
        <aside className={classes.guide}>
          <h2>{t('guide.title')}</h2>
          <KekaGuide />
        </aside>
      </div>
    </PageFrame>
  );
}

function PageActions({ connection }: { readonly connection: string }) {
  const { t } = useTranslation('connections');
  return (
    <>
      <LinkButton to="/connections/$connection/backfills" params={{ connection }} variant="default">
        {t('older')}
      </LinkButton>
      <LinkButton to="/connections" variant="default">
        {t('toList')}
      </LinkButton>
    </>
  );
}
