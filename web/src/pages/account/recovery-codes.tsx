import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { DialogActions } from '../../parts/dialog.tsx';
import { ShownOnce } from '../../parts/shown-once.tsx';

type RecoveryCodesProps = { readonly codes: readonly string[]; readonly onKept: () => void };

export function RecoveryCodes({ codes, onKept }: RecoveryCodesProps) {
  const { t } = useTranslation('account', { keyPrefix: 'factor' });
  return (
    <>
      <p>{t('keepCodes')}</p>
      <ShownOnce label={t('codes')} lines={codes} />
      <DialogActions>
        <Button onClick={onKept}>{t('kept')}</Button>
      </DialogActions>
    </>
  );
}
