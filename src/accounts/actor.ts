import type { ApiTokenId, EmployeeRef, UserId } from '../db/schema.ts';

/** What a person may do and whose rows they see in one organisation. */
export type Membership =
  | { readonly role: 'owner' | 'admin' | 'auditor' }
  | { readonly role: 'manager'; readonly teams: readonly string[] }
  /** Without an employee the person sees no day at all, until somebody says which one they are. */
  | { readonly role: 'employee'; readonly employee: EmployeeRef | null };

export type Role = Membership['role'];

export const tokenScopes = ['read_reports', 'start_runs', 'manage_directory', 'manage_connections'] as const;
export type TokenScope = (typeof tokenScopes)[number];

export function isTokenScope(text: string): text is TokenScope {
  const known: readonly string[] = tokenScopes;
  return known.includes(text);
}

/** Who acts. Every use case is given one, and the audit trail names it. */
export type Actor =
  | {
      readonly kind: 'person';
      readonly userId: UserId;
      readonly name: string;
      readonly membership: Membership;
    }
  | {
      readonly kind: 'token';
      readonly tokenId: ApiTokenId;
      readonly name: string;
      readonly scopes: readonly TokenScope[];
    }
  | { readonly kind: 'schedule' }
  /** Whoever may run programs on this machine with access to the database: no right could be kept from them. */
  | { readonly kind: 'command_line'; readonly user: string };

/** Where a request came from; nothing of it is trusted, it is only written down. */
export type Origin = {
  readonly address: string | null;
  readonly requestId: string | null;
};

const nowhere: Origin = { address: null, requestId: null };

/** Whoever types on this machine. */
export function atCommandLine(user: string): { readonly actor: Actor; readonly origin: Origin } {
  return { actor: { kind: 'command_line', user }, origin: nowhere };
}

/** Hajiri itself, at a due time. */
export const bySchedule: { readonly actor: Actor; readonly origin: Origin } = {
  actor: { kind: 'schedule' },
  origin: nowhere,
};
