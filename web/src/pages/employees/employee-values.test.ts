import { expect, it } from 'vitest';
import { noValues, toBody } from './employee-values.ts';

it('sends what was changed, and nothing else', () => {
  const before = { ...noValues, firstName: 'Asha', employeeId: '00123', team: 'Weaving', tags: ['night'] };
  expect(toBody(before, before)).toEqual({});
  expect(toBody({ ...before, firstName: ' Asha ' }, before)).toEqual({});
  expect(
    toBody({ ...before, employeeId: '', team: 'Spinning', teamFrom: '2026-03-01', tags: [] }, before),
  ).toEqual({ employeeId: null, team: 'Spinning', teamFrom: '2026-03-01', tags: [] });
  // A day from which on counts nothing where the team stays.
  expect(toBody({ ...before, teamFrom: '2026-03-01' }, before)).toEqual({});
});
