import {
  columnVisibilityFeature,
  createSortedRowModel,
  type ReactTable,
  type Row,
  rowSortingFeature,
  sortFn_basic,
  tableFeatures,
} from '@tanstack/react-table';

/** What the tables of the pages can do; filtering is done before, by what the address says. */
export const features = tableFeatures({
  columnVisibilityFeature,
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  sortFns: { basic: sortFn_basic },
});

export type Features = typeof features;
export type TableOf<Item extends object> = ReactTable<Features, Item>;
export type RowOf<Item extends object> = Row<Features, Item>;
