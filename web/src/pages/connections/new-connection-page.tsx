import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/ask.ts';
import { PageFrame } from '../../parts/page-frame.tsx';
import classes from './connection-form.module.css';
import { ConnectionForm } from './connection-form.tsx';
import { toNewConnection, valuesOf } from './form-values.ts';
import { KekaGuide } from './guide/keka-guide.tsx';
import { useConnectionForm } from './use-connection-form.ts';

/** The form, and beside it what an administrator does in Keka meanwhile. */
export function NewConnectionPage() {
  const { t } = useTranslation('connections');
  const navigate = useNavigate();
  const queries = useQueryClient();
  const form = useConnectionForm(useMemo(() => valuesOf(null), []));
  const save = useMutation({
    mutationFn: () => ask('POST /api/v1/connections', { query: {}, body: toNewConnection(form.values) }),
    onSuccess: async () => {
      await queries.invalidateQueries();
      await navigate({ to: '/connections' });
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
