import { IconCalendarCheck, IconLayoutDashboard } from '@tabler/icons-react';

export const navigationItems = [
  { to: '/', name: 'overview', Icon: IconLayoutDashboard },
  { to: '/daily-attendance', name: 'daily', Icon: IconCalendarCheck },
] as const;
