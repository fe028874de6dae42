import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef } from 'react';
import classes from './data-table.module.css';
import { moveFocus } from './move-focus.ts';
import type { TableColumn } from './table-column.ts';
import { TableHead } from './table-head.tsx';
import { TableRow } from './table-row.tsx';
import { usePrinting } from './use-printing.ts';
import { useScrollMargin } from './use-scroll-margin.ts';
import { useDataTable } from './use-table.ts';

type DataTableProps<Item extends object> = {
  /** Names the table for those who do not see it. */
  readonly label: string;
  readonly columns: readonly TableColumn<Item>[];
  readonly items: readonly Item[];
  readonly keyOf: (item: Item, index: number) => string;
  readonly sort: string | undefined;
  /** Whether the items come in that order already, as where the server cuts them into pages. */
  readonly isSorted?: boolean;
  readonly onSort: (column: string) => void;
  readonly hidden: ReadonlySet<string>;
  /** The row that is open beside the table. */
  readonly openKey?: string | undefined;
  readonly onOpen?: (key: string) => void;
  readonly rowHeight: number;
  /** Whether the table scrolls within itself, or with the page (narrow screens). */
  readonly scrolls: 'itself' | 'with the page';
};

/** A table of any length: only the rows in sight are in the document, and all of them on paper. */
export function DataTable<Item extends object>(props: DataTableProps<Item>) {
  const { label, columns, keyOf, onOpen, openKey, rowHeight, scrolls, sort, onSort } = props;
  const table = useDataTable(props);
  const frame = useRef<HTMLDivElement>(null);
  const isPrinting = usePrinting();
  const scrollMargin = useScrollMargin(frame, scrolls === 'with the page');
  const rows = table.getRowModel().rows;
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => (scrolls === 'itself' ? frame.current : document.getElementById('content')),
    estimateSize: () => rowHeight,
    overscan: 8,
    scrollMargin,
    initialRect: { width: 0, height: 800 },
  });
  const shown = useMemo(() => columns.filter(({ id }) => !props.hidden.has(id)), [columns, props.hidden]);
  const inSight = virtual.getVirtualItems();
  const before = isPrinting ? 0 : (inSight[0]?.start ?? scrollMargin) - scrollMargin;
  const after = isPrinting
    ? 0
    : virtual.getTotalSize() + scrollMargin - (inSight.at(-1)?.end ?? scrollMargin);
  const indexes = isPrinting ? rows.map((_row, index) => index) : inSight.map(({ index }) => index);
  return (
    // Arrow keys move between the buttons of the rows; the frame itself is nothing that one could use.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      ref={frame}
      className={classes.frame}
      data-scrolls={scrolls === 'itself' ? 'itself' : 'page'}
      style={scrolls === 'itself' ? { minHeight: leastHeight(rows.length, rowHeight) } : undefined}
      onKeyDown={(event) => moveFocus(event, virtual, rows.length)}
    >
      <table
        className={classes.table}
        aria-label={label}
        aria-rowcount={rows.length + 1}
        style={{ minWidth: shown.reduce((sum, { width }) => sum + width, 0) }}
      >
        <colgroup>
          {shown.map(({ id, width, grows }) => (
            <col key={id} style={grows === true ? undefined : { width }} />
          ))}
        </colgroup>
        <TableHead columns={shown} sort={sort} onSort={onSort} />
        <tbody>
          {before > 0 ? <Spacer height={before} columns={shown.length} /> : null}
          {indexes.map((index) => {
            const row = rows[index];
            if (row === undefined) return null;
            const key = keyOf(row.original, row.index);
            return (
              <TableRow
                key={key}
                rowKey={key}
                index={index}
                item={row.original}
                columns={shown}
                height={rowHeight}
                isOpen={key === openKey}
                onOpen={onOpen}
              />
            );
          })}
          {after > 0 ? <Spacer height={after} columns={shown.length} /> : null}
        </tbody>
      </table>
    </div>
  );
}

/** Some rows stay in sight on a low or narrow screen; a short table leaves no empty space below. */
function leastHeight(rows: number, rowHeight: number): string {
  return `min(${(rows + 1) * rowHeight}px, var(--least-height))`;
}

/** Stands for the rows that are out of sight. */
function Spacer({ height, columns }: { readonly height: number; readonly columns: number }) {
  return (
    <tr aria-hidden="true" className={classes.spacer}>
      <td colSpan={columns} style={{ height }} />
    </tr>
  );
}
