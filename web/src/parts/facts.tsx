import type { ReactNode } from 'react';
import classes from './facts.module.css';

type FactsProps = {
  readonly title?: string;
  /** What, and its value; without a value it is left out. */
  readonly facts: readonly (readonly [string, ReactNode])[];
};

/** Names and values below each other. */
export function Facts({ title, facts }: FactsProps) {
  const known = facts.filter(([, value]) => value !== null && value !== undefined && value !== '');
  if (known.length === 0) return null;
  return (
    <section>
      {title === undefined ? null : <h3 className={classes.title}>{title}</h3>}
      <dl className={classes.facts}>
        {known.map(([name, value]) => (
          <div key={name} className={classes.fact}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
