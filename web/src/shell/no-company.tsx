import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Notice } from '../parts/notice.tsx';
import { PageFrame } from '../parts/page-frame.tsx';
import { useLeave } from './use-leave.ts';

/** Signed in, but a member of no company (any more). */
export function NoCompany() {
  const { t } = useTranslation('shell', { keyPrefix: 'account' });
  const leave = useLeave();
  return (
    <PageFrame title={t('noCompanyTitle')}>
      <Notice
        text={t('noCompanyText')}
        action={<Button onClick={() => void leave()}>{t('signOut')}</Button>}
      />
    </PageFrame>
  );
}
