import { Button, Menu } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { addressIn } from '../../api/ask.ts';
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
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" leftSection={<IconDownload size={16} aria-hidden="true" />}>
            {t('export')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {reportFormats.map((format) => (
            <Menu.Item
              key={format}
              component="a"
              href={addressIn(`GET /api/v1/reports/${report.id}`, { query: { ...queryOf(search), format } })}
              download
            >
              {t(`file.${format}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
