import type { SafeDetails } from '../../errors/hajiri-error.ts';
import { describeProblem, type ProblemCode } from '../../errors/problem-codes.ts';

/** What happened, in one sentence that a person in HR understands, with the figures of this very case. */
export function explainProblem(code: ProblemCode, details: SafeDetails): string {
  const { title } = describeProblem(code);
  const facts = factsOf(details);
  return facts.length === 0 ? `${title}.` : `${title} (${facts.join(', ')}).`;
}

const labels: Readonly<Record<string, string>> = {
  expected: 'expected',
  actual: 'received',
  page: 'page',
  status: 'HTTP status',
  field: 'field',
  reason: 'reason',
  privilege: 'privilege',
  endpoint: 'read from',
  list: 'list',
  tries: 'tries',
};

function factsOf(details: SafeDetails): readonly string[] {
  return Object.entries(labels).flatMap(([name, label]) => {
    const value = details[name];
    return value === null || value === undefined || value === '' ? [] : [`${label}: ${String(value)}`];
  });
}
