import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog, DialogActions } from '../../../parts/dialog.tsx';
import { Notice } from '../../../parts/notice.tsx';
import { ShownOnce } from '../../../parts/shown-once.tsx';
import { NewTokenForm } from './new-token-form.tsx';

type NewTokenProps = { readonly isOpen: boolean; readonly onClose: () => void };

/** Asks what the token is for, then shows it, once: only its button closes that. */
export function NewToken({ isOpen, onClose }: NewTokenProps) {
  const { t } = useTranslation('settings', { keyPrefix: 'token' });
  const [made, setMade] = useState<{ readonly name: string; readonly token: string } | null>(null);
  const finish = () => {
    onClose();
    setMade(null);
  };
  return (
    <Dialog
      isOpen={isOpen}
      onClose={made === null ? onClose : () => {}}
      title={made === null ? t('newTitle') : t('madeTitle', { name: made.name })}
    >
      {made === null ? (
        <NewTokenForm onMade={setMade} onCancel={onClose} />
      ) : (
        <>
          <ShownOnce label={t('madeTitle', { name: made.name })} lines={[made.token]} />
          <Notice tone="warning" text={t('once')} isLive />
          <DialogActions>
            <Button onClick={finish}>{t('done')}</Button>
          </DialogActions>
        </>
      )}
    </Dialog>
  );
}
