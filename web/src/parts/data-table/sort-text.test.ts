import { describe, expect, it } from 'vitest';
import { nextSort, parseSort } from './sort-text.ts';

describe('the order of a table', () => {
  it('goes up, down, and back', () => {
    expect(nextSort(undefined, 'name')).toBe('name');
    expect(nextSort('name', 'name')).toBe('-name');
    expect(nextSort('-name', 'name')).toBeUndefined();
    expect(nextSort('-name', 'team')).toBe('team');
    expect(parseSort('-name')).toEqual({ id: 'name', desc: true });
    expect(parseSort(undefined)).toBeNull();
  });
});
