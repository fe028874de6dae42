import { expect, it } from 'vitest';
import { musterCode } from './muster-codes.ts';

it.each([
  ['present', [], 'P'],
  ['present', ['missing_in'], 'MP'],
  ['present', ['late', 'missing_out'], 'MP'],
  ['half_day', ['missing_out'], 'HD'],
  ['present', ['half_weekly_off'], 'P'],
  ['weekly_off', [], 'WO'],
  ['weekly_off', ['worked_on_weekly_off'], 'WOP'],
  ['holiday', ['worked_on_holiday', 'missing_out'], 'HP'],
  ['in_progress', ['worked_on_weekly_off'], 'WOP'],
  ['in_progress', [], 'PR'],
  ['pending', [], 'PR'],
  ['not_read_yet', [], 'NY'],
] as const)('%s with %j is %s', (status, flags, code) => {
  expect(musterCode({ status, flags })).toBe(code);
});
