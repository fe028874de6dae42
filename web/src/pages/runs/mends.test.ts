import { readdir } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { problemCodes } from '../../../../src/errors/problem-codes.ts';
import { linkKindOf, mendOf } from './mends.ts';

describe('the mends of problems', () => {
  it('are of codes that there are', async () => {
    const pages = await readdir(new URL('../../../../docs/problems', import.meta.url));
    const withMend = pages
      .map((page) => page.replace('.md', ''))
      .filter((code) => mendOf(code) !== undefined);
    expect(withMend.length).toBe(31);
    expect(problemCodes.filter((code) => mendOf(code) !== undefined).length).toBe(withMend.length);
  });

  it('lead where the cause is', () => {
    expect(mendOf('key_expired')).toBe('connection');
    expect(mendOf('no_employee_id')).toBe('links');
    expect(linkKindOf('ambiguous_match')).toBe('ambiguous');
    expect(mendOf('punch_outside_employment')).toBe('employees');
    expect(mendOf('suspicious_empty')).toBe('accept');
    expect(mendOf('bad_timestamp')).toBeUndefined();
  });
});
