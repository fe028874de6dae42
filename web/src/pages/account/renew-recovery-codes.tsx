import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/ask.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { PasswordStep } from './password-step.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';

export function RenewRecoveryCodes({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('account', { keyPrefix: 'factor' });
  const queries = useQueryClient();
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  return (
    <Dialog
      isOpen
      onClose={codes === null ? onClose : () => {}}
      title={t(codes === null ? 'renewTitle' : 'codes')}
    >
      {codes === null ? (
        <>
          <p>{t('renewText')}</p>
          <PasswordStep
            submit={t('renew')}
            onCancel={onClose}
            onSubmit={async (password) => {
              const { recoveryCodes } = await ask('POST /api/v1/account/recovery-codes', {
                body: { password },
              });
              setCodes(recoveryCodes);
              await queries.invalidateQueries();
            }}
          />
        </>
      ) : (
        <RecoveryCodes codes={codes} onKept={onClose} />
      )}
    </Dialog>
  );
}
