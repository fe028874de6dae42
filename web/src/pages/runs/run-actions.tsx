import { Button } from '@mantine/core';
import { IconDownload, IconPrinter, IconRefresh, IconX } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RunDetails } from '../../../../src/contract/runs.ts';
import { addressOf, ask } from '../../api/ask.ts';
import { Dialog, DialogActions } from '../../parts/dialog.tsx';
import { Failure } from '../../parts/failure.tsx';

type RunActionsProps = {
  readonly run: RunDetails;
  readonly isStarting: boolean;
  readonly onAgain: () => void;
};

/** What can be done with a run: end it, or do it once more; and what it says, on paper or as a file. */
export function RunActions({ run, isStarting, onAgain }: RunActionsProps) {
  const { t } = useTranslation('runs');
  const isOpen = run.endedAt === null;
  return (
    <>
      {isOpen ? (
        <CancelRun run={run} />
      ) : (
        <Button
          variant={run.state === 'succeeded' ? 'default' : 'filled'}
          loading={isStarting}
          leftSection={<IconRefresh size={16} aria-hidden="true" />}
          onClick={onAgain}
        >
          {t('again')}
        </Button>
      )}
      <Button
        component="a"
        variant="default"
        download
        href={addressOf('GET /api/v1/reports/integration', { query: { run: run.id, format: 'csv' } })}
        leftSection={<IconDownload size={16} aria-hidden="true" />}
      >
        CSV
      </Button>
      <Button
        variant="default"
        visibleFrom="sm"
        leftSection={<IconPrinter size={16} aria-hidden="true" />}
        onClick={() => globalThis.print()}
      >
        {t('print')}
      </Button>
    </>
  );
}

function CancelRun({ run }: { readonly run: RunDetails }) {
  const { t } = useTranslation('runs');
  const queries = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const cancel = useMutation({
    mutationFn: () => ask('POST /api/v1/runs/:id/cancel', { params: { id: run.id }, query: {} }),
    onSuccess: async () => {
      setAsking(false);
      await queries.invalidateQueries();
    },
  });
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconX size={16} aria-hidden="true" />}
        onClick={() => setAsking(true)}
      >
        {t('cancel')}
      </Button>
      <Dialog isOpen={isAsking} onClose={() => setAsking(false)} title={t('cancelTitle')}>
        <p>{t('cancelText')}</p>
        {cancel.error === null ? null : (
          <Failure error={cancel.error} title={t('cancelFailed')} onRetry={() => cancel.mutate()} />
        )}
        <DialogActions>
          <Button variant="default" loading={cancel.isPending} onClick={() => cancel.mutate()}>
            {t('cancelNow')}
          </Button>
          <Button data-autofocus onClick={() => setAsking(false)}>
            {t('keepGoing')}
          </Button>
        </DialogActions>
      </Dialog>
    </>
  );
}
