import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../../../api/ask.ts';
import { Dialog, DialogActions } from '../../../parts/dialog.tsx';
import { Failure } from '../../../parts/failure.tsx';

export function RemovePolicy({ number }: { readonly number: number }) {
  const { t } = useTranslation('rules');
  const queries = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  const remove = useMutation({
    mutationFn: () => ask('DELETE /api/v1/attendance-policies/:number', { params: { number }, query: {} }),
    onSuccess: async () => {
      await queries.invalidateQueries();
      setOpen(false);
    },
  });
  return (
    <>
      <Button variant="default" size="xs" onClick={() => setOpen(true)}>
        {t('remove')}
      </Button>
      <Dialog isOpen={isOpen} onClose={() => setOpen(false)} title={t('removeTitle', { number })}>
        <p>{t('removeText')}</p>
        {remove.error === null ? null : <Failure error={remove.error} title={t('failedRemove')} />}
        <DialogActions>
          <Button color="red" loading={remove.isPending} onClick={() => remove.mutate()}>
            {t('removeNow')}
          </Button>
          <Button variant="default" data-autofocus onClick={() => setOpen(false)}>
            {t('keep')}
          </Button>
        </DialogActions>
      </Dialog>
    </>
  );
}
