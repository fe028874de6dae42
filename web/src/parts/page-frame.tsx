import { Title } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import classes from './page-frame.module.css';

type PageFrameProps = {
  readonly title: string;
  /** One line below the title: what is shown, and as of when. */
  readonly summary?: ReactNode;
  /** How many lines of it are kept free on narrow screens, so that nothing moves when it comes. */
  readonly summaryLines?: 1 | 2;
  /** Buttons on the right of the title. */
  readonly actions?: ReactNode;
  /** Wide pages hold tables; others keep lines short enough to read. */
  readonly width?: 'wide' | 'reading';
  readonly children: ReactNode;
};

export function PageFrame(props: PageFrameProps) {
  const { title, summary, summaryLines = 1, actions, width = 'reading', children } = props;
  useEffect(() => {
    document.title = `${title} · Hajiri`;
  }, [title]);
  return (
    <div className={classes.frame} data-width={width}>
      <header className={classes.header}>
        <Title order={1} className={classes.title}>
          {title}
        </Title>
        {summary === undefined ? null : (
          <div className={classes.summary} data-lines={summaryLines}>
            {summary}
          </div>
        )}
        {actions === undefined ? null : <div className={classes.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  );
}
