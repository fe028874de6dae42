import { Button, Menu } from '@mantine/core';
import { IconColumns3, IconDownload, IconPrinter } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { addressOf } from '../../api/ask.ts';
import { ColumnMenu } from '../../parts/data-table/column-menu.tsx';
import { type DailySearch, filtersOf } from './daily-search.ts';
import { isFiltered } from './filter-rows.ts';
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

type DailyActionsProps = {
  readonly date: string | undefined;
  /** What the page shows of the day: the file holds the same rows in the same order. */
  readonly search: DailySearch;
  readonly choice: ColumnChoice;
};

export function DailyActions({ date, search, choice }: DailyActionsProps) {
  const { t } = useTranslation('daily');
  const csv =
    date === undefined
      ? undefined
      : addressOf('GET /api/v1/reports/daily', { query: { date, format: 'csv', ...filtersOf(search) } });
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
            {t(isFiltered(search) ? 'exportShown' : 'exportCsv')}
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
