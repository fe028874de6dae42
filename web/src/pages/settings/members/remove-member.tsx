import { useTranslation } from 'react-i18next';
import { ask } from '../../../api/ask.ts';
import { Removal } from '../../../parts/removal.tsx';
import type { Member } from './member-list.tsx';

type RemoveMemberProps = { readonly member: Member; readonly onRemoved: () => void };

const button = { variant: 'subtle', color: 'red' };

export function RemoveMember({ member: { id, name }, onRemoved }: RemoveMemberProps) {
  const { t } = useTranslation('members');
  return (
    <Removal
      label={t('remove')}
      button={button}
      title={t('removeTitle', { name })}
      text={t('removeText')}
      confirm={t('removeNow')}
      keep={t('cancel')}
      failedTitle={t('failedSave')}
      remove={() => ask('DELETE /api/v1/members/:id', { params: { id }, query: {} })}
      onRemoved={onRemoved}
    />
  );
}
