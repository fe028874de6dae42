/**
 * Every address of a page in the browser. The server answers these with the web app; the web app's router has a page
 * for each of them (a test compares). A segment with a colon stands for any one segment.
 */
export const pagePaths = [
  '/',
  '/daily-attendance',
  '/runs',
  '/runs/:run',
  '/my-days',
  '/reports',
  '/reports/:report',
  '/employees',
  '/employees/new',
  '/employees/links',
  '/employees/imports',
  '/employees/imports/:import',
  '/employees/teams',
  '/employees/exclusions',
  '/employees/:employee',
  '/connections',
  '/connections/new',
  '/connections/:connection',
  '/connections/:connection/backfills',
  '/problems/:code',
  '/account',
  '/settings',
  '/settings/organisation',
  '/settings/attendance',
  '/settings/members',
  '/settings/api-tokens',
  '/settings/audit-trail',
  '/sign-in',
  '/owner-link',
  '/invitation',
  '/forgotten-password',
  '/new-password',
] as const;

export type PagePath = (typeof pagePaths)[number];

const patterns = pagePaths.map((path) => new RegExp(`^${path.replaceAll(/:[a-zA-Z]+/g, '[^/]+')}$`));

/** Whether the path of an address, without query, belongs to a page. */
export function isPagePath(path: string): boolean {
  return patterns.some((pattern) => pattern.test(path));
}
