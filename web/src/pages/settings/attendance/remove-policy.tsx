import { useTranslation } from 'react-i18next';
import { ask } from '../../../api/ask.ts';
import { Removal } from '../../../parts/removal.tsx';

const button = { variant: 'default', size: 'xs' };

export function RemovePolicy({ number }: { readonly number: number }) {
  const { t } = useTranslation('rules');
  return (
    <Removal
      label={t('remove')}
      button={button}
      title={t('removeTitle', { number })}
      text={t('removeText')}
      confirm={t('removeNow')}
      keep={t('keep')}
      failedTitle={t('failedRemove')}
      remove={() => ask('DELETE /api/v1/attendance-policies/:number', { params: { number }, query: {} })}
    />
  );
}
