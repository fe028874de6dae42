import {
  IconAdjustmentsHorizontal,
  IconCalendarCheck,
  IconCalendarUser,
  IconLayoutDashboard,
  IconPlugConnected,
  IconRefresh,
  IconReport,
  IconUsers,
} from '@tabler/icons-react';

type NavigationItem = {
  readonly to: string;
  readonly name: string;
  readonly Icon: typeof IconReport;
  /** The right without which the page has nothing to show. */
  readonly needs: string;
  /** Where only one role has such a page. */
  readonly isFor?: 'employee';
};

/** The pages of the navigation, in their order. */
export const navigationItems = [
  { to: '/my-days', name: 'myDays', Icon: IconCalendarUser, needs: 'read attendance', isFor: 'employee' },
  { to: '/', name: 'overview', Icon: IconLayoutDashboard, needs: 'read runs' },
  { to: '/daily-attendance', name: 'daily', Icon: IconCalendarCheck, needs: 'read attendance' },
  { to: '/runs', name: 'integration', Icon: IconRefresh, needs: 'read runs' },
  { to: '/reports', name: 'reports', Icon: IconReport, needs: 'read attendance' },
  { to: '/employees', name: 'employees', Icon: IconUsers, needs: 'read the directory' },
  { to: '/connections', name: 'connections', Icon: IconPlugConnected, needs: 'read connections' },
  { to: '/settings', name: 'settings', Icon: IconAdjustmentsHorizontal, needs: 'read the audit trail' },
] as const satisfies readonly NavigationItem[];

/** Those that somebody has something to see on. */
export function itemsFor(may: (permission: string) => boolean, role: string | null | undefined) {
  return navigationItems.filter((item) => may(item.needs) && (!('isFor' in item) || item.isFor === role));
}
