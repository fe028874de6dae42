import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createKekaHosts } from './keka-hosts.ts';
import { parseSubdomain } from './subdomain.ts';

const hosts = createKekaHosts({});

describe('a subdomain', () => {
  it.each(['acme', 'a', '7', 'acme-india', 'a1-b2', 'x'.repeat(63)])('may be %s', (text) => {
    expect(parseSubdomain(text)).toEqual({ ok: true, subdomain: text });
  });

  it('is stored in lower case', () => {
    expect(parseSubdomain('AcMe')).toEqual({ ok: true, subdomain: 'acme' });
  });

  it.each([
    'evil.example/#',
    'acme/path',
    'https://acme.keka.com',
    'acme.keka.com',
    '-acme',
    'acme-',
    'acme%2e',
    'acme:8080',
    'acme\n',
    'acme\r\n',
    ' acme',
    '\u0430cme',
    'acme\u200b',
    '\u212Aeka',
    'acme\u3002evil',
    'acme@evil',
    'acme\\evil',
    'acme?x',
    'acme#x',
    'acme\0',
    'ac me',
    'xn--80ak6aa92e',
    'x'.repeat(64),
    '',
    ' ',
    '.',
    '..',
    'login',
    'LOGIN',
    'app',
  ])('may not be %j', (text) => {
    const parsed = parseSubdomain(text);
    expect(parsed).toMatchObject({ ok: false, reason: expect.stringMatching(/./) });
  });

  it.each([
    ['https://acme.keka.com', 'enter only "acme"'],
    ['HTTPS://Acme.Keka.com/#/home/dashboard', 'enter only "acme"'],
    ['acme.keka.com', 'enter only "acme"'],
    ['acme.kekademo.com/', 'enter only "acme"'],
    [' acme\n', 'enter only "acme"'],
  ])('given as %j tells what part of it to enter', (text, reason) => {
    expect(parseSubdomain(text)).toEqual({ ok: false, reason });
  });

  it.each([
    ['', /is empty.*enter "company"/],
    ['https://acme.keka.com.evil.example', /only the letters/],
    ['https://login.keka.com', /address of Keka itself/],
    ['x'.repeat(64), /longer than 63/],
    ['acme corp', /only the letters/],
  ])('%j is refused with its own reason', (text, reason) => {
    const parsed = parseSubdomain(text);
    expect(parsed.ok ? '' : parsed.reason).toMatch(reason);
  });

  it('is either refused or leads to the host of that label, below Keka, and nowhere else', () => {
    const nearMisses = fc
      .tuple(
        fc.stringMatching(/^[a-z0-9-]{0,8}$/),
        fc.constantFrom(
          '',
          '.',
          '/',
          '#',
          '?',
          '@',
          ':',
          '\\',
          '%2e',
          '\n',
          '\t',
          '\u3002',
          '\uff0e',
          '\u00ad',
        ),
        fc.stringMatching(/^[A-Za-z0-9.-]{0,12}$/),
      )
      .map((parts) => parts.join(''));
    const anything = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string(),
      fc.domain(),
      fc.webUrl(),
      nearMisses,
    );
    fc.assert(
      fc.property(anything, fc.constantFrom('keka' as const, 'kekademo' as const), (text, environment) => {
        const parsed = parseSubdomain(text);
        if (!parsed.ok) return;
        const url = hosts.apiUrl(parsed.subdomain, environment, '/time/attendance', { from: '2026-03-01' });
        expect(parsed.subdomain).toMatch(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/);
        expect(parsed.subdomain).toBe(text.toLowerCase());
        expect(url.protocol).toBe('https:');
        expect(url.host).toBe(`${parsed.subdomain}.${environment}.com`);
        expect(url.pathname).toBe('/api/v1/time/attendance');
      }),
      { numRuns: 3000 },
    );
  });
});
