import { Button, Menu } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

type ColumnMenuProps = {
  readonly columns: readonly { readonly id: string; readonly title: string }[];
  readonly hidden: ReadonlySet<string>;
  readonly onToggle: (column: string) => void;
  readonly onReset: () => void;
  readonly icon: ReactNode;
};

/** Which columns of a table are shown. It stays open while several are chosen. */
export function ColumnMenu({ columns, hidden, onToggle, onReset, icon }: ColumnMenuProps) {
  const { t } = useTranslation('table');
  return (
    <Menu position="bottom-end" closeOnItemClick={false} width={220}>
      <Menu.Target>
        <Button variant="default" leftSection={icon} visibleFrom="md">
          {t('columns')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={400} style={{ overflowY: 'auto' }}>
        {columns.map(({ id, title }) => (
          <Menu.CheckboxItem key={id} checked={!hidden.has(id)} onChange={() => onToggle(id)}>
            {title}
          </Menu.CheckboxItem>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={onReset}>{t('columnsReset')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
