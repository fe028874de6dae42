import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/ask.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { PasswordStep } from './password-step.tsx';

type Props = { readonly onClose: () => void; readonly onDone: () => void };

export function RemoveSecondFactor({ onClose, onDone }: Props) {
  const { t } = useTranslation('account', { keyPrefix: 'factor' });
  const queries = useQueryClient();
  return (
    <Dialog isOpen onClose={onClose} title={t('removeTitle')}>
      <p>{t('removeText')}</p>
      <PasswordStep
        submit={t('remove')}
        isDangerous
        onCancel={onClose}
        onSubmit={async (password) => {
          await ask('POST /api/v1/account/second-factor/remove', { body: { password } });
          await queries.invalidateQueries();
          onDone();
          onClose();
        }}
      />
    </Dialog>
  );
}
