import { assert, constantFrom, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextPage } from './next-page.ts';

describe('where a sign-in leads', () => {
  it('is the page that was left, with its filters', () => {
    expect(nextPage('/daily-attendance?date=2026-03-10&status=absent')).toBe(
      '/daily-attendance?date=2026-03-10&status=absent',
    );
  });

  it.each([
    ['none is named', undefined],
    ['another site is named', 'https://elsewhere.example/'],
    ['it names a host without a scheme', '//elsewhere.example/'],
    ['it names a host with a backslash', '/\\elsewhere.example/'],
    ['it names a host with what browsers drop', '/\t/elsewhere.example/'],
    ['it is the sign-in itself', '/sign-in?next=/sign-in'],
  ])('is the first page when %s', (_case, given) => {
    expect(nextPage(given)).toBe('/');
  });

  it('never leaves this site', () => {
    const letters = constantFrom('/', '\\', '.', '?', '#', '@', ':', '%', '\t', '\n', '\0', 'a', 'b');
    assert(
      property(string({ unit: letters }), (text) => {
        const { origin } = new URL(nextPage(`/${text}`), 'http://here.invalid');
        expect(origin).toBe('http://here.invalid');
      }),
    );
  });
});
