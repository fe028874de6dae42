import { Menu } from '@mantine/core';
import { IconColumns3, IconPrinter } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { addressOf } from '../../api/ask.ts';
import { ColumnMenu } from '../../parts/data-table/column-menu.tsx';
import { FileMenu } from '../../parts/file-menu.tsx';
import { type DailySearch, filtersOf } from './daily-search.ts';
import { isFiltered } from './filter-rows.ts';
import { type ColumnChoice, choosableColumns } from './use-column-choice.ts';

const formats = ['csv', 'xlsx', 'pdf'] as const;

type DailyActionsProps = {
  readonly date: string | undefined;
  /** What the page shows of the day: the file holds the same rows in the same order. */
  readonly search: DailySearch;
  readonly choice: ColumnChoice;
};

export function DailyActions({ date, search, choice }: DailyActionsProps) {
  const { t } = useTranslation('daily');
  const isPart = isFiltered(search);
  const file = (format: (typeof formats)[number]) =>
    date === undefined
      ? undefined
      : addressOf('GET /api/v1/reports/daily', { query: { date, format, ...filtersOf(search) } });
  return (
    <>
      <ColumnMenu
        columns={choosableColumns.map((id) => ({ id, title: t(`column.${id}`) }))}
        hidden={choice.hidden}
        onToggle={choice.toggle}
        onReset={choice.reset}
        icon={<IconColumns3 size={16} aria-hidden="true" />}
      />
      <FileMenu
        label={t('export')}
        files={formats.map((format) => ({
          name: t(isPart ? 'exportShown' : 'exportDay', { kind: t(`file.${format}`) }),
          href: file(format),
        }))}
      >
        <Menu.Item
          leftSection={<IconPrinter size={16} aria-hidden="true" />}
          onClick={() => globalThis.print()}
        >
          {t('print')}
        </Menu.Item>
      </FileMenu>
    </>
  );
}
