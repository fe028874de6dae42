import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import type { FaultInput } from '../../sandbox/scenario/fault-schema.ts';
import { smallScenario } from '../../sandbox/testing/small-scenario.ts';
import { inOrganisation } from '../../src/accounts/organisation-context.ts';
import { changeConnection } from '../../src/connections/change-connection.ts';
import { createConnection } from '../../src/connections/connections.ts';
import { type Stage, useStages } from '../support/case-stage.ts';

// Group J of the known failures: where secrets go, and where they may never come out.

const stages = useStages();

const day = '2026-03-11';

describe('C91: a subdomain that would lead elsewhere', () => {
  const refused = [
    'evil.example/#',
    'acme/path',
    'https://acme.keka.com',
    'acme.keka.com',
    '-acme',
    'acme-',
    'acme%2e',
    'acme:8080',
    'acme\n',
    '\nacme',
    'acme\u0000',
    'acme@evil.example',
    'acme.',
    '..',
    '127.0.0.1',
    '\u0430cme',
    'a'.repeat(64),
    'login',
    'xn--acme-',
    '',
    ' ',
  ];

  it.each(refused)('%j is refused with the field, and reaches nobody', async (subdomain) => {
    const stage = await stages.open({ scenario: smallScenario(1, [day]) });
    const spoken = await stage.run('connections', 'add', 'other', '--subdomain', subdomain);
    expect(spoken.code).toBe(2);
    expect(spoken.told).toContain('subdomain: ');
    const { context, encryptionKey, credentials } = stage.company;
    const made = createConnection(context, encryptionKey, { name: 'other', subdomain, credentials });
    await expect(made).rejects.toMatchObject({ code: 'invalid_input', faults: [{ field: 'subdomain' }] });
    const changed = changeConnection(context, encryptionKey, await stage.company.connection(), { subdomain });
    await expect(changed).rejects.toMatchObject({ code: 'invalid_input' });
    expect(JSON.parse((await stage.run('connections', 'list', '--json')).out)).toHaveLength(1);
    expect(stage.control.requests()).toEqual([]);
  });

  it('a good one, in whatever capitals, reaches its own company and no other', async () => {
    const stage = await stages.open({ scenario: smallScenario(1, [day]), subdomain: 'ACME' });
    await stage.fetch(day);
    const asked = stage.control.requests().map(({ host, subdomain }) => `${host} ${subdomain}`);
    expect(new Set(asked)).toEqual(new Set(['login null', 'tenant acme']));
  });

  it('one that was altered in the database is not used either', async () => {
    const stage = await stages.open({ scenario: smallScenario(1, [day]) });
    await inOrganisation(stage.company.context, (transaction) =>
      transaction.updateTable('connection').set({ subdomain: 'evil.example/#' }).execute(),
    );
    const spoken = await stage.run('fetch', '--date', day);
    expect(spoken.code).toBe(1);
    expect(stage.control.requests()).toEqual([]);
  });

  it('a redirect and links to another host are not followed, with or without the token', async () => {
    const stage = await stages.open({ scenario: 'other-host', directory: null });
    const { run } = await stage.fetch(day);
    expect(run).toMatchObject({ state: 'failed', errorCode: 'redirect_refused', counts: { inserted: 0 } });
    expect(stage.control.requests().map(({ host }) => host)).not.toContain('elsewhere');
  });
});

describe('C93: what a failing run leaves behind', () => {
  const canaries = {
    clientId: 'canary-client-2718',
    clientSecret: 'canary-secret-3141',
    apiKey: 'canary-api-key-1618',
  };
  const leak = Object.values(canaries).join(' ');
  const body = `canary-body-0577 ${leak}`;
  const faults: readonly (readonly [string, FaultInput])[] = [
    [
      'a token call that is refused',
      {
        match: { host: 'login' },
        answer: { kind: 'respond', status: 400, body: { error: 'invalid_grant', hint: body } },
      },
    ],
    [
      'a token call with a web page',
      { match: { host: 'login' }, answer: { kind: 'respond', status: 200, body: `<html>${body}` } },
    ],
    [
      'a data call that is forbidden',
      { match: { host: 'tenant' }, answer: { kind: 'respond', status: 403, body } },
    ],
    [
      'a data call that repeats the secrets as its reason',
      {
        match: { host: 'tenant' },
        answer: { kind: 'respond', status: 400, body: { succeeded: false, errors: [`Locked for ${leak}`] } },
      },
    ],
    ['an error of the server', { match: { host: 'tenant' }, answer: { kind: 'respond', status: 500, body } }],
    ['a broken connection', { match: { host: 'tenant' }, answer: { kind: 'reset' } }],
    ['JSON that ends too early', { match: { host: 'tenant' }, answer: { kind: 'truncate', bytes: 900 } }],
    [
      'a redirect with secrets in it',
      {
        match: { host: 'tenant' },
        answer: { kind: 'redirect', location: `https://evil.example/?${encodeURIComponent(body)}` },
      },
    ],
  ];

  async function everythingSaid(stage: Stage): Promise<string> {
    const fetched = await stage.run('fetch', '--date', day);
    const shown = [
      await stage.run('fetch', '--date', day, '--json'),
      await stage.run('runs', 'list'),
      await stage.run('runs', 'show', '--json'),
      await stage.run('report', 'integration', '--format', 'csv'),
      await stage.run('connections', 'test'),
      await stage.run('connections', 'test', '--json'),
    ];
    const stored = await inOrganisation(stage.company.context, async (transaction) => {
      const { rows } = await sql<{ line: string }>`
        select r::text as line from run r union all select p::text from run_problem p
        union all select c::text from run_chunk c`.execute(transaction);
      return rows.map(({ line }) => line);
    });
    return [fetched, ...shown]
      .flatMap(({ out, told }) => [out, told])
      .concat(stored)
      .join('\n');
  }

  it.each(faults)("%s: no secret, no body and nobody's name in any output or run table", async (_, fault) => {
    const scenario = smallScenario(2, [day], { tenantChanges: { keys: [{ name: 'main', ...canaries }] } });
    const stage = await stages.open({ scenario });
    stage.control.addFault(fault);
    const said = await everythingSaid(stage);
    expect(said).toContain('docs/problems/');
    for (const secret of [
      ...Object.values(canaries),
      'canary-body',
      'Asha Rao',
      'asha.rao',
      'Bearer',
      'eyJ',
    ]) {
      expect(said).not.toContain(secret);
    }
  });
});

describe('C94: stored credentials', () => {
  const secrets = {
    clientId: 'client-of-c94-000111',
    clientSecret: 'secret-of-c94-222333',
    apiKey: 'api-key-of-c94-444555',
  };
  const openWithSecrets = () =>
    stages.open({
      scenario: smallScenario(1, [day], { tenantChanges: { keys: [{ name: 'main', ...secrets }] } }),
    });

  it('are shown as set, with the last four characters of the key and nothing else', async () => {
    const stage = await openWithSecrets();
    const listed = await stage.run('connections', 'list', '--json');
    expect(JSON.parse(listed.out)).toMatchObject([
      { name: 'test', secrets: { state: 'set', ending: '4555' } },
    ]);
    const said = listed.out + (await stage.run('connections', 'list')).out;
    for (const secret of Object.values(secrets)) expect(said).not.toContain(secret);
  });

  it('are encrypted in the database, anew each time', async () => {
    const stage = await openWithSecrets();
    const stored = () =>
      inOrganisation(stage.company.context, async (transaction) => {
        const { rows } = await sql<{ line: string; sealed: string }>`
          select c::text as line, sealed_credentials as sealed from connection c`.execute(transaction);
        return rows[0] ?? { line: '', sealed: '' };
      });
    const before = await stored();
    for (const secret of Object.values(secrets)) {
      expect(before.line).not.toContain(secret);
      expect(Buffer.from(before.sealed, 'base64').toString('latin1')).not.toContain(secret);
    }
    const { context, encryptionKey } = stage.company;
    await changeConnection(context, encryptionKey, await stage.company.connection(), {
      credentials: secrets,
    });
    expect((await stored()).sealed).not.toBe(before.sealed);
  });

  it('stay when a setting is changed without them, and go on working', async () => {
    const stage = await openWithSecrets();
    const { context, encryptionKey } = stage.company;
    await changeConnection(context, encryptionKey, await stage.company.connection(), {
      requestsPerMinute: 30,
    });
    expect(JSON.parse((await stage.run('connections', 'list', '--json')).out)).toMatchObject([
      { requestsPerMinute: 30, secrets: { state: 'set', ending: '4555' } },
    ]);
    expect(await stage.run('fetch', '--date', day)).toMatchObject({ code: 0 });
  });

  it('that are empty are refused, and the old ones stay', async () => {
    const stage = await openWithSecrets();
    const { context, encryptionKey } = stage.company;
    const changed = changeConnection(context, encryptionKey, await stage.company.connection(), {
      credentials: { ...secrets, apiKey: '  ' },
    });
    await expect(changed).rejects.toMatchObject({
      code: 'invalid_input',
      faults: [{ field: 'credentials.apiKey' }],
    });
    expect(await stage.run('fetch', '--date', day)).toMatchObject({ code: 0 });
  });

  it('of another installation are said to be needed again, by every command that meets them', async () => {
    const stage = await openWithSecrets();
    stage.installation.environment['HAJIRI_ENCRYPTION_KEY'] = Buffer.alloc(32, 7).toString('base64');
    expect(JSON.parse((await stage.run('connections', 'list', '--json')).out)).toMatchObject([
      { secrets: { state: 'needed_again' } },
    ]);
    const spoken = await stage.run('fetch', '--date', day);
    expect(spoken.code).toBe(1);
    expect(spoken.told).toContain('docs/problems/secrets_unreadable.md');
    expect(stage.control.requests()).toEqual([]);
  });
});
