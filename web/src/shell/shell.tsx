import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isSignedOut, sessionQuestion } from '../session/session.ts';
import { Guarded } from './guarded.tsx';
import { Navigation } from './navigation.tsx';
import classes from './shell.module.css';
import { TopBar } from './top-bar.tsx';

// A form to sign in is a good part of all code of a page, and a session seldom ends while somebody looks.
const SessionEnded = lazy(async () => ({ default: (await import('./session-ended.tsx')).SessionEnded }));

/** What is around every page: the way to it, the top bar and the navigation. */
export function Shell() {
  const { t } = useTranslation('shell');
  const [isOpen, setOpen] = useState(false);
  const { data: session, error } = useQuery(sessionQuestion);
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
        <Guarded />
      </main>
      {session !== undefined && isSignedOut(error) ? (
        <Suspense fallback={null}>
          <SessionEnded session={session} />
        </Suspense>
      ) : null}
    </div>
  );
}
