import { describe, expect, it } from 'vitest';
import { createKekaHosts } from './keka-hosts.ts';
import { parseSubdomain, type Subdomain } from './subdomain.ts';

function acme(): Subdomain {
  const parsed = parseSubdomain('acme');
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.subdomain;
}

describe("Keka's hosts", () => {
  it('are the login host for tokens and the company host for data, over https', () => {
    const hosts = createKekaHosts({});
    expect(hosts.tokenUrl('keka').href).toBe('https://login.keka.com/connect/token');
    expect(hosts.tokenUrl('kekademo').href).toBe('https://login.kekademo.com/connect/token');
    expect(hosts.apiUrl(acme(), 'keka', '/hris/employees', {}).href).toBe(
      'https://acme.keka.com/api/v1/hris/employees',
    );
  });

  it('encode the query, the plus of an offset included', () => {
    const url = createKekaHosts({}).apiUrl(acme(), 'kekademo', '/hris/employees', {
      lastModified: '2026-03-01T00:00:00+00:00',
      pageNumber: 2,
    });
    expect(url.href).toBe(
      'https://acme.kekademo.com/api/v1/hris/employees?lastModified=2026-03-01T00%3A00%3A00%2B00%3A00&pageNumber=2',
    );
  });

  it.each([
    'http://127.0.0.1:4010/login',
    'http://localhost:4010/login/',
    'http://[::1]:4010/login',
    'https://stand-in.example/login',
  ])('can be replaced by %s', (loginUrl) => {
    expect(createKekaHosts({ loginUrl }).tokenUrl('keka').href).toBe(
      `${loginUrl.replace(/\/$/, '')}/connect/token`,
    );
  });

  it.each([
    ['http://127.0.0.1:4010/tenant/{subdomain}', 'http://127.0.0.1:4010/tenant/acme/api/v1/time/attendance'],
    ['http://{subdomain}.localhost:4010', 'http://acme.localhost:4010/api/v1/time/attendance'],
  ])('of companies can be replaced by %s', (tenantUrl, expected) => {
    expect(createKekaHosts({ tenantUrl }).apiUrl(acme(), 'keka', '/time/attendance', {}).href).toBe(expected);
  });

  it.each([
    'http://stand-in.example',
    'http://127.0.0.1.evil.example',
    'http://localhost.evil.example',
    'http://192.168.1.4',
    'http://user:secret@127.0.0.1',
    'http://127.0.0.1/?x=1',
    'ftp://127.0.0.1',
    'file:///etc',
    'not a url',
  ])('cannot be replaced by %s', (loginUrl) => {
    expect(() => createKekaHosts({ loginUrl })).toThrow(
      expect.objectContaining({ code: 'configuration_invalid' }),
    );
    expect(() => createKekaHosts({ tenantUrl: `${loginUrl}/{subdomain}` })).toThrow();
  });

  it('of companies cannot all be one address', () => {
    expect(() => createKekaHosts({ tenantUrl: 'http://127.0.0.1:4010' })).toThrow(/\{subdomain\}/);
  });
});
