import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { toDailySearch } from './pages/daily-attendance/daily-search.ts';
import { toRunsSearch } from './pages/runs/runs-search.ts';
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

const runs = createRoute({
  getParentRoute: () => root,
  path: '/runs',
  validateSearch: toRunsSearch,
  component: lazyRouteComponent(() => import('./pages/runs/runs-page.tsx'), 'RunsPage'),
});

const run = createRoute({
  getParentRoute: () => root,
  path: '/runs/$run',
  component: lazyRouteComponent(() => import('./pages/runs/run-page.tsx'), 'RunPage'),
});

const connections = createRoute({
  getParentRoute: () => root,
  path: '/connections',
  component: lazyRouteComponent(() => import('./pages/connections/connections-page.tsx'), 'ConnectionsPage'),
});

const newConnection = createRoute({
  getParentRoute: () => root,
  path: '/connections/new',
  component: lazyRouteComponent(
    () => import('./pages/connections/new-connection-page.tsx'),
    'NewConnectionPage',
  ),
});

const connection = createRoute({
  getParentRoute: () => root,
  path: '/connections/$connection',
  component: lazyRouteComponent(() => import('./pages/connections/connection-page.tsx'), 'ConnectionPage'),
});

const problem = createRoute({
  getParentRoute: () => root,
  path: '/problems/$code',
  component: lazyRouteComponent(() => import('./pages/problems/problem-page.tsx'), 'ProblemPage'),
});

export const router = createRouter({
  routeTree: root.addChildren([overview, daily, runs, run, connections, newConnection, connection, problem]),
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
