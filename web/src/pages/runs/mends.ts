import type { LinkKind } from '../../../../src/contract/links.ts';

/** What a person can do about a kind of problem: go to the connection, to the links, to the directory, or fetch once more. */
export type Mend = 'connection' | 'links' | 'employees' | 'again' | 'accept';

const mends: Readonly<Record<Mend, readonly string[]>> = {
  connection: [
    'credentials_refused',
    'key_expired',
    'privilege_missing',
    'company_not_found',
    'secrets_unreadable',
    'network_dns',
    'redirect_refused',
    'no_source_key',
  ],
  links: [
    'no_employee_id',
    'not_in_directory',
    'ambiguous_match',
    'duplicate_code',
    'employee_already_linked',
    'code_reused',
  ],
  employees: ['punch_outside_employment'],
  again: [
    'rate_limited',
    'server_error',
    'said_failed',
    'not_json',
    'malformed_page',
    'network_refused',
    'network_timeout',
    'network_tls',
    'interrupted',
    'cancelled',
    'totals_disagree',
    'duplicate_record',
    'date_outside_window',
    'database_unavailable',
  ],
  accept: ['suspicious_count', 'suspicious_empty'],
};

/** Undefined where reading is all that can be done. */
export function mendOf(code: string): Mend | undefined {
  return (Object.keys(mends) as readonly Mend[]).find((mend) => mends[mend].includes(code)); // keys of a literal
}

/** Under which kind the links show whom a problem is about. */
export function linkKindOf(code: string): LinkKind | undefined {
  return new Map<string, LinkKind>([
    ['no_employee_id', 'no_employee_id'],
    ['not_in_directory', 'not_in_directory'],
    ['ambiguous_match', 'ambiguous'],
    ['duplicate_code', 'two_people'],
    ['employee_already_linked', 'two_people'],
    ['code_reused', 'code_reused'],
  ]).get(code);
}
