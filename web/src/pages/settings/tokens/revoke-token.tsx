import { useTranslation } from 'react-i18next';
import type { ApiToken } from '../../../../../src/contract/tokens.ts';
import { ask } from '../../../api/ask.ts';
import { Removal } from '../../../parts/removal.tsx';

const button = { variant: 'default', size: 'xs' };

export function RevokeToken({ token: { id, name } }: { readonly token: ApiToken }) {
  const { t } = useTranslation('settings', { keyPrefix: 'token' });
  return (
    <Removal
      label={t('revoke')}
      button={button}
      title={t('revokeTitle', { name })}
      text={t('revokeText')}
      confirm={t('revokeNow')}
      keep={t('keep')}
      failedTitle={t('failedRevoke')}
      remove={() => ask('DELETE /api/v1/tokens/:id', { params: { id }, query: {} })}
    />
  );
}
