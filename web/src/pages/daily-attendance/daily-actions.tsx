import { Button, Menu } from '@mantine/core';
import { IconColumns3, IconDownload, IconPrinter } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { addressOf } from '../../api/ask.ts';
import { ColumnMenu } from '../../parts/data-table/column-menu.tsx';
import type { ColumnChoice } from './use-column-choice.ts';

/** The columns that can be hidden, in the order of the table. */
const choosable = [
  'employeeId',
  'team',
  'status',
  'firstIn',
  'lastOut',
  'day',
  'effective',
  'gross',
  'break',
  'flags',
  'premise',
  'location',
  'designation',
  'email',
  'employeeNumber',
  'connection',
  'shift',
  'lastFetched',
] as const;

type DailyActionsProps = { readonly date: string | undefined; readonly choice: ColumnChoice };

export function DailyActions({ date, choice }: DailyActionsProps) {
  const { t } = useTranslation('daily');
  const csv =
    date === undefined
      ? undefined
      : addressOf('GET /api/v1/reports/daily', { query: { date, format: 'csv' } });
  return (
    <>
      <ColumnMenu
        columns={choosable.map((id) => ({ id, title: t(`column.${id}`) }))}
        hidden={choice.hidden}
        onToggle={choice.toggle}
        onReset={choice.reset}
        icon={<IconColumns3 size={16} aria-hidden="true" />}
      />
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" leftSection={<IconDownload size={16} aria-hidden="true" />}>
            {t('export')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item component="a" href={csv} download disabled={csv === undefined}>
            {t('exportCsv')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconPrinter size={16} aria-hidden="true" />}
            onClick={() => globalThis.print()}
          >
            {t('print')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
