import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { credentials, guid, profile, record, smallScenario } from '../../sandbox/testing/small-scenario.ts';
import { type CommandLineStage, openCommandLineStage } from '../support/command-line-stage.ts';
import { testInstallation } from '../support/run-hajiri.ts';
import { createTestDatabase } from '../support/test-database.ts';

// A small company, made by the commands themselves, on Thursday morning in India. Yesterday is 11 March.

const directory = [
  'employee_id,first_name,last_name,email,team,joining_date',
  'E1,Asha,Rao,asha@acme.example,Weaving,2024-04-01',
  'E2,Binod,Thakur,binod@acme.example,Dyeing,2024-04-01',
  ',Chitra,Iyer,chitra@acme.example,Dyeing,2024-04-01',
].join('\n');

describe('the verbs of the command line', () => {
  let stage: CommandLineStage;
  let clock: CommandLineStage['clock'];
  let file: CommandLineStage['file'];
  let database: CommandLineStage['database'];
  let sandbox: CommandLineStage['sandbox'];
  let hajiri: CommandLineStage['hajiri'];
  let good: CommandLineStage['good'];
  let json: CommandLineStage['json'];
  beforeAll(async () => {
    stage = await openCommandLineStage({
      scenario: smallScenario(3, ['2026-03-10', '2026-03-11']),
      directory,
    });
    ({ clock, file, database, sandbox, hajiri, good, json } = stage);
  });
  afterAll(() => stage?.close());

  describe('organisations', () => {
    it('adds one, in words and in JSON, and lists both', async () => {
      const { out } = await good('organisations', 'add', 'Beta', '--zone', 'Asia/Dubai');
      expect(out).toBe('Added "Beta", time zone Asia/Dubai.\n');
      expect(await json('organisations', 'add', 'Gamma', '--zone', 'America/New_York')).toEqual({
        id: expect.any(String) as string,
        name: 'Gamma',
        zone: 'America/New_York',
      });
      const listed = await good('organisations', 'list');
      expect(listed.out).toMatch(/^Name +Time zone\nAcme +Asia\/Kolkata\nBeta +Asia\/Dubai\n/);
      expect(await json('organisations', 'list')).toMatchObject([
        { name: 'Acme', zone: 'Asia/Kolkata' },
        { name: 'Beta' },
        { name: 'Gamma' },
      ]);
    });

    it('have to be named by the other verbs once there are several', async () => {
      await hajiri.run('organisations', 'add', 'Beta', '--zone', 'Asia/Dubai');
      const spoken = await hajiri.run('runs', 'list');
      expect(spoken.code).toBe(1);
      expect(spoken.told).toContain('choose one with --organisation: "Acme", "Beta"');
      const wrong = await hajiri.run('runs', 'list', '--organisation', 'acme');
      expect(wrong.told).toContain('There is no organisation "acme". There is: "Acme", "Beta"');
    });
  });

  const acme = ['--organisation', 'Acme'] as const;

  describe('connections', () => {
    it('lists host and settings, and of the secrets only that they are there', async () => {
      const { out } = await good('connections', 'list', ...acme);
      expect(out).toMatch(/main +acme\.keka\.com +employee_number +50 +05:30 UTC +set/);
      expect(await json('connections', 'list', ...acme)).toEqual([
        {
          id: expect.any(String) as string,
          name: 'main',
          subdomain: 'acme',
          environment: 'keka',
          identificationKey: 'employee_number',
          requestsPerMinute: 50,
          punchBasis: 'utc',
          shiftBasis: 'utc',
          autoRun: true,
          keyExpiresOn: null,
          readRequests: false,
          at: '05:30',
          zone: 'UTC',
          recheckAges: [1, 2, 3, 5, 7, 10, 14, 21, 28, 35],
          nextDueAt: '2026-03-13T05:30:00Z',
          // A key as short as that of the test would be given away by its last four characters.
          secrets: { state: 'set', ending: '' },
        },
      ]);
    });

    it('adds one with every setting, changes some of them, and removes it', async () => {
      const settings = ['--environment', 'kekademo', '--key', 'email', '--requests-per-minute', '20'];
      const bases = ['--punch-basis', 'local', '--shift-basis', 'local'];
      const added = await json(
        'connections',
        'add',
        'trial',
        '--subdomain',
        'ACME-Trial',
        ...settings,
        ...bases,
        ...acme,
      );
      const expected = {
        name: 'trial',
        subdomain: 'acme-trial',
        environment: 'kekademo',
        identificationKey: 'email',
        requestsPerMinute: 20,
        punchBasis: 'local',
        shiftBasis: 'local',
      };
      expect(added).toMatchObject(expected);
      const changed = await json('connections', 'change', 'trial', '--key', 'guid', ...acme);
      expect(changed).toMatchObject({ ...expected, identificationKey: 'guid' });
      const { out } = await good('connections', 'change', 'trial', '--subdomain', 'acme', ...acme);
      expect(out).toBe('Changed "trial".\n');
      expect(await json('connections', 'remove', 'trial', '--yes', ...acme)).toMatchObject({
        removed: { name: 'trial' },
      });
      expect(await json('connections', 'list', ...acme)).toMatchObject([{ name: 'main' }]);
    });

    it('takes new secrets from the environment, and says which API key it now has', async () => {
      await good('connections', 'add', 'other', '--subdomain', 'acme', ...acme);
      const apiKey = 'a-much-longer-key-1234';
      const spoken = await hajiri.start(['connections', 'change', 'other', ...acme, '--json'], {
        HAJIRI_KEKA_API_KEY: apiKey,
      }).ended;
      expect(spoken.code).toBe(0);
      expect(JSON.parse(spoken.out)).toMatchObject({ secrets: { state: 'set', ending: '1234' } });
      const { out } = await good('connections', 'list', ...acme);
      expect(out).toMatch(/other .*set, API Key ends in 1234/);
      await good('connections', 'remove', 'other', '--yes', ...acme);
    });

    it('removes the attendance with it, and nothing else', async () => {
      await good('connections', 'add', 'second', '--subdomain', 'acme', ...acme);
      await good('fetch', '--connection', 'second', ...acme);
      const { out } = await good('connections', 'remove', 'second', '--yes', ...acme);
      expect(out).toBe('Removed "second" and its attendance.\n');
      const days = await database.pool.query<{ days: number }>(
        'select count(*)::int as days from attendance_day',
      );
      expect(days.rows).toEqual([{ days: 6 }]);
    });
  });

  describe('employees', () => {
    it('imports, and says what that did', async () => {
      const again = await good('employees', 'import', file, ...acme);
      expect(again.out).toBe(
        '0 added, 0 changed, 3 unchanged; 0 people of Keka newly linked.\n1 have no Employee ID and cannot be linked until it is filled in.\n',
      );
      expect(await json('employees', 'import', file, ...acme)).toEqual({
        importId: expect.any(String),
        added: 0,
        changed: 0,
        unchanged: 3,
        linked: 0,
        withoutEmployeeId: 1,
      });
    });

    it('lists everybody with the connections in which they are linked', async () => {
      const { out } = await good('employees', 'list', ...acme);
      expect(out).toMatch(/E1 +Asha Rao +asha@acme\.example +Weaving +2024-04-01 +main/);
      expect(out).toMatch(/— +Chitra Iyer .*nobody in Keka/);
      expect(await json('employees', 'list', ...acme)).toMatchObject([
        { employeeId: 'E1', firstName: 'Asha', linkedIn: ['main'] },
        { employeeId: 'E2' },
        { employeeId: null, firstName: 'Chitra', linkedIn: [] },
      ]);
    });
  });

  describe('fetch', () => {
    it('fetches yesterday, where the company is, when nothing else is said', async () => {
      const { out } = await good('fetch', ...acme);
      expect(out).toMatch(/^Integration report · run [0-9a-f-]{36}\nmain · 2026-03-11 · manual · partial\n/);
      expect(out).toContain('Days: 0 new, 0 changed, 3 unchanged, 0 not readable · people not linked: 1');
    });

    it('fetches one date or a range, answers as JSON, and tells its progress beside it', async () => {
      sandbox.control.upsertAttendance([record(1, '2026-03-10', { dayType: 1 })]);
      const spoken = await good('fetch', '--date', '2026-03-10', '--json', ...acme);
      expect(JSON.parse(spoken.out)).toMatchObject({
        zone: 'Asia/Kolkata',
        run: { from: '2026-03-10', to: '2026-03-10', counts: { inserted: 0, changed: 1, unchanged: 2 } },
        problems: expect.any(Array) as unknown[],
      });
      const lines = spoken.told.trimEnd().split('\n');
      expect(lines.length).toBeGreaterThan(2);
      for (const line of lines)
        expect(JSON.parse(line)).toMatchObject({ progress: { chunks: expect.any(Number) as number } });
    });

    it('ends with code 1 when nothing could be fetched, and says why', async () => {
      sandbox.control.changeKey('main', { privileges: ['employees'] });
      const spoken = await hajiri.run('fetch', ...acme);
      sandbox.control.changeKey('main', { privileges: ['employees', 'attendance'] });
      expect(spoken.code).toBe(1);
      expect(spoken.out).toContain('manual · failed');
      expect(spoken.out).toContain('privilege_missing');
      expect(spoken.out).toContain('What to do: Ask a Keka Global Admin to edit the API key');
    });
  });

  const rows = z.looseObject({ rows: z.array(z.looseObject({ employeeId: z.string().nullable() })) });

  describe('report daily', () => {
    it('shows everybody in a table that names date and zone', async () => {
      const { out } = await good('report', 'daily', ...acme);
      expect(out).toMatch(/^Daily Attendance 2026-03-11 · times in Asia\/Kolkata · data as of 2026-03-12T/);
      expect(out).toMatch(/E1 +Asha Rao +Weaving +09:12 +18:10 +Pune HQ Main Gate +8 h 58 +8 h 06 +Present/);
      expect(out).toMatch(/— +Chitra Iyer +Dyeing .*Not linked +no Employee ID/);
      expect(out).toMatch(/\(E3\) +Asha Rao 3 .*Present +early out 0 h 20, not linked/);
    });

    it('is the same set of rows as JSON and as CSV', async () => {
      const asJson = rows.parse(await json('report', 'daily', '--date', '2026-03-10', ...acme));
      const asFormat = await good('report', 'daily', '--date', '2026-03-10', '--format', 'json', ...acme);
      expect(JSON.parse(asFormat.out)).toEqual(asJson);
      expect(asJson.rows.map(({ employeeId }) => employeeId)).toEqual(['E1', 'E2', null, null]);
      const csv = await good('report', 'daily', '--date', '2026-03-10', '--format', 'csv', ...acme);
      const [header, ...lines] = csv.out.trimEnd().split('\r\n');
      expect(header).toContain('\uFEFFDate,Employee ID,Name');
      expect(header).toContain('First in (Asia/Kolkata),First in (UTC)');
      expect(lines.map((line) => line.split(',').slice(0, 3))).toEqual([
        ['2026-03-10', 'E1', 'Asha Rao'],
        ['2026-03-10', 'E2', 'Binod Thakur'],
        ['2026-03-10', '', 'Chitra Iyer'],
        ['2026-03-10', '', 'Asha Rao 3'],
      ]);
    });
  });

  describe('report integration, runs', () => {
    it('shows the latest run in a table, as JSON and as CSV', async () => {
      await good('fetch', ...acme);
      const table = await good('report', 'integration', ...acme);
      expect(table.out).toContain('no_employee_id');
      expect(table.out).toContain('times in UTC, dates in Asia/Kolkata');
      const asJson = await json('report', 'integration', ...acme);
      expect(asJson).toMatchObject({
        run: { state: 'partial', connection: 'main', counts: { unlinked: 1 } },
        problems: [
          { code: 'not_in_directory', name: 'Asha Rao 3', employeeNumber: 'E3', date: '2026-03-11' },
          { code: 'no_employee_id', name: 'Chitra Iyer' },
        ],
      });
      const csv = await good('report', 'integration', '--format', 'csv', ...acme);
      expect(csv.out.split('\r\n')[0]).toBe(
        '\uFEFFWho,Employee ID,Keka employee number,Date,Reason,What happened,What to do,More',
      );
      expect(csv.out).toContain('Asha Rao 3,,E3,2026-03-11,not_in_directory,');
    });

    it('lists the runs, newest first, and shows any of them', async () => {
      await good('fetch', '--date', '2026-03-10', ...acme);
      const listed = z
        .array(z.object({ id: z.uuid(), from: z.string(), state: z.string() }))
        .parse(await json('runs', 'list', ...acme));
      expect(listed[0]).toMatchObject({ from: '2026-03-10', state: 'partial' });
      const { out } = await good('runs', 'list', '--limit', '1', '--connection', 'main', ...acme);
      // A line for the schedule of the connection, and one for the run, each below its headings.
      expect(
        out
          .trimEnd()
          .split('\n')
          .filter((line) => line !== ''),
      ).toHaveLength(4);
      expect(out).toContain(listed[0]?.id);
      expect(out).not.toContain(listed[1]?.id);

      const second = listed[1]?.id ?? '';
      expect(await json('runs', 'show', second, ...acme)).toMatchObject({ run: { id: second } });
      const latest = await good('runs', 'show', ...acme);
      expect(latest.out).toContain(`run ${listed[0]?.id ?? ''}`);
      expect(await json('report', 'integration', '--run', second, ...acme)).toMatchObject({
        run: { id: second },
      });
      expect(await json('report', 'integration', '--date', '2026-03-10', ...acme)).toMatchObject({
        run: { id: listed[0]?.id },
      });
    });

    it('says in plain words that there is no such run', async () => {
      const spoken = await hajiri.run('runs', 'show', 'yesterday', ...acme);
      expect(spoken).toMatchObject({ code: 1, out: '' });
      expect(spoken.told).toContain('hajiri: There is no run yesterday.');
      const asJson = await hajiri.run('runs', 'show', guid(1), ...acme, '--json');
      expect(asJson.code).toBe(1);
      expect(JSON.parse(asJson.out)).toMatchObject({
        error: {
          code: 'not_found',
          message: `There is no run ${guid(1)}.`,
          page: 'docs/problems/not_found.md',
        },
      });
    });
  });

  describe('doctor', () => {
    it('finds nothing wrong, in words and in JSON', async () => {
      const { out } = await good('doctor');
      expect(out).toMatch(/^✓ Node\.js: v\d+\./);
      expect(out).toContain('✓ Organisation: "Acme" with 1 connection\n');
      expect(out).not.toMatch(/^[!✗]/m);
      expect(await json('doctor')).toContainEqual(
        expect.objectContaining({ subject: 'Connection "main"', outcome: 'good' }),
      );
    });

    it('names a misspelt setting, and secrets that the present key does not open', async () => {
      const spoken = await hajiri.start(['doctor'], {
        HAJIRI_PROT: '4280',
        HAJIRI_ENCRYPTION_KEY: randomBytes(32).toString('base64'),
      }).ended;
      expect(spoken.code).toBe(1);
      expect(spoken.out).toContain('! HAJIRI_PROT: is not a setting of Hajiri; check the spelling');
      expect(spoken.out).toContain('✗ Connection "main": its secrets cannot be decrypted');
    });
  });

  it('tells before there is anything what to do first', async () => {
    const empty = await createTestDatabase();
    const encryptionKeyText = randomBytes(32).toString('base64');
    const fresh = testInstallation({
      database: empty,
      clock,
      sandbox,
      company: { credentials, encryptionKeyText },
    });
    try {
      expect((await fresh.run('organisations', 'list')).out).toContain('hajiri organisations add');
      expect((await fresh.run('fetch')).told).toContain('hajiri organisations add');
      await fresh.run('organisations', 'add', 'New', '--zone', 'Asia/Kolkata');
      expect((await fresh.run('connections', 'list')).out).toContain('hajiri connections add');
      expect((await fresh.run('fetch')).told).toContain('hajiri connections add');
      expect((await fresh.run('employees', 'list')).out).toContain('hajiri employees import');
      expect((await fresh.run('runs', 'list')).out).toContain('hajiri fetch');
      expect((await fresh.run('runs', 'show')).told).toContain('hajiri fetch');
    } finally {
      await empty.close();
    }
  });

  it('explains every verb, and offers no option that would take a secret', async () => {
    const verbs = [
      [],
      ['demo'],
      ['serve'],
      ['fetch'],
      ['report', 'daily'],
      ['report', 'integration'],
      ['runs', 'list'],
      ['runs', 'show'],
      ['connections', 'add'],
      ['connections', 'change'],
      ['connections', 'list'],
      ['connections', 'test'],
      ['connections', 'remove'],
      ['employees', 'import'],
      ['employees', 'list'],
      ['organisations', 'add'],
      ['organisations', 'list'],
      ['audit'],
      ['doctor'],
      ['sandbox'],
    ];
    for (const verb of verbs) {
      const { out } = await good(...verb, '--help');
      expect(out).toContain(`Usage: ${['hajiri', ...verb].join(' ')}`);
      const options = [...out.matchAll(/^ +(?:-\w, )?(--[\w-]+.*?)(?: {2}|$)/gm)].map(([, option]) => option);
      expect(
        options.filter((option) => /client|api-?key|token|password|secret\b.*</i.test(option ?? '')),
      ).toEqual([]);
    }
  });

  it('tells who changed what, from what to what', async () => {
    await good('connections', 'change', 'main', '--requests-per-minute', '40', ...acme);
    const { out } = await good('audit', '--search', 'changed', ...acme);
    expect(out).toMatch(
      / \(command line\) .*changed the connection .*main .*requestsPerMinute: \d+ .*requestsPerMinute: 40/,
    );
    expect(await hajiri.run('audit', '--limit', 'all', ...acme)).toMatchObject({ code: 2 });
    expect((await good('audit', '--search', 'nothing like it', ...acme)).out).toBe(
      'Nothing is written here.\n',
    );
  });

  it('shows a name from Keka only as text', async () => {
    sandbox.control.upsertAttendance([1, 2, 3].map((person) => record(person, '2026-03-12')));
    sandbox.control.upsertEmployees([
      profile(3, { displayName: 'Mallory\u001B]0;mine\u0007\u009B31m\u202E', employeeNumber: 'E3\u001B[2J' }),
    ]);
    clock.advance({ hours: 21 });
    const commands = [
      ['fetch'],
      ['report', 'daily'],
      ['report', 'daily', '--json'],
      ['report', 'integration'],
      ['report', 'integration', '--json'],
      ['connections', 'test'],
    ];
    for (const command of commands) {
      const { out, told } = await hajiri.run(...command, ...acme);
      expect(out, command.join(' ')).toMatch(/Mallory|E3/);
      expect(`${out}${told}`.replaceAll('\n', ''), command.join(' ')).not.toMatch(/[\p{Cc}\u202E]/u);
    }
    // A file gets it as it is: what opens it is no terminal.
    const { out } = await good('report', 'daily', '--format', 'csv', ...acme);
    expect(out).toContain('\u001B]0;mine');
  });
});
