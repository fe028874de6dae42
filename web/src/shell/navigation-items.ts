import { IconLayoutDashboard } from '@tabler/icons-react';

export const navigationItems = [{ to: '/', name: 'overview', Icon: IconLayoutDashboard }] as const;
