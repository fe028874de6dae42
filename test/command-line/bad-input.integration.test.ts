import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox/start-sandbox.ts';
import { credentials, smallScenario } from '../../sandbox/testing/small-scenario.ts';
import { runProgram } from '../../src/cli/program.ts';
import { type Dump, dumpDatabase } from '../support/dump-database.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { type Spoken, type TestInstallation, testInstallation } from '../support/run-hajiri.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';

// Whatever is wrong with the input: a sentence that names the field and the reason, exit code 2, nothing stored and
// nothing asked of Keka. It is Thursday, 12 March, in India.

describe('bad input', () => {
  const clock = new FakeClock('2026-03-12T05:30:00Z');
  let folder: string;
  let database: TestDatabase;
  let sandbox: Sandbox;
  let hajiri: TestInstallation;
  let before: Dump;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hajiri-bad-input-'));
    database = await createTestDatabase();
    sandbox = await startSandbox({ scenario: smallScenario(2, ['2026-03-11']), clock });
    const encryptionKeyText = randomBytes(32).toString('base64');
    hajiri = testInstallation({ database, clock, sandbox, company: { credentials, encryptionKeyText } });
    await hajiri.run('organisations', 'add', 'Acme', '--zone', 'Asia/Kolkata');
    await hajiri.run('connections', 'add', 'main', '--subdomain', 'acme');
    await importFile('employee_id,first_name,last_name,email\nE1,Asha,Rao,asha@acme.example\n');
    const { code } = await hajiri.run('fetch');
    expect(code).toBe(0);
  });
  beforeEach(async () => {
    before = await dumpDatabase(database.pool);
    sandbox.control.reset();
  });
  afterAll(async () => {
    await sandbox?.close();
    await database?.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function importFile(content: string | Uint8Array): Promise<Spoken> {
    const file = join(folder, `${randomBytes(4).toString('hex')}.csv`);
    await writeFile(file, content);
    return hajiri.run('employees', 'import', file);
  }

  /** Runs it with other settings than the rest. */
  async function runWith(changes: NodeJS.ProcessEnv, ...argv: readonly string[]): Promise<Spoken> {
    const spoken = { out: '', told: '' };
    const terminal = {
      write: (text: string) => void (spoken.out += text),
      tell: (text: string) => void (spoken.told += text),
      isInteractive: false,
      environment: { ...hajiri.environment, ...changes },
    };
    const code = await runProgram(argv, { terminal, clock, signal: new AbortController().signal });
    return { code, ...spoken };
  }

  async function expectRefusal(spoken: Spoken, field: string, reason: string): Promise<void> {
    const line = spoken.told.split('\n').find((text) => text.trimStart().startsWith(`${field}: `));
    expect(line, spoken.told).toContain(reason);
    expect(spoken).toMatchObject({ code: 2, out: '' });
    expect(await dumpDatabase(database.pool)).toEqual(before);
    expect(sandbox.control.requests()).toEqual([]);
  }

  describe('a subdomain', () => {
    const company = 'enter only "acme"';
    const label = 'may hold only the letters a to z';
    it.each([
      ['https://acme.keka.com', company],
      ['http://ACME.keka.com/#/home?x=1', company],
      ['acme.keka.com', company],
      ['acme.keka.com:443', company],
      ['acme ', company],
      ['acme\n', company],
      ['', 'is empty'],
      [' ', 'is empty'],
      ['acme/path', label],
      ['evil.example/#', label],
      ['acme@evil.example', label],
      ['acme:8080', label],
      ['acme%2e', label],
      ['-acme', label],
      ['acme-', label],
      ['ac_me', label],
      ['\u0430cme', label],
      ['xn--cme-7cd', label],
      ['a'.repeat(64), 'is longer than 63 characters'],
      ['login', 'is an address of Keka itself'],
    ])('%j', async (text, reason) => {
      const added = await hajiri.run('connections', 'add', 'second', `--subdomain=${text}`);
      await expectRefusal(added, 'subdomain', reason);
      const changed = await hajiri.run('connections', 'change', 'main', `--subdomain=${text}`);
      await expectRefusal(changed, 'subdomain', reason);
    });
  });

  describe('a date', () => {
    const notADate = 'must be a date that exists, written YYYY-MM-DD';
    const future = 'lies in the future (today is 2026-03-12 in Asia/Kolkata)';
    it.each([
      [['--date', '2026-02-30'], '--date', notADate],
      [['--date', '2026-13-01'], '--date', notADate],
      [['--date', '11-03-2026'], '--date', notADate],
      [['--date', 'yesterday'], '--date', notADate],
      [['--date', '2026-03-11T00:00:00Z'], '--date', notADate],
      [['--date', ''], '--date', notADate],
      [['--date', '+002026-03-11'], '--date', notADate],
      [['--from', '2026-02-29', '--to', '2026-03-10'], '--from', notADate],
      [['--from', '2026-03-01', '--to', '2026-3-10'], '--to', notADate],
      [['--from', '2026-03-11', '--to', '2026-03-10'], '--from', 'lies after --to'],
      [['--date', '2026-03-13'], '--date', future],
      [['--from', '2026-03-11', '--to', '2026-03-13'], '--to', future],
      [['--from', '2027-01-01', '--to', '2027-01-02'], '--from', future],
      [
        ['--date', '2026-03-11', '--from', '2026-03-10', '--to', '2026-03-11'],
        '--date',
        'cannot be given together',
      ],
      [['--date', '2026-03-11', '--to', '2026-03-11'], '--date', 'cannot be given together'],
      [['--from', '2026-03-10'], '--to', 'is needed with --from'],
      [['--to', '2026-03-10'], '--from', 'is needed with --to'],
    ])('of fetch: %j', async (options, field, reason) => {
      await expectRefusal(await hajiri.run('fetch', ...options), field, reason);
    });

    it.each(['daily', 'integration'])('of report %s', async (report) => {
      await expectRefusal(await hajiri.run('report', report, '--date', '2026-02-30'), '--date', notADate);
      await expectRefusal(await hajiri.run('report', report, '--date', '2026-03-13'), 'date', future);
    });

    it('tells all faults at once', async () => {
      const spoken = await hajiri.run('fetch', '--from', '2026-02-30', '--to', '2026-04-31');
      await expectRefusal(spoken, '--from', notADate);
      await expectRefusal(spoken, '--to', notADate);
    });
  });

  describe('a directory file', () => {
    const header = 'employee_id,first_name,last_name,email,time_zone,joining_date,leaving_date';
    it.each([
      ['another header', 'code,name\nE2,Binod\n', 'column 1', '"code" is not a known column'],
      ['another header, again', 'code,name\nE2,Binod\n', 'employee_id', 'is missing in the header'],
      ['no header', 'E2,Binod,Thakur\n', 'header', 'must name columns of this list: employee_id, first_name'],
      ['a column twice', `${header},email\n`, 'email', 'stands twice in the header'],
      ['nothing', '', 'file', 'is empty'],
      [
        'an Employee ID twice',
        `${header}\nE2,Binod,Thakur\nE2,Chitra,Iyer\n`,
        'line 3, employee_id',
        'stands already in line 2',
      ],
      [
        'an e-mail twice',
        `${header}\nE2,Binod,T,x@acme.example\nE3,Chitra,I,X@acme.example\n`,
        'line 3, email',
        'stands already in line 2',
      ],
      ['no first name', `${header}\nE2,,Thakur\n`, 'line 2, first_name', 'must not be empty'],
      [
        'no e-mail address',
        `${header}\nE2,Binod,Thakur,binod\n`,
        'line 2, email',
        'must be an e-mail address',
      ],
      [
        'no time zone',
        `${header}\nE2,Binod,Thakur,,IST+5:30\n`,
        'line 2, time_zone',
        'must be an IANA time zone',
      ],
      [
        'no date',
        `${header}\nE2,Binod,Thakur,,,2026-02-30\n`,
        'line 2, joining_date',
        'must be a date that exists',
      ],
      [
        'leaving before joining',
        `${header}\nE2,Binod,Thakur,,,2026-02-01,2026-01-01\n`,
        'line 2, leaving_date',
        'lies before the joining date',
      ],
      [
        'an open quotation',
        `${header}\nE2,"Binod,Thakur\n`,
        'line 2',
        'has a quotation mark that is not closed',
      ],
      [
        'a good line and a bad one',
        `${header}\nE2,Binod,Thakur\nE3,,Iyer\n`,
        'line 3, first_name',
        'must not be empty',
      ],
    ])('with %s', async (_, content, field, reason) => {
      await expectRefusal(await importFile(content), field, reason);
    });

    it('in a broken encoding', async () => {
      // "Zoé" as UTF-8, then "José" as Latin-1: neither reads the whole file.
      const bytes = Buffer.concat([
        Buffer.from(`${header}\nE2,Zo\u00E9,Thakur\n`, 'utf8'),
        Buffer.from('E3,Jos\u00E9,Prado\n', 'latin1'),
      ]);
      await expectRefusal(await importFile(bytes), 'file', 'is not valid UTF-8 text (first at line 3)');
    });

    it('that is not there, or a folder', async () => {
      const missing = await hajiri.run('employees', 'import', join(folder, 'none.csv'));
      await expectRefusal(missing, 'file', 'cannot be read (ENOENT)');
      await expectRefusal(await hajiri.run('employees', 'import', folder), 'file', 'is a folder');
    });
  });

  describe('a company', () => {
    it.each(['CEST', 'IST', 'IST+5:30', '+05:30', 'Asia/Bombay2', '', 'asia'])('in zone %j', async (zone) => {
      const spoken = await hajiri.run('organisations', 'add', 'Beta', `--zone=${zone}`);
      await expectRefusal(spoken, 'zone', 'must be an IANA time zone such as Asia/Kolkata');
    });

    it.each([
      ['', 'must not be empty'],
      ['  ', 'must not be empty'],
      ['Acme', 'is already in use'],
      ['Be\u001Bta', 'must not contain control characters'],
      ['B'.repeat(201), 'must have at most 200 characters'],
    ])('with the name %j', async (name, reason) => {
      await expectRefusal(
        await hajiri.run('organisations', 'add', name, '--zone', 'Asia/Dubai'),
        'name',
        reason,
      );
    });
  });

  describe('a connection', () => {
    it.each([
      [['--key', 'badge'], 'identificationKey', 'must be employee_number, attendance_number, email or guid'],
      [['--environment', 'production'], 'environment', 'must be keka or kekademo'],
      [['--requests-per-minute', '0'], 'requestsPerMinute', 'must be at least 1'],
      [['--requests-per-minute', '1001'], 'requestsPerMinute', 'must be at most 1000'],
      [['--requests-per-minute', 'many'], 'requestsPerMinute', 'must be a whole number'],
      [['--requests-per-minute', '1.5'], 'requestsPerMinute', 'must be a whole number'],
      [['--punch-basis', 'ist'], 'punchBasis', 'must be utc or local'],
      [['--shift-basis', 'ist'], 'shiftBasis', 'must be utc or local'],
    ])('with %j', async (options, field, reason) => {
      const added = await hajiri.run('connections', 'add', 'second', '--subdomain', 'acme', ...options);
      await expectRefusal(added, field, reason);
      await expectRefusal(await hajiri.run('connections', 'change', 'main', ...options), field, reason);
    });

    it.each([
      ['main', 'is already in use'],
      ['', 'must not be empty'],
      ['se\u009Bcond', 'must not contain control characters'],
    ])('with the name %j', async (name, reason) => {
      await expectRefusal(
        await hajiri.run('connections', 'add', name, '--subdomain', 'acme'),
        'name',
        reason,
      );
    });

    it('without secrets, when nobody can be asked', async () => {
      const none = { HAJIRI_KEKA_CLIENT_SECRET: '', HAJIRI_KEKA_API_KEY: undefined };
      const spoken = await runWith(none, 'connections', 'add', 'second', '--subdomain', 'acme');
      const reason = (name: string) => `is not set, and neither is ${name}_FILE`;
      for (const name of Object.keys(none)) await expectRefusal(spoken, name, reason(name));
    });

    it('with a secret in two places, in a file that is not there, or blank', async () => {
      const name = 'HAJIRI_KEKA_API_KEY';
      const add = ['connections', 'add', 'second', '--subdomain', 'acme'];
      const twice = await runWith({ [`${name}_FILE`]: join(folder, 'key') }, ...add);
      await expectRefusal(twice, `${name}_FILE`, `is set although ${name} is set too`);
      const missing = await runWith({ [name]: '', [`${name}_FILE`]: join(folder, 'key') }, ...add);
      await expectRefusal(missing, `${name}_FILE`, 'the file cannot be read (ENOENT)');
      const blank = await runWith({ [name]: '  ' }, ...add);
      await expectRefusal(blank, 'credentials.apiKey', 'must not be empty: enter the API Key from Keka');
    });

    it('that would be removed without a word', async () => {
      await expectRefusal(await hajiri.run('connections', 'remove', 'main'), '--yes', 'is needed');
    });
  });

  describe('a setting', () => {
    it.each([
      ['HAJIRI_PORT', 'http', 'must be a whole number'],
      ['HAJIRI_PORT', '70000', 'must be at most 65535'],
      ['HAJIRI_ACCESS_TOKEN', 'short', 'must have at least 20 characters'],
      ['HAJIRI_ENCRYPTION_KEY', 'c2hvcnQ=', 'must be 32 bytes in base64'],
      ['DATABASE_URL', 'mysql://127.0.0.1/x', 'must be an address such as postgres://'],
      ['HAJIRI_KEKA_TENANT_URL', 'http://127.0.0.1:1/tenant', 'must contain {subdomain}'],
      ['HAJIRI_LOG_LEVEL', 'loud', 'must be debug, info, warn, error or silent'],
    ])('%s=%s', async (name, value, reason) => {
      for (const verb of [['serve'], ['runs', 'list']]) {
        await expectRefusal(await runWith({ [name]: value }, ...verb), name, reason);
      }
    });

    it('that holds a secret is not repeated', async () => {
      const { told } = await runWith({ HAJIRI_ENCRYPTION_KEY: 'mistyped-canary' }, 'runs', 'list');
      expect(told).not.toContain('canary');
    });
  });

  describe('a command line', () => {
    async function expectUsage(argv: readonly string[], reason: string): Promise<void> {
      const spoken = await hajiri.run(...argv);
      expect(spoken.told).toContain(reason);
      expect(spoken).toMatchObject({ code: 2, out: '' });
      expect(await dumpDatabase(database.pool)).toEqual(before);
      expect(sandbox.control.requests()).toEqual([]);
    }

    it.each([
      [['fech'], "unknown command 'fech'\n(Did you mean fetch?)"],
      [['fetch', '--dates', '2026-03-11'], "unknown option '--dates'\n(Did you mean --date?)"],
      [['fetch', '2026-03-11'], "too many arguments for 'fetch'"],
      [['report', 'daily', '--format', 'xml'], 'Allowed choices are table, json, csv'],
      [['report', 'weekly'], "unknown command 'weekly'"],
      [['connections', 'add', 'second'], "required option '--subdomain <name>' not specified"],
      [['connections', 'add', '--subdomain', 'acme'], "missing required argument 'name'"],
      [['organisations', 'add', 'Beta'], "required option '--zone <zone>' not specified"],
      [['sandbox'], "required option '--scenario <folder>' not specified"],
    ])('%j', async (argv, reason) => {
      await expectUsage(argv, reason);
    });

    it.each(['0', '-1', '1001', '1.5', 'ten', ''])('runs list --limit %s', async (limit) => {
      const spoken = await hajiri.run('runs', 'list', `--limit=${limit}`);
      await expectRefusal(spoken, '--limit', 'must be a whole number from 1 to 1000');
    });

    it.each(['-1', '65536', 'http'])('sandbox --port %s', async (port) => {
      const spoken = await hajiri.run('sandbox', '--scenario', folder, `--port=${port}`);
      await expectRefusal(spoken, '--port', 'must be a whole number from 0 to 65535');
    });

    it.each(['client-id', 'client-secret', 'api-key'])('with a secret as --%s', async (name) => {
      for (const given of [[`--${name}`, 'canary'], [`--${name}=canary`]]) {
        const argv = ['connections', 'add', 'second', '--subdomain', 'acme', ...given];
        await expectUsage(argv, `unknown option '--${name}`);
        const { out, told } = await hajiri.run(...argv, '--json');
        expect(`${out}${told}`).not.toContain('canary');
      }
    });
  });

  it('is a document where JSON was asked for', async () => {
    const faulty = await hajiri.run('fetch', '--date', '2026-02-30', '--json');
    expect(faulty).toMatchObject({ code: 2, told: '' });
    expect(JSON.parse(faulty.out)).toMatchObject({
      error: {
        code: 'invalid_input',
        page: 'docs/problems/invalid_input.md',
        whatToDo: expect.stringContaining('Nothing was changed') as string,
        faults: [{ field: '--date', reason: 'must be a date that exists, written YYYY-MM-DD' }],
      },
    });
    const usage = await hajiri.run('fetch', '--dates', '--json');
    expect(usage.code).toBe(2);
    expect(JSON.parse(usage.out)).toMatchObject({
      error: { code: 'invalid_input', faults: [{ field: 'arguments' }] },
    });
  });
});
