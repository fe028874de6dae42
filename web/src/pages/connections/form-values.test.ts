import { describe, expect, it } from 'vitest';
import type { Connection } from '../../../../src/contract/connections.ts';
import { checkValues, isSame, toChange, toDraft, toNewConnection, valuesOf } from './form-values.ts';

const stored: Connection = {
  id: '00000000-0000-4000-8000-000000000001',
  name: 'main',
  subdomain: 'acme',
  host: 'acme.keka.com',
  environment: 'keka',
  identificationKey: 'email',
  requestsPerMinute: 30,
  punchBasis: 'utc',
  shiftBasis: 'local',
  keyExpiresOn: '2026-12-31',
  secrets: { state: 'set', ending: 'ab12' },
  readRequests: false,
  peopleReadAt: null,
};

describe('the form of a connection', () => {
  it('leaves stored secrets alone unless others are entered', () => {
    const values = valuesOf(stored);
    expect(toChange(values)).not.toHaveProperty('credentials');
    expect(toDraft(values, stored)).toMatchObject({ connection: stored.id, identificationKey: 'email' });
    expect(toDraft(values, stored)).not.toHaveProperty('credentials');
    const credentials = { clientId: 'a', clientSecret: 'b', apiKey: 'c' };
    expect(toChange({ ...values, credentials })).toMatchObject({ credentials });
    expect(checkValues(values)).toEqual({});
  });

  it('asks for secrets that cannot be read any more', () => {
    const values = valuesOf({ ...stored, secrets: { state: 'needed_again', ending: null } });
    expect(Object.keys(checkValues(values))).toEqual([
      'credentials.clientId',
      'credentials.clientSecret',
      'credentials.apiKey',
    ]);
  });

  it('says field by field what is missing from a new one', () => {
    const empty = { ...valuesOf(null), name: ' ', requestsPerMinute: '0' };
    expect(checkValues(empty)).toEqual({
      name: 'nameNeeded',
      subdomain: 'subdomainNeeded',
      requestsPerMinute: 'requests',
      'credentials.clientId': 'needed',
      'credentials.clientSecret': 'needed',
      'credentials.apiKey': 'needed',
    });
    expect(checkValues({ ...empty, subdomain: 'not a label' })).toMatchObject({ subdomain: 'subdomainForm' });
  });

  it('sends a date or none, and figures as figures', () => {
    const values = { ...valuesOf(null), subdomain: 'acme', requestsPerMinute: '40', keyExpiresOn: '' };
    expect(toNewConnection(values)).toMatchObject({
      name: 'Keka',
      requestsPerMinute: 40,
      keyExpiresOn: null,
    });
  });

  it('is unchanged when what was typed is taken back', () => {
    const values = valuesOf(stored);
    expect(isSame({ ...values, subdomain: 'acme' }, valuesOf(stored))).toBe(true);
    expect(isSame({ ...values, subdomain: 'acme2' }, valuesOf(stored))).toBe(false);
  });
});
