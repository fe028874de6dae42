import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reasonsIn, safeReason } from './safe-reason.ts';

describe('a reason given by Keka', () => {
  it('is joined to one line', () => {
    expect(safeReason(['Invalid\r\n  from', 'try\tagain\u0007'], [])).toBe('Invalid from; try again');
  });

  it.each([
    ['mail to asha.rao+hr@acme.example now', 'mail to [e-mail] now'],
    ['employee 1C9B6F0A-3a51-4f1c-9d0a-6f4f3f9b0042 is unknown', 'employee [id] is unknown'],
    ['phone 9876543210 of 2026', 'phone [number] of 2026'],
    ['फ़ोन १२३४५६', 'फ़ोन [number]'],
    ['token eyJhbGciOiJSUzI1NiIsImtpZCI6IjEifQ.eyJzdWIiOiIx refused', 'token [removed] refused'],
    ['key s3cr3t! refused', 'key [removed] refused'],
    ['the difference is 90 days', 'the difference is 90 days'],
  ])('%j is shown as %j', (given, shown) => {
    expect(safeReason([given], ['s3cr3t!', 'of'])).toBe(shown);
  });

  it('is at most 200 characters', () => {
    expect(safeReason(['word '.repeat(10_000)], [])).toHaveLength(200);
  });

  it('never holds a secret, an address, an id or a long number, whatever stands around it', () => {
    const secret = fc.constantFrom(
      'ab+c/d==',
      'p&q=r-secret',
      'asha@acme.example',
      '1c9b6f0a-3a51-4f1c-9d0a-6f4f3f9b0042',
      '123456',
    );
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), secret, fc.string(), (before, canary, after) => {
        const shown = safeReason([`${before} ${canary} ${after}`], ['ab+c/d==', 'p&q=r-secret']);
        expect(shown).not.toContain(canary);
        expect(shown.length).toBeLessThanOrEqual(200);
      }),
    );
  });
});

describe('the reasons in an errors value', () => {
  it.each([
    [
      ['a', 'b'],
      ['a', 'b'],
    ],
    [{ from: ['a'], to: ['b', 'c'] }, ['a', 'b', 'c']],
    ['a', ['a']],
    [null, []],
    [undefined, []],
    [17, []],
    [['', ' ', { message: 'a', code: 3 }], ['a']],
  ])('are found in %j', (errors, expected) => {
    expect(reasonsIn(errors)).toEqual(expected);
  });

  it('are not looked for without an end', () => {
    const deep: unknown = JSON.parse('['.repeat(50_000) + ']'.repeat(50_000));
    expect(reasonsIn(deep)).toEqual([]);
  });
});
