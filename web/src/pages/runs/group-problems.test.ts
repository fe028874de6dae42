import { describe, expect, it } from 'vitest';
import type { IntegrationProblem } from '../../../../src/contract/integration-report.ts';
import { groupProblems } from './group-problems.ts';

function problem(code: string, of: Partial<IntegrationProblem> = {}): IntegrationProblem {
  return {
    code,
    severity: 'action',
    name: null,
    employeeId: null,
    employeeNumber: null,
    sourceGuid: null,
    date: null,
    dateTo: null,
    days: null,
    whatHappened: `${code}.`,
    whatToDo: 'Do it.',
    page: '',
    details: {},
    ...of,
  };
}

describe('problems by kind', () => {
  it('stand in the order in which they matter', () => {
    const groups = groupProblems([
      problem('rare'),
      problem('note', { severity: 'notice' }),
      problem('often'),
      problem('often'),
      problem('broken', { severity: 'failure' }),
    ]);
    expect(groups.map(({ code, problems }) => [code, problems.length])).toEqual([
      ['broken', 1],
      ['often', 2],
      ['rare', 1],
      ['note', 1],
    ]);
  });

  it('say once what is the same, without the figures that differ', () => {
    const [same] = groupProblems([problem('a', { whatHappened: 'It failed (page: 2).' })]);
    expect(same?.whatHappened).toBe('It failed (page: 2).');
    const [different] = groupProblems([
      problem('a', { whatHappened: 'Too few (expected: 240, received: 3).' }),
      problem('a', { whatHappened: 'Too few (expected: 240, received: 9).' }),
    ]);
    expect(different?.whatHappened).toBe('Too few.');
  });
});
