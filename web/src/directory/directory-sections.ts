/** The pages of the directory, in their order, each with the right without which it has nothing to show. */
export const directorySections = [
  { to: '/employees', name: 'employees', needs: 'read the directory' },
  { to: '/employees/links', name: 'links', needs: 'manage the directory' },
  { to: '/employees/imports', name: 'imports', needs: 'manage the directory' },
  { to: '/employees/teams', name: 'teams', needs: 'read the directory' },
  { to: '/employees/exclusions', name: 'exclusions', needs: 'manage the directory' },
] as const;
