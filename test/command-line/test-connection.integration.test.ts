import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Sandbox, startSandbox } from '../../sandbox/start-sandbox.ts';
import { credentials, smallScenario } from '../../sandbox/testing/small-scenario.ts';
import { type Dump, dumpDatabase } from '../support/dump-database.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { type Spoken, type TestInstallation, testInstallation } from '../support/run-hajiri.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';

const report = z.object({
  passed: z.boolean(),
  host: z.string(),
  steps: z.array(z.looseObject({ name: z.string(), outcome: z.string(), code: z.string().nullable() })),
});

describe('connections test', () => {
  // Waits between tries take no time; those for an answer run in real time, as the network does.
  const clock = new FakeClock('2026-03-12T05:30:00Z', { autoAdvance: true });
  let database: TestDatabase;
  let sandbox: Sandbox;
  let hajiri: TestInstallation;
  let before: Dump;
  /** A test against a Keka that takes the call and never answers. It lasts as long as a person has patience for. */
  let silent: { readonly sandbox: Sandbox; readonly spoken: Promise<Spoken>; readonly startedAt: number };

  beforeAll(async () => {
    database = await createTestDatabase();
    const scenario = smallScenario(3, ['2026-03-11']);
    sandbox = await startSandbox({ scenario, clock });
    const company = { credentials, encryptionKeyText: randomBytes(32).toString('base64') };
    hajiri = testInstallation({ database, clock, sandbox, company });
    await hajiri.run('organisations', 'add', 'Acme', '--zone', 'Asia/Kolkata');
    await hajiri.run('connections', 'add', 'main', '--subdomain', 'acme');
    await hajiri.run('connections', 'add', 'nobody', '--subdomain', 'nobody');
    const mistyped = { ...company, credentials: { ...credentials, clientSecret: 'mistyped' } };
    await testInstallation({ database, clock, sandbox, company: mistyped }).run(
      'connections',
      'add',
      'mistyped',
      '--subdomain',
      'acme',
    );
    const other = await startSandbox({ scenario, clock });
    other.control.addFault({ match: { path: '/api/v1/*' }, answer: { kind: 'hang' } });
    const startedAt = performance.now();
    silent = {
      sandbox: other,
      startedAt,
      spoken: testInstallation({ database, clock, sandbox: other, company }).start([
        'connections',
        'test',
        'main',
      ]).ended,
    };
  });
  beforeEach(async () => {
    sandbox.control.clearFaults();
    sandbox.control.changeKey('main', {
      privileges: ['employees', 'attendance'],
      expiresAt: null,
      revoked: false,
    });
    before = await dumpDatabase(database.pool);
  });
  afterAll(async () => {
    await silent?.spoken;
    await silent?.sandbox.close();
    await sandbox?.close();
    await database?.close();
  });

  const linesOf = ({ out }: Spoken): readonly string[] => out.trimEnd().split('\n');
  async function test(name: string): Promise<Spoken> {
    const spoken = await hajiri.run('connections', 'test', name);
    expect(await dumpDatabase(database.pool), 'nothing is stored by testing').toEqual(before);
    return spoken;
  }

  it('names the host, and how many records and people can be read', async () => {
    const spoken = await test('main');
    expect(spoken).toMatchObject({ code: 0, told: '' });
    expect(linesOf(spoken).slice(0, 4)).toEqual([
      '✓ Name: acme.keka.com was found.',
      '✓ Sign-in: Keka accepted Client ID, Client Secret and API Key.',
      '✓ Attendance: 3 records of 2026-03-11 can be read from acme.keka.com.',
      '✓ Employees: 3 people can be read.',
    ]);
    // With the address, a plain request each: one for a token, one for each list.
    expect(sandbox.control.requests().map(({ path, status }) => [path, status])).toEqual([
      ['/connect/token', 200],
      ['/api/v1/time/attendance', 200],
      ['/api/v1/hris/employees', 200],
    ]);
  });

  it('says which people are not in the directory, and is content with the connection', async () => {
    const spoken = await test('main');
    expect(spoken.code).toBe(0);
    expect(spoken.out).toContain(
      '! Matching: 0 of the first 3 people are in the directory. Not found, for example: E1, E2, E3.',
    );
    expect(spoken.out).toContain('More: docs/problems/not_in_directory.md');
  });

  it('a mistyped Client Secret', async () => {
    const spoken = await test('mistyped');
    expect(spoken.code).toBe(1);
    expect(linesOf(spoken).slice(1)).toEqual([
      expect.stringMatching(/^✗ Sign-in: .*refused the Client ID or Client Secret/),
      expect.stringContaining('What to do: Copy the Client ID and Client Secret again from Keka'),
      '    More: docs/problems/credentials_refused.md',
    ]);
  });

  it.each([{ expiresAt: '2026-03-11T00:00:00Z' }, { revoked: true }])(
    'an API key that is no longer good: %j',
    async (change) => {
      sandbox.control.changeKey('main', change);
      const spoken = await test('main');
      expect(spoken.code).toBe(1);
      expect(spoken.out).toMatch(/^✗ Sign-in: .*refused the API key/m);
      expect(spoken.out).toContain('What to do: Ask a Keka Global Admin to create a new API key');
    },
  );

  it('a key without the privilege for attendance: failed, although it may read employees', async () => {
    sandbox.control.changeKey('main', { privileges: ['employees'] });
    const spoken = await test('main');
    expect(spoken.code).toBe(1);
    expect(spoken.out).toMatch(/^✗ Attendance: .*Mark Attendance/m);
    expect(spoken.out).toContain('✓ Employees: 3 people can be read.');
  });

  it('a key without the privilege for employees: warned, and good for attendance', async () => {
    sandbox.control.changeKey('main', { privileges: ['attendance'] });
    const spoken = await test('main');
    expect(spoken.code).toBe(0);
    expect(spoken.out).toContain('✓ Attendance: 3 records of 2026-03-11');
    expect(spoken.out).toMatch(/^! Employees: .*Employee/m);
    expect(spoken.out).toContain('docs/problems/privilege_missing.md');
  });

  it('a company that Keka does not know', async () => {
    const spoken = await test('nobody');
    expect(spoken.code).toBe(1);
    expect(spoken.out).toContain('✓ Sign-in:');
    expect(spoken.out).toMatch(/^✗ Attendance: .*404.*no company has this subdomain/m);
    expect(spoken.out).toContain('docs/problems/company_not_found.md');
  });

  it('a Keka that does not answer, within a patience of 15 seconds', async () => {
    const spoken = await silent.spoken;
    expect((performance.now() - silent.startedAt) / 1000).toBeLessThan(25);
    expect(spoken.code).toBe(1);
    expect(linesOf(spoken)[1]).toMatch(/^✓ Sign-in/);
    expect(spoken.out).toContain('✗ Attendance: Keka did not answer within 15 seconds.');
    expect(spoken.out).toContain('docs/problems/network_timeout.md');
  });

  it.each([
    ['a page of maintenance', { kind: 'respond', status: 200, body: '<html>Back soon</html>' }, 'not_json'],
    ['a connection that breaks', { kind: 'reset' }, 'network_refused'],
    ['an error of the server', { kind: 'respond', status: 502 }, 'server_error'],
    ['too many requests', { kind: 'respond', status: 429 }, 'rate_limited'],
    ['another address', { kind: 'redirect' }, 'redirect_refused'],
  ] as const)('%s', async (_, answer, code) => {
    sandbox.control.addFault({ match: { path: '/api/v1/time/attendance' }, answer });
    const spoken = await test('main');
    expect(spoken.code).toBe(1);
    expect(spoken.out).toContain(`docs/problems/${code}.md`);
    expect(spoken.out).not.toContain('Back soon');
  });

  it('gives each of these as a result of its own, in JSON too', async () => {
    const outcome = async (name: string): Promise<string> => {
      const { out } = await hajiri.run('connections', 'test', name, '--json');
      const { passed, host, steps } = report.parse(JSON.parse(out));
      expect(host).toBe(`${name === 'nobody' ? 'nobody' : 'acme'}.keka.com`);
      return JSON.stringify([passed, steps.map((step) => [step.name, step.outcome, step.code])]);
    };
    const outcomes = [await outcome('main'), await outcome('mistyped'), await outcome('nobody')];
    const privileges = ['employees' as const, 'attendance' as const];
    for (const change of [...privileges.map((only) => ({ privileges: [only] })), { revoked: true }]) {
      sandbox.control.changeKey('main', { privileges, revoked: false, ...change });
      outcomes.push(await outcome('main'));
    }
    expect(new Set(outcomes).size).toBe(6);
  });
});
