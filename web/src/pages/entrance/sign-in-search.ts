import { oneOf } from '../../search-text.ts';

/** What the address of the page for signing in says. */
export type SignInSearch = {
  /** The page to go to afterwards. */
  readonly next?: string | undefined;
  /** How somebody came here. */
  readonly after?: 'session-end' | 'sign-out' | 'new-password' | undefined;
  /** Why a provider, or our side of it, refused. */
  readonly error?: string | undefined;
};

export function toSignInSearch(given: Record<string, unknown>): SignInSearch {
  const after = oneOf(given['after']);
  return {
    next: oneOf(given['next']),
    after: after === 'session-end' || after === 'sign-out' || after === 'new-password' ? after : undefined,
    error: oneOf(given['error']),
  };
}
