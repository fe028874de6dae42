import { describe, expect, it } from 'vitest';
import { allOf, oneOf, parseSearch, stringifySearch } from './search-text.ts';

describe('the search part of an address', () => {
  it('keeps texts and lists', () => {
    const values = { date: '2026-03-10', q: 'Asha & Co = 1', team: ['R&D', 'Sales, North'], none: undefined };
    const text = stringifySearch(values);
    expect(text).toBe('?date=2026-03-10&q=Asha+%26+Co+%3D+1&team=R%26D&team=Sales%2C+North');
    expect(parseSearch(text)).toEqual({
      date: '2026-03-10',
      q: 'Asha & Co = 1',
      team: ['R&D', 'Sales, North'],
    });
    expect(stringifySearch({ q: '', team: [] })).toBe('');
  });

  it('takes a number for the text that it is', () => {
    expect(parseSearch('?q=00120&status=absent')).toEqual({ q: '00120', status: 'absent' });
  });

  it('gives one or all', () => {
    expect(oneOf('a')).toBe('a');
    expect(oneOf(['a', 'b'])).toBeUndefined();
    expect(oneOf('')).toBeUndefined();
    expect(allOf('a')).toEqual(['a']);
    expect(allOf(['a', 'b', 'a', ''])).toEqual(['a', 'b']);
    expect(allOf(undefined)).toBeUndefined();
  });
});
