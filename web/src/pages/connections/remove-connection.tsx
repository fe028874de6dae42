import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../../../../src/contract/connections.ts';
import { ask } from '../../api/ask.ts';
import { Dialog, DialogActions } from '../../parts/dialog.tsx';
import { Failure } from '../../parts/failure.tsx';
import classes from './remove-connection.module.css';

/** What is removed here cannot be brought back, so the name is typed. */
export function RemoveConnection({ connection }: { readonly connection: Connection }) {
  const { t } = useTranslation('connections');
  const queries = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  const [typed, setTyped] = useState('');
  const { id, name } = connection;
  const remove = useMutation({
    mutationFn: () => ask('DELETE /api/v1/connections/:id', { params: { id }, query: {} }),
    onSuccess: () => queries.invalidateQueries(),
  });
  const close = () => {
    setOpen(false);
    setTyped('');
    remove.reset();
  };
  return (
    <>
      <Button variant="default" size="xs" onClick={() => setOpen(true)}>
        {t('remove')}
      </Button>
      <Dialog isOpen={isOpen} onClose={close} title={t('removeTitle', { name })}>
        <form
          className={classes.form}
          onSubmit={(event) => {
            event.preventDefault();
            if (typed === name) remove.mutate();
          }}
        >
          <p>{t('removeText')}</p>
          <TextInput
            label={t('removeType', { name })}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            autoComplete="off"
            data-autofocus
          />
          {remove.error === null ? null : (
            <Failure error={remove.error} title={t('failedTitle')} onRetry={() => remove.mutate()} />
          )}
          <DialogActions>
            <Button variant="default" onClick={close}>
              {t('keep')}
            </Button>
            <Button type="submit" color="red" disabled={typed !== name} loading={remove.isPending}>
              {t('removeNow')}
            </Button>
          </DialogActions>
        </form>
      </Dialog>
    </>
  );
}
