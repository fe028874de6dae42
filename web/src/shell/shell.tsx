import { Outlet } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigation } from './navigation.tsx';
import classes from './shell.module.css';
import { TopBar } from './top-bar.tsx';

/** What is around every page: the way to it, the top bar and the navigation. */
export function Shell() {
  const { t } = useTranslation('shell');
  const [isOpen, setOpen] = useState(false);
  return (
    <div className={classes.shell} data-navigation={isOpen ? 'open' : 'closed'}>
      <a className={classes.skip} href="#content">
        {t('skip')}
      </a>
      <TopBar isNavigationOpen={isOpen} onToggleNavigation={() => setOpen(!isOpen)} />
      <Navigation onGo={() => setOpen(false)} />
      {/* What scrolls must be reachable by keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <main id="content" tabIndex={0} className={classes.main}>
        <Outlet />
      </main>
    </div>
  );
}
