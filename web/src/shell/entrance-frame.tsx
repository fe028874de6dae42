import { Title } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import classes from './entrance-frame.module.css';
import { Logo } from './logo.tsx';
import { PreferencesMenu } from './preferences-menu.tsx';

type EntranceFrameProps = {
  readonly title: string;
  /** Above the title, as the steps of a beginning. */
  readonly before?: ReactNode;
  readonly width?: 'narrow' | 'form';
  readonly children: ReactNode;
};

/** Around the pages that come before somebody is in: nothing but what is to be done. */
export function EntranceFrame({ title, before, width = 'narrow', children }: EntranceFrameProps) {
  useEffect(() => {
    document.title = `${title} · Hajiri`;
  }, [title]);
  return (
    <div className={classes.entrance}>
      <header className={classes.bar}>
        <span className={classes.home}>
          <Logo />
          Hajiri
        </span>
        <PreferencesMenu />
      </header>
      <main className={classes.main} data-width={width}>
        {before}
        <Title order={1} className={classes.title}>
          {title}
        </Title>
        {children}
      </main>
    </div>
  );
}
