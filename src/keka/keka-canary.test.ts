import { inspect } from 'node:util';
import { MockAgent } from 'undici';
import { describe, expect, it } from 'vitest';
import { kekaClientOf, march } from '../../test/support/keka-client-of.ts';
import { pageOf, type StubAnswer, startStubKeka } from '../../test/support/stub-keka.ts';
import { isHajiriError } from '../errors/hajiri-error.ts';
import { parseAttendanceRecord } from './attendance-record.ts';
import type { KekaClientOptions } from './keka-client.ts';
import { KekaError } from './keka-error.ts';
import { createKekaHosts } from './keka-hosts.ts';

const credentials = {
  clientId: 'canary-client-7f3a',
  clientSecret: 'canary secret&8b+c',
  apiKey: 'Y2FuYXJ5+a2V5/OTk=',
};
const token = 'canary.token.eyJ9';
const person = 'Canaria Testperson';
const email = 'canaria@acme.example';

const canaries = [
  ...Object.values(credentials),
  ...Object.values(credentials).map(encodeURIComponent),
  token,
  person,
  email,
];

/** A body that holds whatever must not get out. */
const record = { employeeNumber: 'ACM1', displayName: person, email, note: canaries.join(' ') };
const text = `${person} ${email} ${canaries.join(' ')}`;

const pages: Record<string, StubAnswer> = {
  'a refused token': { status: 401, body: text },
  'a missing privilege': { status: 403, body: JSON.stringify(text) },
  'a firewall': { status: 403, body: `<html>${text}</html>` },
  'an unknown company': { status: 404, body: text },
  'too many requests': { status: 429, body: text, headers: { 'retry-after': '0' } },
  'a server error': { status: 500, body: text },
  'a refused range': { status: 400, body: { succeeded: false, errors: [`last three months only ${text}`] } },
  // Names cannot be recognised in a reason, so it stands here without one.
  'a failure with a reason': {
    body: {
      succeeded: false,
      message: text,
      errors: [`${email} ${Object.values(credentials).join(' ')} ${token}`],
    },
  },
  'a failure of another kind': { status: 418, body: text },
  'a web page': { body: `<html>${text}</html>` },
  'a cut-off answer': { body: `{"data":["${person}"` },
  'a text': { body: text },
  'a malformed page': { body: { ...pageOf([record]), totalPages: text } },
  'missing data': { body: { ...pageOf([record]), data: null } },
  'a redirect': { status: 302, headers: { location: `https://evil.example/?t=${token}` } },
  'an answer that is too large': { body: pageOf([record, 'x'.repeat(9000)]) },
  'too many pages': { body: pageOf([record], { totalPages: 9000, totalRecords: 9000 }) },
};

const tokens: Record<string, StubAnswer> = {
  'a refused client': { status: 400, body: { error: 'invalid_client', error_description: text } },
  'a refused key': { status: 401, body: { error: 'invalid_grant', error_description: text } },
  'an error code that is none': { status: 400, body: { error: credentials.apiKey } },
  'a refusal in words': { status: 400, body: text },
  'a login host that is down': { status: 503, body: text },
  'a login page': { body: `<html>${text}</html>` },
  'a grant without a token': { body: { note: text } },
  'a login host that redirects': { status: 307, headers: { location: `https://evil.example/?k=${token}` } },
};

async function failureOf(
  hosts: KekaClientOptions['hosts'],
  more: Pick<KekaClientOptions, 'dispatcher'> = {},
): Promise<unknown> {
  await using client = kekaClientOf({ hosts }, { credentials, ...more, limits: { responseBytes: 8000 } });
  try {
    return await Array.fromAsync(client.readAttendance(march));
  } catch (error) {
    return error;
  }
}

function expectNoCanary(error: unknown): void {
  expect(isHajiriError(error)).toBe(true);
  expect(error).toBeInstanceOf(KekaError);
  if (!(error instanceof KekaError)) return;
  const everything = [
    error.message,
    error.stack ?? '',
    String(error),
    JSON.stringify(error),
    JSON.stringify(error.details),
    inspect(error, { depth: Infinity, showHidden: true }),
  ].join('\n');
  for (const canary of canaries) expect(everything).not.toContain(canary);
}

describe('an error of the client holds no secret and nobody’s data after', () => {
  it.each(Object.entries(pages))('%s', async (_, answer) => {
    await using stub = await startStubKeka({
      page: () => answer,
      token: () => ({ body: { access_token: token, expires_in: 3600 } }),
    });
    expectNoCanary(await failureOf(stub.hosts));
  });

  it.each(Object.entries(tokens))('%s', async (_, answer) => {
    await using stub = await startStubKeka({ page: () => ({}), token: () => answer });
    expectNoCanary(await failureOf(stub.hosts));
  });

  it.each(['ENOTFOUND', 'ECONNRESET', 'CERT_HAS_EXPIRED', 'UND_ERR_HEADERS_TIMEOUT'])(
    'a network failure %s',
    async (code) => {
      const agent = new MockAgent();
      agent.disableNetConnect();
      agent
        .get('https://login.keka.com')
        .intercept({ path: '/connect/token', method: 'POST' })
        .replyWithError(Object.assign(new Error(text), { code, socket: { note: text } }))
        .persist();
      expectNoCanary(await failureOf(createKekaHosts({}), { dispatcher: agent }));
      await agent.close();
    },
  );
});

describe('a refused record', () => {
  it('tells the field and not what is in it', () => {
    const parsed = parseAttendanceRecord({ ...record, dayType: person, totalGrossHours: email });
    for (const canary of canaries) expect(JSON.stringify(parsed)).not.toContain(canary);
  });
});
