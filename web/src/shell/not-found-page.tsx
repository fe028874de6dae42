import { useTranslation } from 'react-i18next';
import { LinkButton } from '../parts/link-button.tsx';
import { Notice } from '../parts/notice.tsx';
import { PageFrame } from '../parts/page-frame.tsx';

export function NotFoundPage() {
  const { t } = useTranslation('shell');
  return (
    <PageFrame title={t('notFoundTitle')}>
      <Notice text={t('notFoundText')} action={<LinkButton to="/">{t('toOverview')}</LinkButton>} />
    </PageFrame>
  );
}
