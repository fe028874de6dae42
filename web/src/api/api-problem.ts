import type { ProblemAnswer } from '../../../src/contract/problem.ts';

/** What the server refused, in its words; `unreachable` when it said nothing. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly code: string;
  readonly whatToDo: string | null;
  readonly faults: NonNullable<ProblemAnswer['faults']>;
  readonly requestId: string | null;

  constructor(problem: Pick<ProblemAnswer, 'code' | 'detail'> & Partial<ProblemAnswer>) {
    super(problem.detail);
    this.code = problem.code;
    this.whatToDo = problem.whatToDo ?? null;
    this.faults = problem.faults ?? [];
    this.requestId = problem.requestId ?? null;
  }

  static unreachable(): ApiProblem {
    return new ApiProblem({ code: 'unreachable', detail: '' });
  }
}

export function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof ApiProblem && codes.includes(error.code);
}
