import { useTranslation } from 'react-i18next';
import { addressIn } from '../../api/ask.ts';
import { FileMenu } from '../../parts/file-menu.tsx';
import { LinkButton } from '../../parts/link-button.tsx';
import { reportFormats } from './report-formats.ts';
import type { ReportEntry } from './report-list.ts';
import { queryOf, type ReportSearch } from './report-search.ts';

type ReportActionsProps = { readonly report: ReportEntry; readonly search: ReportSearch };

/** The same rows as files: all of them, whatever the screen shows so far. */
export function ReportActions({ report, search }: ReportActionsProps) {
  const { t } = useTranslation('reports');
  return (
    <>
      <LinkButton to="/reports" variant="subtle">
        {t('toAll')}
      </LinkButton>
      <FileMenu
        label={t('export')}
        files={reportFormats.map((format) => ({
          name: t(`file.${format}`),
          href: addressIn(`GET /api/v1/reports/${report.id}`, { query: { ...queryOf(search), format } }),
        }))}
      />
    </>
  );
}
