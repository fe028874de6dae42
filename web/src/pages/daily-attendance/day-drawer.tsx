import { ActionIcon } from '@mantine/core';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { DailyReport, DailyRow } from '../../../../src/contract/daily-report.ts';
import type { DayScale } from '../../attendance/day-scale.ts';
import { SideDrawer } from '../../parts/side-drawer.tsx';
import { DayDetails } from './day-details.tsx';
import { rowKey } from './row-key.ts';

type DayDrawerProps = {
  readonly report: DailyReport;
  /** The rows that are shown, in which one goes up and down. */
  readonly rows: readonly DailyRow[];
  readonly person: string | undefined;
  readonly scale: DayScale;
  readonly onGo: (person: string | undefined) => void;
};

/** One person's day, beside the table. */
export function DayDrawer({ report, rows, person, scale, onGo }: DayDrawerProps) {
  const { t } = useTranslation('daily');
  const row = report.rows.find((one, index) => rowKey(one, index) === person);
  const index = row === undefined ? -1 : rows.indexOf(row);
  const step = (by: number) => {
    const target = rows[index + by];
    if (target !== undefined) onGo(rowKey(target, report.rows.indexOf(target)));
  };
  return (
    <SideDrawer
      isOpen={row !== undefined}
      onClose={() => onGo(undefined)}
      title={row?.name ?? t('noName')}
      actions={
        <>
          <ActionIcon
            variant="default"
            aria-label={t('drawer.previous')}
            disabled={index <= 0}
            onClick={() => step(-1)}
          >
            <IconChevronUp size={16} />
          </ActionIcon>
          <ActionIcon
            variant="default"
            aria-label={t('drawer.next')}
            disabled={index === -1 || index === rows.length - 1}
            onClick={() => step(1)}
          >
            <IconChevronDown size={16} />
          </ActionIcon>
        </>
      }
    >
      {row === undefined ? null : <DayDetails row={row} zone={report.zone} scale={scale} />}
    </SideDrawer>
  );
}
