import {
  IconAdjustmentsHorizontal,
  IconCalendarCheck,
  IconLayoutDashboard,
  IconPlugConnected,
  IconRefresh,
  IconReport,
  IconUsers,
} from '@tabler/icons-react';

/** The pages of the navigation, each with the right without which it has nothing to show. */
export const navigationItems = [
  { to: '/', name: 'overview', Icon: IconLayoutDashboard, needs: 'read runs' },
  { to: '/daily-attendance', name: 'daily', Icon: IconCalendarCheck, needs: 'read attendance' },
  { to: '/runs', name: 'integration', Icon: IconRefresh, needs: 'read runs' },
  { to: '/reports', name: 'reports', Icon: IconReport, needs: 'read attendance' },
  { to: '/employees', name: 'employees', Icon: IconUsers, needs: 'read the directory' },
  { to: '/connections', name: 'connections', Icon: IconPlugConnected, needs: 'read connections' },
  { to: '/settings', name: 'settings', Icon: IconAdjustmentsHorizontal, needs: 'read the audit trail' },
] as const;
