import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashApiToken, isApiToken, looksLikeApiToken, makeApiToken } from './token-text.ts';

describe('an API token', () => {
  it('begins with hjr_, has letters and digits alone, and is never twice the same', () => {
    const tokens = Array.from({ length: 200 }, makeApiToken);
    for (const token of tokens) {
      expect(token).toMatch(/^hjr_[0-9A-Za-z]{49}$/);
      expect(isApiToken(token)).toBe(true);
    }
    expect(new Set(tokens).size).toBe(200);
    expect(new Set(tokens.map((token) => hashApiToken(token).toString('hex'))).size).toBe(200);
  });

  it('is known from one with a wrong character', () => {
    const character = fc.stringMatching(/^[0-9A-Za-z]$/);
    fc.assert(
      fc.property(fc.nat({ max: 48 }), character, (place, other) => {
        const token = makeApiToken();
        const changed = `${token.slice(0, 4 + place)}${other}${token.slice(5 + place)}`;
        expect(isApiToken(changed)).toBe(changed === token);
      }),
    );
  });

  it.each([
    '',
    'hjr_',
    `hjr_${'0'.repeat(48)}`,
    ` ${makeApiToken()}`,
    `${makeApiToken()}\n`,
    makeApiToken().slice(4),
  ])('is not %j', (text) => {
    expect(isApiToken(text)).toBe(false);
  });

  it('is recognised as one that is meant, whether it is good or not', () => {
    expect(looksLikeApiToken('hjr_x')).toBe(true);
    expect(looksLikeApiToken('x')).toBe(false);
  });
});
