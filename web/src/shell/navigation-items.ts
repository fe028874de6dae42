import { IconCalendarCheck, IconLayoutDashboard, IconPlugConnected, IconRefresh } from '@tabler/icons-react';

export const navigationItems = [
  { to: '/', name: 'overview', Icon: IconLayoutDashboard },
  { to: '/daily-attendance', name: 'daily', Icon: IconCalendarCheck },
  { to: '/runs', name: 'integration', Icon: IconRefresh },
  { to: '/connections', name: 'connections', Icon: IconPlugConnected },
] as const;
