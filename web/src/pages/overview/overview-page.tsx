import { useTranslation } from 'react-i18next';
import { PageFrame } from '../../parts/page-frame.tsx';

export function OverviewPage() {
  const { t } = useTranslation('shell');
  return <PageFrame title={t('overview')}>{null}</PageFrame>;
}
