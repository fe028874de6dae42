import { randomBytes } from 'node:crypto';
import { makeFirstOwnerLink } from '../../src/accounts/owner/owner-link.ts';
import { readSettings } from '../../src/config/read-settings.ts';
import { createHttpServer, type HttpServer } from '../../src/http/create-server.ts';
import { listen } from '../../src/http/serve-http.ts';
import { type Installation, openInstallation } from '../../src/installation.ts';
import { createLog } from '../../src/log/log.ts';
import { FakeClock } from './fake-clock.ts';
import { createTestDatabase, type TestDatabase } from './test-database.ts';

/** The real server over HTTP on a database of its own, with everything that it logged. */
export type AccountsStage = {
  readonly clock: FakeClock;
  readonly database: TestDatabase;
  readonly installation: Installation;
  readonly origin: string;
  readonly logged: readonly string[];
  /** Every route under /api with what it needs. */
  readonly routeNeeds: HttpServer['routeNeeds'];
  /** A browser of its own, with no cookie yet. */
  browser(headers?: Readonly<Record<string, string>>): TestBrowser;
  /** The token of the link that `serve` prints, as long as nobody is an owner. */
  ownerToken(): Promise<string>;
  /** The first owner, of an organisation "Acme", in a browser where they are signed in. */
  signInOwner(account?: Partial<TestAccount>): Promise<TestBrowser>;
  close(): Promise<void>;
};

export type TestAccount = { readonly name: string; readonly email: string; readonly password: string };

export const owner: TestAccount = {
  name: 'Asha Rao',
  email: 'asha.rao@acme.example',
  password: 'mango-Tree-by-the-gate-7',
};

export async function openAccountsStage(
  options: {
    readonly environment?: NodeJS.ProcessEnv;
    readonly accessToken?: string;
    readonly database?: TestDatabase;
    /** When it begins; default: now. */
    readonly now?: string;
    readonly pages?: { readonly folder: string };
  } = {},
): Promise<AccountsStage> {
  const database = options.database ?? (await createTestDatabase());
  const clock = new FakeClock(options.now ?? new Date().toISOString());
  const logged: string[] = [];
  const { host, port, user, password, database: name } = database.address;
  const installation = await openInstallation({
    settings: readSettings({
      DATABASE_URL: `postgres://${user}:${encodeURIComponent(password)}@localhost:${port}/${name}?host=${encodeURIComponent(host)}`,
      HAJIRI_ENCRYPTION_KEY: randomBytes(32).toString('base64'),
      ...options.environment,
    }),
    clock,
    log: createLog('debug', { write: (line) => void logged.push(line) }),
    claim: 'shared',
  });
  const server = await createHttpServer(installation, {
    accessToken: options.accessToken ?? null,
    ...(options.pages === undefined ? {} : { pages: options.pages }),
  });
  const origin = await listen(server, 0);
  const ownerToken = async () => {
    const link = await makeFirstOwnerLink({
      ...installation,
      actor: { kind: 'command_line', user: 'test' },
      origin: { address: null, requestId: null },
    });
    if (link === null) throw new Error('there is an owner already');
    return link.token;
  };
  const browser = (headers: Readonly<Record<string, string>> = {}) => new TestBrowser(origin, headers);
  return {
    clock,
    database,
    installation,
    origin,
    logged,
    routeNeeds: server.routeNeeds,
    browser,
    ownerToken,
    async signInOwner(account = {}) {
      const own = browser();
      await own.post('/api/v1/owner-link/accept', {
        token: await ownerToken(),
        account: { ...owner, ...account },
        organisation: { name: 'Acme', zone: 'Asia/Kolkata' },
      });
      return own;
    },
    async close() {
      await server.close();
      await installation.close();
      if (options.database === undefined) await database.close();
    },
  };
}

export type Answer = { readonly status: number; readonly headers: Headers; readonly body: unknown };

/** Keeps cookies and says where a request comes from, as a browser does. */
export class TestBrowser {
  readonly #origin: string;
  readonly #headers: Readonly<Record<string, string>>;
  readonly cookies = new Map<string, string>();

  constructor(origin: string, headers: Readonly<Record<string, string>> = {}) {
    this.#origin = origin;
    this.#headers = { 'sec-fetch-site': 'same-origin', ...headers };
  }

  /** Any request; the answer is not judged. */
  async ask(method: string, path: string, body?: unknown): Promise<Answer> {
    const response = await fetch(new URL(path, this.#origin), {
      method,
      redirect: 'manual',
      headers: {
        ...this.#headers,
        ...(this.cookies.size === 0 ? {} : { cookie: this.cookieHeader() }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    this.keep(response.headers);
    const text = await response.text();
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    return {
      status: response.status,
      headers: response.headers,
      body: isJson ? (JSON.parse(text) as unknown) : text,
    };
  }

  async get(path: string): Promise<unknown> {
    return expectDone(await this.ask('GET', path));
  }

  async post(path: string, body?: unknown): Promise<unknown> {
    return expectDone(await this.ask('POST', path, body ?? {}));
  }

  cookieHeader(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  keep(headers: Headers): void {
    for (const line of headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '' || /max-age=0/i.test(line)) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
  }
}

function expectDone({ status, body }: Answer): unknown {
  if (status >= 200 && status < 300) return body;
  throw new Error(`refused with ${status}: ${JSON.stringify(body)}`);
}
