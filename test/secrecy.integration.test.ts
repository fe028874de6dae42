import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { FaultInput } from '../sandbox/scenario/fault-schema.ts';
import { type Sandbox, startSandbox } from '../sandbox/start-sandbox.ts';
import { profile, record } from '../sandbox/testing/small-scenario.ts';
import { readCommandLine } from '../src/processes/process-identity.ts';
import { type Dump, dumpDatabase } from './support/dump-database.ts';
import { type HajiriHome, makeHome } from './support/hajiri-home.ts';
import { type Ended, mainOnFakeClock, startHajiri } from './support/hajiri-process.ts';
import { type MailServer, openMailServer, tokenIn } from './support/mail-server.ts';
import { type RecordingProxy, startRecordingProxy } from './support/recording-proxy.ts';
import { until } from './support/until.ts';

// Runs of every kind on a company whose secrets and people are known to this test, and then a search for them in
// everything that was printed, stored, logged or answered.

const secrets = {
  clientId: 'canary-client-7f3a91',
  clientSecret: 'canary secret&8b+c/41',
  apiKey: 'Y2FuYXJ5+a2V5/OTkxMg==',
};
const accessToken = 'canary-access-token-of-the-api';
/** Of the owner, who signs in, makes a token and looks at everything. */
const password = 'canary-password-of-the-owner';
const ownerEmail = 'canary-owner@office.example';

/** Parts of names, e-mails, premises and addresses, as Keka and as the directory have them. */
const personal = ['Quillfeather', 'quill.example', 'Quillgate', 'Quill Lane', 'Inkwell', 'inkwell.example'];
const everything = [
  ...Object.values(secrets),
  accessToken,
  'Canaria Quillfeather',
  'canaria@quill.example',
].join(' ');
/** What a record may hold, by mistake, where something else belongs. Keka does not know the secrets of its records. */
const personalText = 'Canaria Quillfeather canaria@quill.example Quillgate';
/** Names cannot be recognised in a reason that Keka gives, and are none of its business there; the rest can. */
const recognisable = [...Object.values(secrets), accessToken, 'canaria@quill.example'].join(' ');

function canaryRecord(person: number, day: string, changes: object = {}): Record<string, unknown> {
  const place = { premiseName: ' Quillgate North', locationAddress: { addressLine1: '7 Quill Lane' } };
  const plain = record(person, day);
  const punch = (name: string) => ({ ...(plain[name] as object), ...place });
  return {
    ...plain,
    firstInOfTheDay: punch('firstInOfTheDay'),
    lastOutOfTheDay: punch('lastOutOfTheDay'),
    ...changes,
  };
}

const canaryProfile = (person: number) =>
  profile(person, {
    firstName: `Canaria${person}`,
    lastName: 'Quillfeather',
    displayName: `Canaria${person} Quillfeather`,
    email: `canaria${person}@quill.example`,
  });

const directory = [
  'employee_id,first_name,last_name,email',
  'E1,Dirmaria,Inkwell,dirmaria@inkwell.example',
  ',Nocode,Inkwell,nocode@inkwell.example',
].join('\n');

const attendance = { path: '/api/v1/time/attendance' } as const;
const envelope = { succeeded: true, message: null, errors: null, pageNumber: 1, pageSize: 200 };

/** What Keka, or what stands before it, may answer; each with as many canaries as the answer can hold. */
const failures: readonly (readonly [what: string, fault: FaultInput, code: string])[] = [
  [
    'a refused client',
    {
      match: { host: 'login' },
      answer: {
        kind: 'respond',
        status: 400,
        body: { error: 'invalid_client', error_description: everything },
      },
    },
    'credentials_refused',
  ],
  [
    'a refused key',
    {
      match: { host: 'login' },
      answer: {
        kind: 'respond',
        status: 400,
        body: { error: 'invalid_grant', error_description: everything },
      },
    },
    'key_expired',
  ],
  [
    'a missing privilege',
    { match: attendance, answer: { kind: 'respond', status: 403, body: `"${everything}"` } },
    'privilege_missing',
  ],
  [
    'a token refused twice',
    { match: attendance, answer: { kind: 'respond', status: 401, body: everything } },
    'credentials_refused',
  ],
  [
    'too many requests for ever',
    { match: attendance, answer: { kind: 'respond', status: 429, body: everything } },
    'rate_limited',
  ],
  [
    'a server that fails',
    { match: attendance, answer: { kind: 'respond', status: 500, body: everything } },
    'server_error',
  ],
  [
    'a page of HTML',
    { match: attendance, answer: { kind: 'respond', status: 200, body: `<html>${everything}</html>` } },
    'not_json',
  ],
  ['an answer that is cut off', { match: attendance, answer: { kind: 'truncate', bytes: 900 } }, 'not_json'],
  ['a connection that breaks', { match: attendance, answer: { kind: 'reset' } }, 'network_refused'],
  [
    'an unknown company',
    { match: { path: '/api/v1/*' }, answer: { kind: 'respond', status: 404, body: everything } },
    'company_not_found',
  ],
  [
    'a failure that is told as success',
    {
      match: attendance,
      answer: {
        kind: 'respond',
        status: 200,
        body: { ...envelope, succeeded: false, message: recognisable, errors: [recognisable] },
      },
    },
    'said_failed',
  ],
  [
    'a page of another shape',
    { match: attendance, answer: { kind: 'edit', set: { totalPages: everything } } },
    'malformed_page',
  ],
  [
    'a redirect',
    {
      match: attendance,
      answer: { kind: 'redirect', location: `https://evil.example/?q=${encodeURIComponent(everything)}` },
    },
    'redirect_refused',
  ],
];

const reportSchema = z.looseObject({
  run: z.looseObject({ id: z.string(), state: z.string(), errorCode: z.string().nullable() }),
  problems: z.array(z.looseObject({ name: z.string().nullable(), code: z.string() })),
});
type Report = z.infer<typeof reportSchema>;

describe('secrets and personal data', () => {
  let sandbox: Sandbox;
  let proxy: RecordingProxy;
  let home: HajiriHome;
  let mail: MailServer;
  let yesterday: string;
  /** Everything that a command printed. */
  const printed: (Ended & { readonly what: string; readonly isReport: boolean })[] = [];
  const reports: Report[] = [];
  const answers: { readonly path: string; readonly body: string }[] = [];
  const commandLines: string[] = [];
  const statements: string[] = [];
  let tables: Dump = {};
  /** What came to be on the way: cookies, tokens and links, the keys before and after a rotation. */
  const made: { sessions: string[]; tokens: string[]; links: string[]; keys: string[] } = {
    sessions: [],
    tokens: [],
    links: [],
    keys: [],
  };

  function keep(what: string, ended: Ended, isReport = false): Ended {
    printed.push({ ...ended, what, isReport });
    return ended;
  }
  async function run(...argv: readonly string[]): Promise<Ended> {
    return keep(argv.join(' '), await home.run(...argv), argv[0] === 'fetch');
  }
  function keepReport({ out }: Ended): Report {
    const report = reportSchema.parse(JSON.parse(out));
    reports.push(report);
    return report;
  }

  beforeAll(async () => {
    const start = {
      tenant: { subdomain: 'acme', keys: [{ name: 'main', ...secrets }], rateLimit: { requests: null } },
    };
    sandbox = await startSandbox({ scenario: { ...start, employees: [1, 2, 3].map(canaryProfile) } });
    yesterday = sandbox.control.today().subtract({ days: 1 }).toString();
    sandbox.control.upsertAttendance([1, 2, 3].map((person) => canaryRecord(person, yesterday)));
    proxy = await startRecordingProxy(sandbox.origin);
    mail = await openMailServer();
    home = await makeHome({
      HAJIRI_SMTP_URL: mail.url,
      HAJIRI_MAIL_FROM: 'hajiri@office.example',
      HAJIRI_LOG_LEVEL: 'debug',
      HAJIRI_PORT: '0',
      HAJIRI_ACCESS_TOKEN: accessToken,
      HAJIRI_KEKA_LOGIN_URL: proxy.loginUrl,
      HAJIRI_KEKA_TENANT_URL: proxy.tenantUrl,
    });
    const database = await home.openDatabase();
    await fillCompany();
    await succeed();
    for (const [what, fault, code] of failures) await fail(what, fault, code);
    await database.close();
    await loseDatabase();
    await askEverything();
    const after = await home.openDatabase();
    tables = { ...(await dumpDatabase(after.pool)), ...(await dumpDatabase(after.pool, 'sign_in')) };
    // So that the files hold what the tables hold.
    await after.pool.query('checkpoint');
    await after.close();
  }, 240_000);
  afterAll(async () => {
    await home?.remove();
    await mail?.close();
    await proxy?.close();
    await sandbox?.close();
  });

  async function fillCompany(): Promise<void> {
    const files = {
      employees: join(home.dataFolder, '..', 'employees.csv'),
      key: join(home.dataFolder, '..', 'key'),
    };
    await writeFile(files.employees, directory);
    await writeFile(files.key, `${secrets.apiKey}\n`);
    await run('organisations', 'add', 'Acme', '--zone', 'Asia/Kolkata');
    const adding = home.start(['connections', 'add', 'main', '--subdomain', 'acme'], {
      HAJIRI_KEKA_CLIENT_ID: secrets.clientId,
      HAJIRI_KEKA_CLIENT_SECRET: secrets.clientSecret,
      HAJIRI_KEKA_API_KEY_FILE: files.key,
    });
    keep('connections add', await adding.ended);
    await run('employees', 'import', files.employees);
  }

  /** A good run, one with corrections, one with a record that cannot be read. */
  async function succeed(): Promise<void> {
    expect(keepReport(await run('fetch', '--json')).run.state).toBe('partial');
    sandbox.control.upsertAttendance([canaryRecord(1, yesterday, { dayType: 1 })]);
    expect(keepReport(await run('fetch', '--json')).run.state).toBe('partial');
    sandbox.control.upsertAttendance([
      { $day: yesterday, $record: { ...canaryRecord(2, yesterday), dayType: personalText } },
      { $day: yesterday, $record: { employeeIdentifier: personalText, attendanceDate: personalText } },
      canaryRecord(3, yesterday, {
        firstInOfTheDay: { timestamp: personalText, premiseName: 'Quillgate South' },
      }),
    ]);
    const { problems } = keepReport(await run('fetch', '--json'));
    expect(problems.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['malformed_record', 'bad_timestamp']),
    );
    await run('fetch');
    for (const [what, fault] of failures.filter(
      ([what]) => what.startsWith('a refused') || what.includes('HTML'),
    )) {
      sandbox.control.addFault(fault);
      keep(`${what}, tested`, await home.run('connections', 'test'));
      sandbox.control.clearFaults();
    }
  }

  async function fail(what: string, fault: FaultInput, code: string): Promise<void> {
    sandbox.control.addFault(fault);
    const fetching = startHajiri(['fetch', '--json'], home.environment, mainOnFakeClock);
    const report = keepReport(keep(what, await fetching.ended, true));
    expect(report.run, what).toMatchObject({ state: 'failed', errorCode: code });
    sandbox.control.clearFaults();
  }

  /** The database is killed while a page is awaited, and meanwhile everything that others can see is looked at. */
  async function loseDatabase(): Promise<void> {
    sandbox.control.addFault({ match: attendance, answer: { kind: 'hang' } });
    const database = await home.openDatabase();
    sandbox.control.reset();
    const fetching = home.start(['fetch']);
    await until(() => sandbox.control.requests().some(({ path }) => path === attendance.path));
    const active = await database.pool.query<{ pid: number; query: string }>(
      'select pid, query from pg_stat_activity',
    );
    statements.push(...active.rows.map(({ query }) => query));
    for (const pid of [fetching.pid, database.serverPid, ...active.rows.map(({ pid }) => pid)]) {
      commandLines.push((await readCommandLine(pid)).join(' '));
      // Where the system shows it: what a process hands on to those that it starts.
      if (pid !== fetching.pid)
        commandLines.push(await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => ''));
    }
    process.kill(database.serverPid, 'SIGKILL');
    await database.close();
    sandbox.control.clearFaults();
    fetching.signal('SIGINT');
    const { told } = keep('a database that is killed', await fetching.ended);
    expect(told).toContain('database_unavailable');
  }

  async function askEverything(): Promise<void> {
    const serving = home.start(['serve']);
    await serving.said('Try: ');
    const origin = /at (http:\/\/[\d.:]+),/.exec(serving.out())?.[1] ?? '';
    const ids = reports.map(({ run: { id } }) => id);
    const paths = [
      'runs',
      'runs?limit=x',
      'runs/x',
      ...ids.map((id) => `runs/${id}`),
      ...ids.map((id) => `reports/integration?run=${id}`),
      'reports/daily?date=x',
      'nothing',
    ];
    for (const path of paths) {
      const response = await fetch(`${origin}/api/v1/${path}`, {
        headers: { authorization: `Bearer ${accessToken}` },
      });
      answers.push({ path, body: await response.text() });
    }
    const refused = await fetch(`${origin}/api/v1/runs`, { headers: { authorization: 'Bearer wrong' } });
    answers.push({ path: 'runs, refused', body: await refused.text() });
    await useAsOwner(origin, serving.out());
    serving.signal('SIGTERM');
    keep('serve', await serving.ended);
    for (const argv of [
      ['doctor'],
      ['connections', 'list', '--json'],
      ['runs', 'list'],
      ['fetch', '--date', 'x', '--json'],
    ]) {
      await run(...argv);
    }
  }

  /** Somebody becomes the owner, signs in well and badly, makes a token, looks at everything, and replaces the key. */
  async function useAsOwner(origin: string, announced: string): Promise<void> {
    const link = /owner-link#(\S+)/.exec(announced)?.[1] ?? '';
    made.links.push(link);
    made.keys.push((await readFile(join(home.dataFolder, 'encryption-key'), 'utf8')).trim());
    let cookie = '';
    const ask = async (what: string, method: string, path: string, body?: unknown, bearer?: string) => {
      const response = await fetch(`${origin}/api/v1/${path}`, {
        method,
        headers: {
          'sec-fetch-site': 'same-origin',
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(bearer === undefined ? { cookie } : { authorization: `Bearer ${bearer}` }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      for (const line of response.headers.getSetCookie()) {
        const [pair = ''] = line.split(';');
        if (!pair.includes('session_token')) continue;
        cookie = pair;
        const value = decodeURIComponent(pair.slice(pair.indexOf('=') + 1));
        made.sessions.push(value, value.split('.')[0] ?? value);
      }
      const text = await response.text();
      answers.push({ path: `${what}: ${method} ${path}`, body: text });
      return { status: response.status, text };
    };
    const account = { name: 'Office Owner', email: ownerEmail, password };
    const accepted = await ask('owner', 'POST', 'owner-link/accept', { token: link, account });
    expect(accepted.status, accepted.text).toBe(200);
    await ask('again', 'POST', 'owner-link/accept', { token: link, account });
    for (const given of [password, `${password}!`]) {
      await ask('sign-in', 'POST', 'session', { email: ownerEmail, password: given });
    }
    await ask('sign-in', 'POST', 'session', { email: ownerEmail, password: { of: password } });
    const created = await ask('token', 'POST', 'tokens', { name: 'canary', scopes: ['read_reports'] });
    const { token } = z.object({ token: z.string() }).parse(JSON.parse(created.text));
    made.tokens.push(token);
    // Shown this once; everything else that is answered is searched for it.
    answers.pop();
    await ask('token', 'GET', 'runs', undefined, token);
    await ask('token', 'GET', 'connections', undefined, token);
    await ask('token', 'GET', 'runs', undefined, `${token}x`);
    const connections = await ask('owner', 'GET', 'connections');
    const [{ id } = { id: '' }] = z
      .array(z.looseObject({ id: z.string() }))
      .parse(JSON.parse(connections.text));
    const { clientId, clientSecret, apiKey } = secrets;
    await ask('faulty', 'PATCH', `connections/${id}`, {
      subdomain: apiKey,
      credentials: { clientId, clientSecret },
    });
    await ask('faulty', 'POST', 'connections', {
      name: clientSecret,
      subdomain: 'acme',
      credentials: apiKey,
    });
    await ask('same', 'PATCH', `connections/${id}`, { credentials: { clientId, clientSecret, apiKey } });
    const guest = { email: 'guest@office.example', membership: { role: 'auditor' } };
    expect((await ask('owner', 'POST', 'invitations', guest)).status).toBe(201);
    await ask('reset', 'POST', 'password-reset', { email: ownerEmail });
    await ask('reset', 'POST', 'password-reset', { email: 'nobody@office.example' });
    await until(() => mail.mails.length === 2);
    made.links.push(...mail.mails.map(tokenIn));
    const rotated = await run('keys', 'rotate', '--json');
    expect(rotated.out).toContain('"outcome": "rotated"');
    made.keys.push((await readFile(join(home.dataFolder, 'encryption-key'), 'utf8')).trim());
    for (const path of [
      'session',
      'tokens',
      'connections',
      'audit-trail',
      'audit-trail?format=csv',
      'retention',
      'schedules',
    ]) {
      await ask('owner', 'GET', path);
    }
    for (const argv of [
      ['keys', 'list'],
      ['tokens', 'list', '--json'],
      ['audit', '--json'],
      ['connections', 'test'],
    ]) {
      await run(...argv);
    }
  }

  /** In every form in which a secret could travel. */
  function secretForms(): readonly string[] {
    const all = [
      ...Object.values(secrets),
      accessToken,
      password,
      ...made.sessions,
      ...made.tokens,
      ...proxy.tokens(),
    ];
    return [
      ...new Set(
        all.flatMap((secret) => [
          secret,
          encodeURIComponent(secret),
          encodeURIComponent(secret).replaceAll('%20', '+'),
          JSON.stringify(secret).slice(1, -1),
          Buffer.from(secret).toString('hex'),
          Buffer.from(secret).toString('base64'),
        ]),
      ),
    ];
  }
  const holds = (text: string, needles: readonly string[]): readonly string[] =>
    needles.filter((needle) => text.includes(needle));
  /** What a text holds of people, whatever the capitals. */
  const people = (text: string): readonly string[] =>
    personal.filter((part) => text.toLowerCase().includes(part.toLowerCase()));

  /** Without the one member of a problem that says who is meant. */
  const withoutNames = (json: string): string => json.replaceAll(/"name":"(?:[^"\\]|\\.)*"/g, '');

  it('were there to be found', () => {
    expect(proxy.tokens().length).toBeGreaterThanOrEqual(3);
    expect(people((tables['source_person'] ?? []).join())).toEqual(['Quillfeather', 'quill.example']);
    expect(people((tables['employee'] ?? []).join())).toEqual(['Inkwell', 'inkwell.example']);
    expect(people((tables['attendance_day'] ?? []).join())).toContain('Quillgate');
    expect((tables['revision'] ?? []).length).toBeGreaterThan(0);
    expect(reports).toHaveLength(3 + failures.length);
    expect(printed.find(({ what }) => what === 'fetch')?.out).toContain('Inkwell');
  });

  it('secrets are in nothing that a command printed, with the log at its most talkative', () => {
    expect(printed.some(({ told }) => told.includes('embedded_server.'))).toBe(true);
    for (const { what, out, told } of printed) {
      expect([what, holds(out + told, [...secretForms(), ...made.keys])]).toEqual([what, []]);
      // The link is printed for whoever starts it, and not into the log.
      expect([what, holds(told, [...made.links, ownerEmail])]).toEqual([what, []]);
    }
  });

  it('no e-mail tells a secret, or anything of the people whose attendance it is', () => {
    expect(mail.mails).toHaveLength(2);
    expect(new Set(made.links).size).toBe(3);
    for (const { raw, text } of mail.mails) {
      expect(holds(`${raw}\n${text}`, [...secretForms(), ...made.keys])).toEqual([]);
      expect(people(`${raw}\n${text}`)).toEqual([]);
    }
  });

  it('what belongs to the owner is answered to the owner alone, and the keys to nobody', () => {
    expect(made.sessions.length).toBeGreaterThan(1);
    expect(made.keys[1]).not.toBe(made.keys[0]);
    for (const { path, body } of answers) {
      expect([path, holds(body, [...made.keys, ...made.links])]).toEqual([path, []]);
      if (!path.startsWith('owner:')) expect([path, body.includes(ownerEmail)]).toEqual([path, false]);
    }
  });

  it('people are in no error, progress or log', () => {
    for (const { what, told } of printed) expect([what, people(told)]).toEqual([what, []]);
    for (const { what, out, isReport } of printed) {
      if (!isReport) expect([what, people(out)]).toEqual([what, []]);
    }
  });

  it('people are in a report only where it says who is meant', () => {
    for (const { run, problems } of reports) {
      const text = withoutNames(JSON.stringify({ run, problems }));
      expect([run.errorCode, people(text)]).toEqual([run.errorCode, []]);
    }
  });

  it('neither is in what the REST API answers of runs and errors', () => {
    for (const { path, body } of answers) {
      expect([path, holds(body, secretForms())]).toEqual([path, []]);
      expect([path, people(withoutNames(body))]).toEqual([path, []]);
    }
    // The names that were taken out before the search were there.
    expect(answers.some(({ body }) => people(body).length > 0)).toBe(true);
  });

  it('neither is in a table that is not made for it', () => {
    const forPeople = new Set([
      'source_person',
      'employee',
      'employee_import_row',
      'attendance_day',
      'revision',
    ]);
    for (const [name, rows] of Object.entries(tables)) {
      const text = rows.join('\n');
      expect([name, holds(text, [...secretForms(), ...made.keys, ...made.links])]).toEqual([name, []]);
      if (!forPeople.has(name)) expect([name, people(text)]).toEqual([name, []]);
    }
  });

  it('neither is in the arguments or the environment of a process, or in a statement that others can watch', () => {
    expect(commandLines.some((line) => line.includes('fetch'))).toBe(true);
    expect(statements.some((statement) => statement !== '')).toBe(true);
    for (const text of [...commandLines, ...statements]) {
      expect(holds(text, secretForms())).toEqual([]);
      expect(people(text)).toEqual([]);
    }
  });

  it('secrets are in no file of the data folder, and people in none but those of the database', async () => {
    const entries = await readdir(home.dataFolder, { recursive: true, withFileTypes: true });
    const files = entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
    expect(files.some((file) => file.endsWith('postgres.log'))).toBe(true);
    const forms = secretForms();
    let megabytes = 0;
    for (const file of files) {
      const bytes = await readFile(file);
      megabytes += bytes.length / 2 ** 20;
      const found = forms.filter((form) => bytes.includes(form));
      expect([file, found]).toEqual([file, []]);
      if (!file.startsWith(join(home.dataFolder, 'pg18'))) {
        expect([file, people(bytes.toString('latin1'))]).toEqual([file, []]);
      }
    }
    expect(megabytes).toBeGreaterThan(20);
  });
});
