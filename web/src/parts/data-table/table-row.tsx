import { memo } from 'react';
import classes from './data-table.module.css';
import type { TableColumn } from './table-column.ts';

type TableRowProps<Item extends object> = {
  readonly rowKey: string;
  readonly index: number;
  readonly item: Item;
  readonly columns: readonly TableColumn<Item>[];
  readonly height: number;
  readonly isOpen: boolean;
  readonly onOpen: ((key: string) => void) | undefined;
};

function PlainTableRow<Item extends object>(props: TableRowProps<Item>) {
  const { rowKey, index, item, columns, height, isOpen, onOpen } = props;
  return (
    // The button in its first cell does the same for the keyboard.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <tr
      aria-rowindex={index + 2}
      data-open={isOpen ? '' : undefined}
      data-can-open={onOpen === undefined ? undefined : ''}
      style={{ height }}
      onClick={onOpen === undefined ? undefined : () => onOpen(rowKey)}
    >
      {columns.map(({ id, cell, align, isPinned }) => (
        <td key={id} data-align={align} data-pinned={isPinned === true ? '' : undefined}>
          {isPinned === true && onOpen !== undefined ? (
            <button type="button" className={classes.open} data-row-index={index} aria-haspopup="dialog">
              {cell(item)}
            </button>
          ) : (
            cell(item)
          )}
        </td>
      ))}
    </tr>
  );
}

export const TableRow = memo(PlainTableRow) as typeof PlainTableRow; // memo forgets that it is generic
