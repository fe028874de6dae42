import { hkdfSync } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Kysely } from 'kysely';
import type { Actor, Origin } from './accounts/actor.ts';
import type { OrganisationContext } from './accounts/organisation-context.ts';
import { findOrganisation } from './accounts/organisations.ts';
import type { ProviderSettings } from './accounts/sign-in/open-sign-in.ts';
import type { SignInTools } from './accounts/sign-in/visit.ts';
import type { Clock } from './clock/clock.ts';
import type { Settings } from './config/settings.ts';
import { type Connection, credentialsOf } from './connections/connections.ts';
import { type KeySource, keySourceOf, loadEncryptionKey } from './connections/encryption-key.ts';
import type { EncryptionKey } from './connections/sealed-credentials.ts';
import type { ConnectionDraft } from './connections/test-draft.ts';
import { openEmbeddedServer } from './db/embedded/embedded-server.ts';
import { isOutdated, migrate } from './db/migrate.ts';
import { type DatabaseAddress, type OpenDatabase, openDatabase } from './db/open-database.ts';
import type { Database } from './db/schema.ts';
import { createSharedBudgets, readRequestsLeft } from './db/shared-budgets.ts';
import { createJobs, type Jobs } from './jobs/jobs.ts';
import { createBudgetRegistry } from './keka/budget-registry.ts';
import { createKekaClient, type KekaClient, type KekaClientOptions } from './keka/keka-client.ts';
import { createKekaHosts, type KekaHosts } from './keka/keka-hosts.ts';
import type { Log } from './log/log.ts';
import { createMailer, type Mailer } from './notify/mail/mailer.ts';

/** Who asks, and from where. */
export type Who = { readonly actor: Actor; readonly origin: Origin };

/** Everything that a verb or a route needs, wired once. */
export type Installation = {
  readonly settings: Settings;
  readonly clock: Clock;
  readonly log: Log;
  readonly kysely: Kysely<Database>;
  readonly jobs: Jobs;
  readonly dataFolder: string;
  readonly encryptionKey: EncryptionKey;
  /** Where that key comes from. */
  readonly keySource: KeySource;
  /** Null where no mail server is set up. */
  readonly mailer: Mailer | null;
  /** Signing in, as browsers reach it at this origin. Loaded and made once for each key; only who serves needs it. */
  signIn(publicOrigin: string): Promise<SignInTools>;
  /** The organisation of that name, or the only one, as this actor sees it. Throws `not_found`. */
  organisation(name: string | undefined, who: Who): Promise<OrganisationContext>;
  /** A client with the connection's own credentials; the caller closes it. Throws `secrets_unreadable`. */
  kekaClient(connection: Connection, options?: Pick<KekaClientOptions, 'onWait' | 'limits'>): KekaClient;
  /** A client for settings that are not stored (yet); the caller closes it. */
  kekaClientFor(draft: ConnectionDraft, options?: Pick<KekaClientOptions, 'onWait' | 'limits'>): KekaClient;
  /** How many more requests to that connection's company fit into this minute. */
  requestsLeft(connection: Connection): Promise<number>;
  /** Whether a newer version of the program has changed the database since this one was started. */
  isOutdated(): Promise<boolean>;
  close(): Promise<void>;
};

export type InstallationOptions = {
  readonly settings: Settings;
  readonly clock: Clock;
  readonly log: Log;
  /** `exclusive` for the process that serves, `shared` for a command beside it. */
  readonly claim: 'exclusive' | 'shared';
};

/** Where browsers reach Hajiri, without a path. */
export function publicOriginOf(settings: Settings, port: number = settings.HAJIRI_PORT): string {
  return settings.HAJIRI_PUBLIC_URL ?? `http://127.0.0.1:${port}`;
}

const projectFolder = fileURLToPath(new URL('..', import.meta.url));

export function dataFolderOf(settings: Settings): string {
  return settings.HAJIRI_DATA_DIR ?? join(projectFolder, 'data');
}

/**
 * Opens the database (starting the embedded one when no DATABASE_URL is set), brings it up to date and wires the
 * parts. What was opened is closed again when a later step fails. Throws HajiriError.
 */
export async function openInstallation(options: InstallationOptions): Promise<Installation> {
  const { settings, clock } = options;
  const hosts = createKekaHosts({
    ...(settings.HAJIRI_KEKA_LOGIN_URL === undefined ? {} : { loginUrl: settings.HAJIRI_KEKA_LOGIN_URL }),
    ...(settings.HAJIRI_KEKA_TENANT_URL === undefined ? {} : { tenantUrl: settings.HAJIRI_KEKA_TENANT_URL }),
  });
  const dataFolder = dataFolderOf(settings);
  const server = await openServer(options, dataFolder);
  let database: OpenDatabase | null = null;
  try {
    const keyOptions = {
      configured: settings.HAJIRI_ENCRYPTION_KEY,
      previous: settings.HAJIRI_ENCRYPTION_KEY_PREVIOUS,
      dataFolder,
      ownsDatabase: settings.DATABASE_URL === undefined,
    };
    const encryptionKey = await loadEncryptionKey(keyOptions);
    const keySource = keySourceOf(keyOptions);
    database = openDatabase(server.address, { clock, maxConnections: connectionsFor(settings) });
    await migrate(database.pool, { clock });
    return wire({
      ...options,
      hosts,
      dataFolder,
      encryptionKey,
      keySource,
      database,
      closeServer: server.close,
    });
  } catch (error) {
    await database?.close();
    await server.close();
    throw error;
  }
}

/** A run holds a connection as long as it reads a part; the others are for its signs of life, the API and the loops. */
function connectionsFor({ HAJIRI_RUNS_AT_A_TIME: runs }: Settings): number {
  return runs + 6;
}

type Server = { readonly address: DatabaseAddress; readonly close: () => Promise<void> };

async function openServer(options: InstallationOptions, dataFolder: string): Promise<Server> {
  const { settings, clock, claim, log } = options;
  if (settings.DATABASE_URL !== undefined) {
    return { address: { kind: 'url', url: settings.DATABASE_URL }, close: async () => {} };
  }
  const server = await openEmbeddedServer({
    dataFolder,
    claim,
    clock,
    log: (event, details) => log.debug(details, event),
    ...(settings.HAJIRI_POSTGRES_BIN_DIR === undefined
      ? {}
      : { binFolder: settings.HAJIRI_POSTGRES_BIN_DIR }),
  });
  return { address: { kind: 'socket', ...server.connection }, close: () => server.close() };
}

type Parts = InstallationOptions & {
  readonly hosts: KekaHosts;
  readonly dataFolder: string;
  readonly encryptionKey: EncryptionKey;
  readonly keySource: KeySource;
  readonly database: OpenDatabase;
  readonly closeServer: () => Promise<void>;
};

function wire({
  settings,
  clock,
  log,
  hosts,
  dataFolder,
  encryptionKey,
  keySource,
  database,
  closeServer,
}: Parts): Installation {
  const { kysely } = database;
  const kekaClientFor: Installation['kekaClientFor'] = (draft, options = {}) => {
    const { subdomain, environment, requestsPerMinute, credentials } = draft;
    return createKekaClient({
      subdomain,
      environment,
      credentials,
      hosts,
      // Keka's limit is believed to be one for the whole company, so connections to one company share it.
      budget: budgets.get(companyOf(draft), requestsPerMinute),
      clock,
      ...options,
      limits: {
        pages: settings.HAJIRI_KEKA_PAGE_LIMIT,
        requestMilliseconds: settings.HAJIRI_KEKA_TIMEOUT_SECONDS * 1000,
        ...options.limits,
      },
    });
  };
  const budgets = createBudgetRegistry(clock, createSharedBudgets(database.pool, clock));
  const jobs = createJobs({ pool: database.pool, log });
  let signIn: { readonly keys: string; readonly tools: Promise<SignInTools> } | null = null;
  return {
    settings,
    clock,
    log,
    kysely,
    jobs,
    dataFolder,
    encryptionKey,
    mailer: mailerOf(settings),
    keySource,
    signIn(publicOrigin) {
      // Another process may have begun to replace the key.
      const keys = encryptionKey
        .known()
        .map(({ id }) => id)
        .join();
      if (signIn?.keys !== keys) {
        signIn = { keys, tools: loadSignIn({ settings, kysely, clock, encryptionKey, publicOrigin }) };
      }
      return signIn.tools;
    },
    async organisation(name, who) {
      return { ...who, kysely, clock, organisation: await findOrganisation(kysely, name) };
    },
    kekaClientFor,
    kekaClient: (connection, options) =>
      kekaClientFor({ ...connection, credentials: credentialsOf(connection, encryptionKey) }, options),
    requestsLeft: ({ requestsPerMinute, ...company }) =>
      readRequestsLeft(database.pool, { key: companyOf(company), requestsPerMinute, now: clock.now() }),
    isOutdated: () => isOutdated(database.pool),
    async close() {
      await jobs.close();
      await database.close();
      await closeServer();
    },
  };
}

/** What requests are counted under; nothing secret. */
function companyOf({ environment, subdomain }: Pick<Connection, 'environment' | 'subdomain'>): string {
  return `${environment} ${subdomain}`;
}

async function loadSignIn({
  settings,
  kysely,
  clock,
  encryptionKey,
  publicOrigin,
}: Pick<Installation, 'settings' | 'kysely' | 'clock' | 'encryptionKey'> & {
  publicOrigin: string;
}): Promise<SignInTools> {
  const { openSignIn } = await import('./accounts/sign-in/open-sign-in.ts');
  const signIn = await openSignIn({
    kysely,
    keys: [encryptionKey, ...encryptionKey.known().filter(({ id }) => id !== encryptionKey.id)],
    publicOrigin,
    provider: providerOf(settings),
  });
  const attemptKey = Buffer.from(hkdfSync('sha256', encryptionKey.bytes, '', 'hajiri attempts', 32));
  return { kysely, clock, signIn, attemptKey };
}

function mailerOf({ HAJIRI_SMTP_URL: url, HAJIRI_MAIL_FROM: from }: Settings): Mailer | null {
  return url === undefined || from === undefined ? null : createMailer({ url, from });
}

function providerOf(settings: Settings): ProviderSettings | null {
  const { HAJIRI_OIDC_ISSUER: issuer, HAJIRI_OIDC_CLIENT_ID: clientId } = settings;
  const { HAJIRI_OIDC_CLIENT_SECRET: clientSecret, HAJIRI_OIDC_NAME: name } = settings;
  if (issuer === undefined || clientId === undefined || clientSecret === undefined) return null;
  return { name: name ?? new URL(issuer).hostname, issuer, clientId, clientSecret };
}
