import { IconArrowDown, IconArrowsSort, IconArrowUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './data-table.module.css';
import { parseSort } from './sort-text.ts';
import type { TableColumn } from './table-column.ts';

type TableHeadProps<Item extends object> = {
  readonly columns: readonly TableColumn<Item>[];
  readonly sort: string | undefined;
  readonly onSort: (column: string) => void;
};

export function TableHead<Item extends object>({ columns, sort, onSort }: TableHeadProps<Item>) {
  const { t } = useTranslation('table');
  const now = parseSort(sort);
  return (
    <thead className={classes.head}>
      <tr aria-rowindex={1}>
        {columns.map(({ id, title, sortBy, align, isPinned }) => {
          const direction = now?.id === id ? (now.desc ? 'descending' : 'ascending') : undefined;
          return (
            <th
              key={id}
              scope="col"
              aria-sort={direction}
              data-align={align}
              data-pinned={isPinned === true ? '' : undefined}
            >
              {sortBy === undefined ? (
                <span className={classes.title}>{title}</span>
              ) : (
                <button
                  type="button"
                  className={classes.sort}
                  title={t('sortBy', { column: title })}
                  onClick={() => onSort(id)}
                >
                  <span className={classes.title}>{title}</span>
                  <SortMark direction={direction} />
                </button>
              )}
            </th>
          );
        })}
      </tr>
    </thead>
  );
}

function SortMark({ direction }: { readonly direction: 'ascending' | 'descending' | undefined }) {
  const Icon =
    direction === undefined ? IconArrowsSort : direction === 'ascending' ? IconArrowUp : IconArrowDown;
  return <Icon size={13} aria-hidden="true" data-sorted={direction === undefined ? undefined : ''} />;
}
