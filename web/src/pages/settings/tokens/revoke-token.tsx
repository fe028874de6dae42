import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiToken } from '../../../../../src/contract/tokens.ts';
import { ask } from '../../../api/ask.ts';
import { Dialog, DialogActions } from '../../../parts/dialog.tsx';
import { Failure } from '../../../parts/failure.tsx';

export function RevokeToken({ token: { id, name } }: { readonly token: ApiToken }) {
  const { t } = useTranslation('settings', { keyPrefix: 'token' });
  const queries = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  const revoke = useMutation({
    mutationFn: () => ask('DELETE /api/v1/tokens/:id', { params: { id }, query: {} }),
    onSuccess: async () => {
      await queries.invalidateQueries();
      setOpen(false);
    },
  });
  return (
    <>
      <Button variant="default" size="xs" onClick={() => setOpen(true)}>
        {t('revoke')}
      </Button>
      <Dialog isOpen={isOpen} onClose={() => setOpen(false)} title={t('revokeTitle', { name })}>
        <p>{t('revokeText')}</p>
        {revoke.error === null ? null : <Failure error={revoke.error} title={t('failedRevoke')} />}
        <DialogActions>
          <Button color="red" loading={revoke.isPending} onClick={() => revoke.mutate()}>
            {t('revokeNow')}
          </Button>
          <Button variant="default" data-autofocus onClick={() => setOpen(false)}>
            {t('keep')}
          </Button>
        </DialogActions>
      </Dialog>
    </>
  );
}
