export const table = {
  sortBy: 'Sort by {{column}}',
  columns: 'Columns',
  columnsReset: 'As at first',
} as const;
