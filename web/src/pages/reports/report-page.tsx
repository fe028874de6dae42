import '../../words/report-words.ts';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { LinkButton } from '../../parts/link-button.tsx';
import { Notice } from '../../parts/notice.tsx';
import { PageFrame } from '../../parts/page-frame.tsx';
import { findReport } from './report-list.ts';
import { ReportView } from './report-view.tsx';

const route = getRouteApi('/reports/$report');

/** One report over a range of dates. */
export function ReportPage() {
  const { t } = useTranslation('reports');
  const { report: id } = route.useParams();
  const report = findReport(id);
  if (report !== undefined) return <ReportView key={id} report={report} />;
  return (
    <PageFrame title={t('unknownTitle')}>
      <Notice text={t('unknownText')} action={<LinkButton to="/reports">{t('toAll')}</LinkButton>} />
    </PageFrame>
  );
}
