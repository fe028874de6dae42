import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { Sandbox } from '../../sandbox/start-sandbox.ts';
import { runProgram } from '../../src/cli/program.ts';
import { readSettings } from '../../src/config/read-settings.ts';
import { createHttpServer } from '../../src/http/create-server.ts';
import { openInstallation } from '../../src/installation.ts';
import { createLog } from '../../src/log/log.ts';
import type { FakeClock } from './fake-clock.ts';
import type { TestCompany } from './test-company.ts';
import type { TestDatabase } from './test-database.ts';

export type Spoken = {
  readonly code: number;
  /** Standard output. */
  readonly out: string;
  /** Standard error. */
  readonly told: string;
};

/** An installation on a test's database: its command line in this process or in one of its own, and its REST API. */
export type TestInstallation = {
  readonly environment: NodeJS.ProcessEnv;
  run(...argv: readonly string[]): Promise<Spoken>;
  /** In a process of its own, with its own clock (the real one) and, for example, its own TZ. */
  start(argv: readonly string[], environment?: NodeJS.ProcessEnv): StartedProgram;
  /** The REST API as it listens, without a socket. The caller closes it. */
  serve(): Promise<ServedApi>;
};

export type StartedProgram = {
  readonly ended: Promise<Spoken>;
  kill(signal: 'SIGKILL' | 'SIGTERM' | 'SIGINT'): void;
};

export type ServedApi = {
  /** With the access token. */
  get(path: string): Promise<{ readonly status: number; readonly body: string }>;
  /** With the access token; `body` is sent as JSON, and nothing is sent without it. */
  post(path: string, body?: object): Promise<{ readonly status: number; readonly body: string }>;
  patch(path: string, body: object): Promise<{ readonly status: number; readonly body: string }>;
  close(): Promise<void>;
};

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
const accessToken = 'access-token-of-the-tests';

export function testInstallation(options: {
  readonly database: TestDatabase;
  readonly clock: FakeClock;
  readonly sandbox: Pick<Sandbox, 'loginOrigin' | 'tenantOrigin'>;
  readonly company: Pick<TestCompany, 'credentials' | 'encryptionKeyText'>;
}): TestInstallation {
  const { database, clock, sandbox, company } = options;
  const { host, port, user, password, database: name } = database.address;
  const environment: NodeJS.ProcessEnv = {
    // A socket's folder goes where a host name would.
    DATABASE_URL: `postgres://${user}:${encodeURIComponent(password)}@localhost:${port}/${name}?host=${encodeURIComponent(host)}`,
    HAJIRI_ENCRYPTION_KEY: company.encryptionKeyText,
    HAJIRI_KEKA_LOGIN_URL: sandbox.loginOrigin,
    HAJIRI_KEKA_TENANT_URL: sandbox.tenantOrigin('{subdomain}'),
    HAJIRI_KEKA_CLIENT_ID: company.credentials.clientId,
    HAJIRI_KEKA_CLIENT_SECRET: company.credentials.clientSecret,
    HAJIRI_KEKA_API_KEY: company.credentials.apiKey,
  };
  const { signal } = new AbortController();
  return {
    environment,
    async run(...argv) {
      let out = '';
      let told = '';
      const terminal = {
        write: (piece: string) => void (out += piece),
        tell: (piece: string) => void (told += piece),
        isInteractive: false,
        environment,
      };
      const code = await runProgram(argv, { terminal, clock, signal });
      return { code, out, told };
    },
    start(argv, more = {}) {
      const child = spawn(process.execPath, [main, ...argv], {
        env: { PATH: process.env['PATH'], ...environment, ...more },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      const { promise: exited, resolve } = Promise.withResolvers<number>();
      child.once('exit', (code) => resolve(code ?? -1));
      const ended = Promise.all([exited, text(child.stdout), text(child.stderr)]).then(
        ([code, out, told]) => ({
          code,
          out,
          told,
        }),
      );
      return { ended, kill: (name) => void child.kill(name) };
    },
    async serve() {
      const settings = readSettings(environment);
      const installation = await openInstallation({
        settings,
        clock,
        log: createLog('silent'),
        claim: 'shared',
      });
      const server = await createHttpServer(installation, { accessToken });
      const send = async (method: 'GET' | 'POST' | 'PATCH', url: string, payload?: object) => {
        const headers = { authorization: `Bearer ${accessToken}` };
        const sent = payload === undefined ? {} : { payload };
        const { statusCode, body } = await server.inject({ method, url, headers, ...sent });
        return { status: statusCode, body };
      };
      return {
        get: (path) => send('GET', path),
        post: (path, body) => send('POST', path, body),
        patch: (path, body) => send('PATCH', path, body),
        async close() {
          await server.close();
          await installation.close();
        },
      };
    },
  };
}
