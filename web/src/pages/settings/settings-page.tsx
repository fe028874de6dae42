import { Navigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '../../api/api-problem.ts';
import { Failure } from '../../parts/failure.tsx';
import { PageFrame } from '../../parts/page-frame.tsx';
import { useMay } from '../../session/session.ts';
import { settingsSections } from './settings-sections.ts';

/** The first section that one may see. */
export function SettingsPage() {
  const { t } = useTranslation('shell');
  const may = useMay();
  const first = settingsSections.find(({ needs }) => may(needs));
  if (first !== undefined) return <Navigate to={first.to} replace />;
  return (
    <PageFrame title={t('settings')}>
      <Failure error={new ApiProblem({ code: 'not_allowed', detail: '' })} title={t('settings')} />
    </PageFrame>
  );
}
