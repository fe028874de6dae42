import type { ReactNode } from 'react';

/** One column of a table: what is shown, what it is sorted by, and how much room it takes. */
export type TableColumn<Item extends object> = {
  readonly id: string;
  readonly title: string;
  readonly cell: (item: Item) => ReactNode;
  /** Compared when the column is sorted; nothing comes last, whichever way round. Without it the column cannot be sorted. */
  readonly sortBy?: (item: Item) => string | number | null;
  /** In pixels; a column that grows takes what is left, and at least this. */
  readonly width: number;
  readonly grows?: boolean;
  readonly align?: 'end';
  /** Stays in sight when the table is scrolled sideways, and cannot be hidden. */
  readonly isPinned?: boolean;
  /** Shown only when it is chosen. */
  readonly isExtra?: boolean;
};
