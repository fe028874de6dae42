import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../../../api/ask.ts';
import { Dialog, DialogActions } from '../../../parts/dialog.tsx';
import { Failure } from '../../../parts/failure.tsx';
import type { Member } from './member-list.tsx';

type RemoveMemberProps = { readonly member: Member; readonly onRemoved: () => void };

export function RemoveMember({ member: { id, name }, onRemoved }: RemoveMemberProps) {
  const { t } = useTranslation('members');
  const queries = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  const remove = useMutation({
    mutationFn: () => ask('DELETE /api/v1/members/:id', { params: { id }, query: {} }),
    onSuccess: async () => {
      await queries.invalidateQueries();
      onRemoved();
    },
  });
  return (
    <>
      <Button variant="subtle" color="red" onClick={() => setOpen(true)}>
        {t('remove')}
      </Button>
      <Dialog isOpen={isOpen} onClose={() => setOpen(false)} title={t('removeTitle', { name })}>
        <p>{t('removeText')}</p>
        {remove.error === null ? null : <Failure error={remove.error} title={t('failedSave')} />}
        <DialogActions>
          <Button color="red" loading={remove.isPending} onClick={() => remove.mutate()}>
            {t('removeNow')}
          </Button>
          <Button variant="default" data-autofocus onClick={() => setOpen(false)}>
            {t('cancel')}
          </Button>
        </DialogActions>
      </Dialog>
    </>
  );
}
