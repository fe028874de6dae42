import { describe, expect, it } from 'vitest';
import { identificationKeys } from '../attendance/identification-keys.ts';
import { InvalidInputError } from '../errors/hajiri-error.ts';
import { parseInput } from '../errors/parse-input.ts';
import { connectionChange, newConnection } from './schemas.ts';

const credentials = { clientId: 'client-1', clientSecret: 'canary-secret', apiKey: 'canary-key' };
const connection = { name: 'main', subdomain: 'acme', credentials };

function faultsOf(input: unknown) {
  try {
    parseInput(newConnection, input);
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    expect(error.message).not.toContain('canary');
    return error.faults;
  }
  throw new Error('the connection was accepted');
}

describe('a new connection', () => {
  it('needs a name, a subdomain and the three credentials; the rest is as Keka usually is', () => {
    expect(parseInput(newConnection, connection)).toEqual({
      ...connection,
      environment: 'keka',
      identificationKey: 'employee_number',
      requestsPerMinute: 50,
      punchBasis: 'utc',
      shiftBasis: 'utc',
      keyExpiresOn: null,
      readRequests: false,
    });
  });

  it('takes the blanks away that come along when secrets are pasted', () => {
    const pasted = { clientId: ' client-1\n', clientSecret: '\tcanary-secret ', apiKey: 'canary-key\r\n' };
    expect(parseInput(newConnection, { ...connection, credentials: pasted }).credentials).toEqual(
      credentials,
    );
  });

  it.each([
    ['name', { name: ' ' }, /must not be empty/],
    ['name', { name: 'x'.repeat(101) }, /at most 100/],
    ['subdomain', { subdomain: 'https://acme.keka.com' }, /enter only "acme"/],
    ['subdomain', { subdomain: '' }, /is empty/],
    ['environment', { environment: 'production' }, /keka or kekademo/],
    [
      'identificationKey',
      { identificationKey: 'phone' },
      /employee_number, attendance_number, email or guid/,
    ],
    ['requestsPerMinute', { requestsPerMinute: 0 }, /at least 1/],
    ['requestsPerMinute', { requestsPerMinute: 1001 }, /at most 1000/],
    ['requestsPerMinute', { requestsPerMinute: 49.5 }, /whole number/],
    ['requestsPerMinute', { requestsPerMinute: Number.NaN }, /whole number/],
    ['punchBasis', { punchBasis: 'IST' }, /utc or local/],
    [
      'credentials.clientSecret',
      { credentials: { ...credentials, clientSecret: '  ' } },
      /Client Secret from Keka/,
    ],
    ['credentials.apiKey', { credentials: { ...credentials, apiKey: '' } }, /API Key from Keka/],
  ])('is refused for its %s: %j', (field, change, reason) => {
    expect(faultsOf({ ...connection, ...change })).toEqual([
      { field, reason: expect.stringMatching(reason) },
    ]);
  });

  it('is refused with all of its faults at once', () => {
    const faults = faultsOf({
      name: '',
      subdomain: 'acme.keka.com',
      credentials: { ...credentials, clientId: '' },
    });
    expect(faults.map(({ field }) => field)).toEqual(['name', 'subdomain', 'credentials.clientId']);
  });

  it.each(identificationKeys)('may compare people by %s', (identificationKey) => {
    expect(parseInput(newConnection, { ...connection, identificationKey })).toMatchObject({
      identificationKey,
    });
  });
});

describe('a change of a connection', () => {
  it('holds what is to change and nothing else', () => {
    expect(parseInput(connectionChange, {})).toEqual({});
    expect(parseInput(connectionChange, { subdomain: 'Acme-India' })).toEqual({ subdomain: 'acme-india' });
  });

  it('is checked like a new connection', () => {
    expect(() => parseInput(connectionChange, { subdomain: 'acme/path' })).toThrow(InvalidInputError);
    expect(() => parseInput(connectionChange, { credentials: { clientId: 'only' } })).toThrow(
      InvalidInputError,
    );
  });
});
