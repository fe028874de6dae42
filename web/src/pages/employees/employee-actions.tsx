import { useTranslation } from 'react-i18next';
import { addressIn } from '../../api/ask.ts';
import { FileMenu } from '../../parts/file-menu.tsx';
import { LinkButton } from '../../parts/link-button.tsx';
import { useMay } from '../../session/session.ts';
import { filtersOf, isFiltered } from './employees-query.ts';
import type { EmployeesSearch } from './employees-search.ts';

/** Files of what is shown, and, for whoever may, the ways in which people come in. */
export function EmployeeActions({ search }: { readonly search: EmployeesSearch }) {
  const { t } = useTranslation('employees');
  const mayManage = useMay()('manage the directory');
  const file = (format: 'csv' | 'xlsx') =>
    addressIn('GET /api/v1/employees/export', { query: { ...filtersOf(search), format } });
  const isPart = isFiltered(search);
  return (
    <>
      <FileMenu
        label={t('export')}
        files={[
          { name: t(isPart ? 'exportShownCsv' : 'exportCsv'), href: file('csv') },
          { name: t(isPart ? 'exportShownXlsx' : 'exportXlsx'), href: file('xlsx') },
        ]}
      />
      {mayManage ? <LinkButton to="/employees/new">{t('add')}</LinkButton> : null}
    </>
  );
}
