import { Fragment, type ReactNode } from 'react';
import classes from './simple-table.module.css';

type SimpleTableProps = {
  readonly title: string;
  readonly head: readonly string[];
  /** Columns of figures, by their place. */
  readonly numeric?: readonly number[];
  readonly rows: readonly { readonly key: string; readonly cells: readonly ReactNode[] }[];
};

/** A short table that is read and not worked with: no order, no choice of columns. */
export function SimpleTable({ title, head, numeric, rows }: SimpleTableProps) {
  const align = (place: number) => (numeric?.includes(place) === true ? 'end' : undefined);
  return (
    <section>
      <h2 className={classes.title}>{title}</h2>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard */}
      <div className={classes.frame} role="group" aria-label={title} tabIndex={0}>
        <table className={classes.table}>
          <thead>
            <tr>
              {head.map((name, place) => (
                <th key={name} scope="col" data-align={align(place)}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ key, cells }) => (
              <tr key={key}>
                {cells.map((cell, place) => (
                  <td key={head[place]} data-align={align(place)}>
                    <Fragment>{cell}</Fragment>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
