import type { ConnectionBrief, Overview } from '../../../../src/contract/overview.ts';

/** How things stand, as one of a few cases; the first that holds is the one to tell. */
export type Standing =
  | { readonly kind: 'no_connection' }
  | { readonly kind: 'running'; readonly run: string }
  | { readonly kind: 'never_fetched' }
  | { readonly kind: 'failed'; readonly connection: ConnectionBrief }
  | { readonly kind: 'stale'; readonly since: string }
  | { readonly kind: 'attention'; readonly count: number }
  | { readonly kind: 'good' };

/** A daily fetch that has not happened for this long was missed, whatever hour it is set to. */
export const staleAfterHours = 26;

export function standingOf({ connections, attention }: Overview, now: Temporal.Instant): Standing {
  if (connections.length === 0) return { kind: 'no_connection' };
  const running = connections.find((connection) => connection.running !== null)?.running;
  if (running !== undefined && running !== null) return { kind: 'running', run: running };
  if (connections.every(({ lastAttempt }) => lastAttempt === null)) return { kind: 'never_fetched' };
  const failed = connections.find(
    ({ lastAttempt, lastSuccess }) => lastAttempt !== null && lastAttempt.run !== lastSuccess?.run,
  );
  if (failed !== undefined) return { kind: 'failed', connection: failed };
  const oldest = connections
    .flatMap(({ lastSuccess }) => lastSuccess?.endedAt ?? lastSuccess?.startedAt ?? [])
    .toSorted()[0];
  if (oldest !== undefined && now.since(Temporal.Instant.from(oldest)).total('hours') > staleAfterHours) {
    return { kind: 'stale', since: oldest };
  }
  if (attention.length > 0) {
    return { kind: 'attention', count: attention.reduce((sum, { count }) => sum + count, 0) };
  }
  return { kind: 'good' };
}
