import { oneOf } from '../../../search-text.ts';

export const actorKinds = ['person', 'token', 'schedule', 'command_line'] as const;
export type ActorKind = (typeof actorKinds)[number];

/** What the address of the page says: sent to somebody, it shows the same. */
export type AuditSearch = {
  readonly q?: string | undefined;
  readonly by?: ActorKind | undefined;
};

export function toAuditSearch(given: Record<string, unknown>): AuditSearch {
  return {
    q: oneOf(given['q']),
    by: actorKinds.find((kind) => kind === given['by']),
  };
}
