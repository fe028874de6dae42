import { Button, Menu } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { addressIn } from '../../api/ask.ts';
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
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" leftSection={<IconDownload size={16} aria-hidden="true" />}>
            {t('export')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item component="a" href={file('csv')} download>
            {t(isPart ? 'exportShownCsv' : 'exportCsv')}
          </Menu.Item>
          <Menu.Item component="a" href={file('xlsx')} download>
            {t(isPart ? 'exportShownXlsx' : 'exportXlsx')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {mayManage ? <LinkButton to="/employees/new">{t('add')}</LinkButton> : null}
    </>
  );
}
