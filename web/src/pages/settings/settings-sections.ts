/** The pages of the settings, in their order, each with the right without which it has nothing to show. */
export const settingsSections = [
  { to: '/settings/organisation', name: 'organisation', needs: 'manage the organisation' },
  { to: '/settings/attendance', name: 'attendance', needs: 'manage attendance rules' },
  { to: '/settings/members', name: 'members', needs: 'read members' },
  { to: '/settings/api-tokens', name: 'tokens', needs: 'manage API tokens' },
  { to: '/settings/audit-trail', name: 'auditTrail', needs: 'read the audit trail' },
] as const;
