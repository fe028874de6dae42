import type { IntegrationProblem, IntegrationReport } from '../../../../src/contract/integration-report.ts';

export const comparedCounts = ['inserted', 'changed', 'unchanged', 'unlinked', 'invalid'] as const;

export type ProblemDifference = {
  readonly code: string;
  readonly whatHappened: string;
  /** Whom it concerns, by name or number; empty for a problem of the run as a whole. */
  readonly who: readonly string[];
  readonly count: number;
};

export type Comparison = {
  readonly counts: readonly {
    readonly name: (typeof comparedCounts)[number] | 'requests';
    readonly now: number;
    readonly before: number;
  }[];
  readonly appeared: readonly ProblemDifference[];
  readonly gone: readonly ProblemDifference[];
};

/** What differs between a run and the one before it: figures, and problems by kind and person whatever their dates. */
export function compareRuns(now: IntegrationReport, before: IntegrationReport): Comparison {
  return {
    counts: [
      ...comparedCounts.map((name) => ({
        name,
        now: now.run.counts[name],
        before: before.run.counts[name],
      })),
      { name: 'requests', now: now.run.requests, before: before.run.requests },
    ],
    appeared: without(now.problems, before.problems),
    gone: without(before.problems, now.problems),
  };
}

function without(
  problems: readonly IntegrationProblem[],
  others: readonly IntegrationProblem[],
): readonly ProblemDifference[] {
  const known = new Set(others.map(keyOf));
  const groups = Map.groupBy(
    problems.filter((problem) => !known.has(keyOf(problem))),
    ({ code }) => code,
  );
  return [...groups].map(([code, found]) => ({
    code,
    whatHappened: found[0]?.whatHappened ?? code,
    who: [...new Set(found.flatMap((problem) => whoOf(problem) ?? []))],
    count: found.length,
  }));
}

function keyOf(problem: IntegrationProblem): string {
  return [problem.code, problem.sourceGuid, problem.employeeId].join(' ');
}

function whoOf({ name, employeeId, employeeNumber }: IntegrationProblem): string | null {
  return name ?? employeeId ?? employeeNumber;
}
