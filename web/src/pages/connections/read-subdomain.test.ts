import { describe, expect, it } from 'vitest';
import { isSubdomain, readSubdomain } from './read-subdomain.ts';

describe('the subdomain that somebody types or pastes', () => {
  it.each([
    'https://company.keka.com',
    'company.keka.com',
    '  HTTPS://Company.Keka.com/#/me/attendance?x=1 ',
    'http://company.keka.com:443/',
  ])('is the first part of an address: %s', (text) => {
    expect(readSubdomain(text)).toEqual({ subdomain: 'company', environment: 'keka' });
  });

  it('tells a trial company', () => {
    expect(readSubdomain('https://company.kekademo.com/login')).toEqual({
      subdomain: 'company',
      environment: 'kekademo',
    });
  });

  it.each([
    [' Company ', 'company'],
    ['company.keka.co', 'company.keka.co'],
    ['https://company.example.com', 'https://company.example.com'],
    ['a.b.keka.com', 'a.b.keka.com'],
    ['', ''],
  ])('is left as it is otherwise: %s', (text, subdomain) => {
    expect(readSubdomain(text)).toEqual({ subdomain, environment: null });
  });

  it('is one label', () => {
    expect(['acme', 'a', 'a-1', '1a'].every(isSubdomain)).toBe(true);
    expect(['', '-a', 'a-', 'a.b', 'a b', 'A', 'é'].some(isSubdomain)).toBe(false);
  });
});
