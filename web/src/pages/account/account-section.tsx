import { type ReactNode, useId } from 'react';
import classes from './account.module.css';

type AccountSectionProps = { readonly title: string; readonly hint?: string; readonly children: ReactNode };

export function AccountSection({ title, hint, children }: AccountSectionProps) {
  const id = useId();
  return (
    <section className={classes.section} aria-labelledby={id}>
      <div>
        <h2 id={id}>{title}</h2>
        {hint === undefined ? null : <p className={classes.hint}>{hint}</p>}
      </div>
      <div className={classes.content}>{children}</div>
    </section>
  );
}
