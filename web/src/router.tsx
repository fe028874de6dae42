import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { toDailySearch } from './pages/daily-attendance/daily-search.ts';
import { toEmployeesSearch } from './pages/employees/employees-search.ts';
import { toSignInSearch } from './pages/entrance/sign-in-search.ts';
import { toImportSearch } from './pages/imports/imports-search.ts';
import { toLinksSearch } from './pages/links/links-search.ts';
import { toMyDaysSearch } from './pages/my-days/my-days-search.ts';
import { toReportSearch } from './pages/reports/report-search.ts';
import { toRunsSearch } from './pages/runs/runs-search.ts';
import { toAuditSearch } from './pages/settings/audit-trail/audit-search.ts';
import { parseSearch, stringifySearch } from './search-text.ts';
import { BrokenPage } from './shell/broken-page.tsx';
import { NotFoundPage } from './shell/not-found-page.tsx';
import { Root } from './shell/root.tsx';

const root = createRootRoute({ component: Root, notFoundComponent: NotFoundPage });

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

const employees = createRoute({
  getParentRoute: () => root,
  path: '/employees',
  validateSearch: toEmployeesSearch,
  component: lazyRouteComponent(() => import('./pages/employees/employees-page.tsx'), 'EmployeesPage'),
});

const newEmployee = createRoute({
  getParentRoute: () => root,
  path: '/employees/new',
  component: lazyRouteComponent(() => import('./pages/employees/new-employee-page.tsx'), 'NewEmployeePage'),
});

const employee = createRoute({
  getParentRoute: () => root,
  path: '/employees/$employee',
  component: lazyRouteComponent(() => import('./pages/employees/employee-page.tsx'), 'EmployeePage'),
});

const links = createRoute({
  getParentRoute: () => root,
  path: '/employees/links',
  validateSearch: toLinksSearch,
  component: lazyRouteComponent(() => import('./pages/links/links-page.tsx'), 'LinksPage'),
});

const imports = createRoute({
  getParentRoute: () => root,
  path: '/employees/imports',
  component: lazyRouteComponent(() => import('./pages/imports/imports-page.tsx'), 'ImportsPage'),
});

const importOfEmployees = createRoute({
  getParentRoute: () => root,
  path: '/employees/imports/$import',
  validateSearch: toImportSearch,
  component: lazyRouteComponent(() => import('./pages/imports/import-page.tsx'), 'ImportPage'),
});

const teams = createRoute({
  getParentRoute: () => root,
  path: '/employees/teams',
  component: lazyRouteComponent(() => import('./pages/teams/teams-page.tsx'), 'TeamsPage'),
});

const exclusions = createRoute({
  getParentRoute: () => root,
  path: '/employees/exclusions',
  component: lazyRouteComponent(() => import('./pages/exclusions/exclusions-page.tsx'), 'ExclusionsPage'),
});

const myDays = createRoute({
  getParentRoute: () => root,
  path: '/my-days',
  validateSearch: toMyDaysSearch,
  component: lazyRouteComponent(() => import('./pages/my-days/my-days-page.tsx'), 'MyDaysPage'),
});

const reports = createRoute({
  getParentRoute: () => root,
  path: '/reports',
  component: lazyRouteComponent(() => import('./pages/reports/reports-page.tsx'), 'ReportsPage'),
});

const report = createRoute({
  getParentRoute: () => root,
  path: '/reports/$report',
  validateSearch: toReportSearch,
  component: lazyRouteComponent(() => import('./pages/reports/report-page.tsx'), 'ReportPage'),
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

const backfills = createRoute({
  getParentRoute: () => root,
  path: '/connections/$connection/backfills',
  component: lazyRouteComponent(() => import('./pages/backfills/backfills-page.tsx'), 'BackfillsPage'),
});

const problem = createRoute({
  getParentRoute: () => root,
  path: '/problems/$code',
  component: lazyRouteComponent(() => import('./pages/problems/problem-page.tsx'), 'ProblemPage'),
});

const account = createRoute({
  getParentRoute: () => root,
  path: '/account',
  component: lazyRouteComponent(() => import('./pages/account/account-page.tsx'), 'AccountPage'),
});

const settings = createRoute({
  getParentRoute: () => root,
  path: '/settings',
  component: lazyRouteComponent(() => import('./pages/settings/settings-page.tsx'), 'SettingsPage'),
});

const tokens = createRoute({
  getParentRoute: () => root,
  path: '/settings/api-tokens',
  component: lazyRouteComponent(() => import('./pages/settings/tokens/tokens-page.tsx'), 'TokensPage'),
});

const auditTrail = createRoute({
  getParentRoute: () => root,
  path: '/settings/audit-trail',
  validateSearch: toAuditSearch,
  component: lazyRouteComponent(
    () => import('./pages/settings/audit-trail/audit-trail-page.tsx'),
    'AuditTrailPage',
  ),
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: toSignInSearch,
  staticData: { isEntrance: true },
  component: lazyRouteComponent(() => import('./pages/entrance/sign-in-page.tsx'), 'SignInPage'),
});

const ownerLink = createRoute({
  getParentRoute: () => root,
  path: '/owner-link',
  staticData: { isEntrance: true },
  component: lazyRouteComponent(() => import('./pages/entrance/owner-link-page.tsx'), 'OwnerLinkPage'),
});

const invitation = createRoute({
  getParentRoute: () => root,
  path: '/invitation',
  staticData: { isEntrance: true },
  component: lazyRouteComponent(() => import('./pages/entrance/invitation-page.tsx'), 'InvitationPage'),
});

const forgottenPassword = createRoute({
  getParentRoute: () => root,
  path: '/forgotten-password',
  staticData: { isEntrance: true },
  component: lazyRouteComponent(
    () => import('./pages/entrance/forgotten-password-page.tsx'),
    'ForgottenPasswordPage',
  ),
});

const newPassword = createRoute({
  getParentRoute: () => root,
  path: '/new-password',
  staticData: { isEntrance: true },
  component: lazyRouteComponent(() => import('./pages/entrance/new-password-page.tsx'), 'NewPasswordPage'),
});

const members = createRoute({
  getParentRoute: () => root,
  path: '/settings/members',

  component: lazyRouteComponent(() => import('./pages/settings/members/members-page.tsx'), 'MembersPage'),
});

const organisation = createRoute({
  getParentRoute: () => root,
  path: '/settings/organisation',
  component: lazyRouteComponent(
    () => import('./pages/settings/organisation/organisation-page.tsx'),
    'OrganisationPage',
  ),
});

const attendanceRules = createRoute({
  getParentRoute: () => root,
  path: '/settings/attendance',
  component: lazyRouteComponent(
    () => import('./pages/settings/attendance/attendance-rules-page.tsx'),
    'AttendanceRulesPage',
  ),
});

export const router = createRouter({
  routeTree: root.addChildren([
    overview,
    daily,
    runs,
    run,
    myDays,
    reports,
    report,
    employees,
    newEmployee,
    employee,
    links,
    imports,
    importOfEmployees,
    teams,
    exclusions,
    connections,
    newConnection,
    connection,
    backfills,
    problem,
    account,
    settings,
    tokens,
    auditTrail,
    signIn,
    ownerLink,
    invitation,
    forgottenPassword,
    newPassword,
    members,
    organisation,
    attendanceRules,
  ]),
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
  interface StaticDataRouteOption {
    /** Shown to whoever is not signed in, without the shell. */
    readonly isEntrance?: boolean;
  }
}
