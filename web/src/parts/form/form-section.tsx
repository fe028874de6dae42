import type { ReactNode } from 'react';
import classes from './form-section.module.css';

type FormSectionProps = {
  readonly title: string;
  readonly hint?: string;
  readonly children: ReactNode;
};

/** Fields that belong together, with their name. */
export function FormSection({ title, hint, children }: FormSectionProps) {
  return (
    <fieldset className={classes.section}>
      <legend className={classes.title}>{title}</legend>
      {hint === undefined ? null : <p className={classes.hint}>{hint}</p>}
      <div className={classes.fields}>{children}</div>
    </fieldset>
  );
}
