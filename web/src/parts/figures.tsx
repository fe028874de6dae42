import type { ReactNode } from 'react';
import classes from './figures.module.css';

type FiguresProps = {
  readonly label: string;
  readonly figures: readonly { readonly name: string; readonly value: ReactNode }[];
};

/** A few figures side by side, each with its name. */
export function Figures({ label, figures }: FiguresProps) {
  return (
    <dl className={classes.figures} aria-label={label}>
      {figures.map(({ name, value }) => (
        <div key={name} className={classes.figure}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
