import type { Actor, Role, TokenScope } from './actor.ts';

/** Everything that can be allowed or not. A use case names the one that it needs, a route or verb never decides. */
export const permissions = [
  'read attendance',
  'read the directory',
  'read runs',
  'read connections',
  'read members',
  'read the audit trail',
  'start runs',
  'manage attendance rules',
  'correct attendance',
  'manage the directory',
  'manage connections',
  'manage members',
  'manage API tokens',
  'manage the organisation',
  'export or erase a person',
] as const;
export type Permission = (typeof permissions)[number];

export function isPermission(text: string): text is Permission {
  return permissions.some((permission) => permission === text);
}

/** An owner may do everything; nobody else may make or unmake an owner. */
const rolePermissions: Readonly<Record<Role, readonly Permission[]>> = {
  owner: permissions,
  admin: permissions,
  // Of their own teams only: see sight.ts.
  manager: ['read attendance', 'read the directory'],
  // Their own days only: see sight.ts.
  employee: ['read attendance'],
  auditor: [
    'read attendance',
    'read the directory',
    'read runs',
    'read connections',
    'read members',
    'read the audit trail',
  ],
};

const scopePermissions: Readonly<Record<TokenScope, readonly Permission[]>> = {
  read_reports: ['read attendance', 'read runs'],
  start_runs: ['read runs', 'read connections', 'start runs'],
  manage_directory: ['read the directory', 'manage the directory'],
  manage_connections: ['read connections', 'manage connections'],
};

export function permissionsOf(actor: Actor): ReadonlySet<Permission> {
  switch (actor.kind) {
    case 'person':
      return new Set(rolePermissions[actor.membership.role]);
    case 'token':
      return new Set(actor.scopes.flatMap((scope) => scopePermissions[scope]));
    case 'schedule':
    case 'command_line':
      return new Set(permissions);
  }
}
