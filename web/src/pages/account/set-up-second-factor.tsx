import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Answer, ask } from '../../api/ask.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { ConfirmSecondFactor } from './confirm-second-factor.tsx';
import { PasswordStep } from './password-step.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';

type Props = { readonly onClose: () => void; readonly onDone: () => void };

/**
 * Password, then the recovery codes, then the app. In this order: whoever stops before the end has lost nothing, and
 * whoever reaches it has the codes.
 */
export function SetUpSecondFactor({ onClose, onDone }: Props) {
  const { t } = useTranslation('account', { keyPrefix: 'factor' });
  const queries = useQueryClient();
  const [begun, setBegun] = useState<Answer<'POST /api/v1/account/second-factor'> | null>(null);
  const [isKept, setKept] = useState(false);
  return (
    <Dialog isOpen onClose={onClose} title={t('beginTitle')}>
      {begun === null ? (
        <PasswordStep
          submit={t('goOn')}
          onCancel={onClose}
          onSubmit={async (password) =>
            setBegun(await ask('POST /api/v1/account/second-factor', { body: { password } }))
          }
        />
      ) : isKept ? (
        <ConfirmSecondFactor
          begun={begun}
          onCancel={onClose}
          onConfirmed={async () => {
            await queries.invalidateQueries();
            onDone();
            onClose();
          }}
        />
      ) : (
        <RecoveryCodes codes={begun.recoveryCodes} onKept={() => setKept(true)} />
      )}
    </Dialog>
  );
}
