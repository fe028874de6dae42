import type { ReactNode } from 'react';
import classes from './item-list.module.css';

type ItemListProps = {
  readonly label: string;
  readonly items: readonly {
    readonly key: string;
    readonly title: ReactNode;
    /** What is told about it, in small: pieces with a dot between them, those without content left out. */
    readonly details: readonly ReactNode[];
    readonly state?: ReactNode;
    readonly actions?: ReactNode;
  }[];
};

/** Things with a few facts and actions each, one below the other; as good on a narrow screen as on a wide one. */
export function ItemList({ label, items }: ItemListProps) {
  return (
    <ul className={classes.list} aria-label={label}>
      {items.map(({ key, title, details, state, actions }) => (
        <li key={key} className={classes.item}>
          <div className={classes.words}>
            <div className={classes.title}>{title}</div>
            <div className={classes.details}>
              {details.map((detail, place) =>
                detail === null || detail === undefined || detail === '' ? null : (
                  // The pieces of one line never change places.
                  // oxlint-disable-next-line react/no-array-index-key
                  <span key={place}>{detail}</span>
                ),
              )}
            </div>
          </div>
          {state === undefined ? null : <div className={classes.state}>{state}</div>}
          {actions === undefined ? null : <div className={classes.actions}>{actions}</div>}
        </li>
      ))}
    </ul>
  );
}
