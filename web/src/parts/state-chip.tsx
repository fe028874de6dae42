import type { ReactNode } from 'react';
import { Mark, type MarkShape } from './mark.tsx';
import classes from './state-chip.module.css';

export type StateTone = 'good' | 'bad' | 'off' | 'holiday' | 'open' | 'doubt';
/** Colour and shape of a state; the word stands beside them. */
export type StateMark = { readonly tone: StateTone; readonly shape: MarkShape };

/** A state in words, told apart by shape and colour as well. */
export function StateChip({
  mark: { tone, shape },
  children,
}: {
  readonly mark: StateMark;
  readonly children: ReactNode;
}) {
  return (
    <span className={classes.chip} data-tone={tone}>
      <Mark shape={shape} />
      <span>{children}</span>
    </span>
  );
}
