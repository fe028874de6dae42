import { createColumnHelper, useTable } from '@tanstack/react-table';
import { useMemo } from 'react';
import { parseSort } from './sort-text.ts';
import type { TableColumn } from './table-column.ts';
import { type Features, features, type TableOf } from './table-features.ts';

type TableInput<Item extends object> = {
  readonly columns: readonly TableColumn<Item>[];
  readonly items: readonly Item[];
  readonly sort: string | undefined;
  /** Whether the items come in that order already, as where the server cuts them into pages. */
  readonly isSorted?: boolean;
  /** Ids of the columns that are not shown. */
  readonly hidden: ReadonlySet<string>;
};

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

export function useDataTable<Item extends object>(input: TableInput<Item>): TableOf<Item> {
  const { columns, items, sort, hidden, isSorted = false } = input;
  const definitions = useMemo(() => {
    const helper = createColumnHelper<Features, Item>();
    return columns.map(({ id, title, sortBy }) =>
      helper.accessor((item): unknown => sortBy?.(item) ?? undefined, {
        id,
        header: title,
        enableSorting: sortBy !== undefined,
        sortUndefined: 'last',
        sortFn: (a, b, column) => compare(a.getValue(column), b.getValue(column)),
      }),
    );
  }, [columns]);
  const sorting = useMemo(() => {
    const parsed = parseSort(sort);
    return !isSorted &&
      parsed !== null &&
      columns.some(({ id, sortBy }) => id === parsed.id && sortBy !== undefined)
      ? [{ ...parsed }]
      : [];
  }, [sort, columns, isSorted]);
  const columnVisibility = useMemo(() => Object.fromEntries([...hidden].map((id) => [id, false])), [hidden]);
  return useTable({
    features,
    columns: definitions,
    data: items,
    state: { sorting, columnVisibility },
  });
}

function compare(a: unknown, b: unknown): number {
  return typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(String(a), String(b));
}
