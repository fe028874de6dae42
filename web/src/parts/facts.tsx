import type { ReactNode } from 'react';
import classes from './facts.module.css';

type FactsProps = {
  readonly title?: string;
  /** Of its heading; 3 when left out. */
  readonly level?: 2 | 3;
  /** What, and its value; without a value it is left out. */
  readonly facts: readonly (readonly [string, ReactNode])[];
};

/** Names and values below each other. */
export function Facts({ title, level = 3, facts }: FactsProps) {
  const Heading = level === 2 ? 'h2' : 'h3';
  const known = facts.filter(([, value]) => value !== null && value !== undefined && value !== '');
  if (known.length === 0) return null;
  return (
    <section>
      {title === undefined ? null : <Heading className={classes.title}>{title}</Heading>}
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
