import type { RunSummary } from '../../../../src/contract/runs.ts';
import { allOf, oneOf } from '../../search-text.ts';

/** What the address of the list of runs says. */
export type RunsSearch = {
  readonly state?: readonly string[] | undefined;
  readonly trigger?: readonly string[] | undefined;
  readonly connection?: readonly string[] | undefined;
  readonly sort?: string | undefined;
};

export function toRunsSearch(given: Record<string, unknown>): RunsSearch {
  return {
    state: allOf(given['state']),
    trigger: allOf(given['trigger']),
    connection: allOf(given['connection']),
    sort: oneOf(given['sort']),
  };
}

export function filterRuns(
  runs: readonly RunSummary[],
  { state, trigger, connection }: RunsSearch,
): readonly RunSummary[] {
  return runs.filter(
    (run) =>
      (state?.includes(run.state) ?? true) &&
      (trigger?.includes(run.trigger) ?? true) &&
      (connection?.includes(run.connection) ?? true),
  );
}
