import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { toDailySearch } from './pages/daily-attendance/daily-search.ts';
import { parseSearch, stringifySearch } from './search-text.ts';
import { BrokenPage } from './shell/broken-page.tsx';
import { NotFoundPage } from './shell/not-found-page.tsx';
import { Shell } from './shell/shell.tsx';

const root = createRootRoute({ component: Shell, notFoundComponent: NotFoundPage });

const overview = createRoute({
  getParentRoute: () => root,
  path: '/',
  component: lazyRouteComponent(() => import('./pages/overview/overview-page.tsx'), 'OverviewPage'),
});

const daily = createRoute({
  getParentRoute: () => root,
  path: '/daily-attendance',
  validateSearch: toDailySearch,
  component: lazyRouteComponent(() => import('./pages/daily-attendance/daily-page.tsx'), 'DailyPage'),
});

export const router = createRouter({
  routeTree: root.addChildren([overview, daily]),
  defaultPreload: 'intent',
  parseSearch,
  stringifySearch,
  defaultErrorComponent: BrokenPage,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
