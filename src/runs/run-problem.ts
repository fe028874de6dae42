import type { EmployeeRef } from '../db/schema.ts';
import type { SafeDetails } from '../errors/hajiri-error.ts';
import type { ProblemCode } from '../errors/problem-codes.ts';

/** One thing that a person should know of a run: what, about whom, for which dates. Details are safe facts only. */
export type RunProblem = {
  readonly code: ProblemCode;
  readonly sourceGuid?: string | null;
  readonly employee?: EmployeeRef | null;
  readonly from: Temporal.PlainDate | null;
  readonly to: Temporal.PlainDate | null;
  /** How many days of those dates it concerns; all of them when absent. */
  readonly days?: number;
  readonly details: SafeDetails;
};
