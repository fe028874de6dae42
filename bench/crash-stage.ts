import { randomBytes } from 'node:crypto';
import { generateCompany } from '../sandbox/generate/generate-company.ts';
import { generateDirectory, writeDirectoryCsv } from '../sandbox/generate/generate-directory.ts';
import { generateSchema } from '../sandbox/scenario/generate-schema.ts';
import { type Sandbox, startSandbox } from '../sandbox/start-sandbox.ts';
import { atCommandLine } from '../src/accounts/actor.ts';
import type { OrganisationContext } from '../src/accounts/organisation-context.ts';
import { createOrganisation } from '../src/accounts/organisations.ts';
import { systemClock } from '../src/clock/clock.ts';
import { createConnection } from '../src/connections/connections.ts';
import { toEncryptionKey } from '../src/connections/sealed-credentials.ts';
import { migrate } from '../src/db/migrate.ts';
import { importEmployees } from '../src/directory/import-employees.ts';
import { type HajiriHome, type HomeDatabase, makeHome } from '../test/support/hajiri-home.ts';

/** A company whose Keka has much to store and commit, and a data folder on which it is fetched by real processes. */
export type CrashStage = {
  readonly sandbox: Sandbox;
  readonly home: HajiriHome;
  /** The dates that are fetched. */
  readonly from: string;
  readonly to: string;
  /** As it is now: `reopen` replaces it, after the server was killed. */
  database(): HomeDatabase;
  reopen(): Promise<void>;
  /** Which of two versions of every record Keka serves from now on. */
  serve(version: Version): void;
  /** A connection to the same company on which nothing was fetched yet; resolves with its id. */
  addConnection(name: string): Promise<string>;
  close(): Promise<void>;
};

/** The second one lacks the premise of every punch, so that a fetch of it replaces all days that the first stored. */
export type Version = 'first' | 'second';

const subdomain = 'crash';
const zone = 'Asia/Kolkata';
const credentials = { clientId: 'crash-client', clientSecret: 'crash-secret', apiKey: 'crash-key' };
const company = { seed: 11, people: 360, days: 48 };
/**
 * Keka refuses a greater difference of days, so a window becomes several chunks: as many commits, each of more records
 * than are written at a time, and before them the refusals that halve the window.
 */
const maximumRangeDays = 3;
/** Long enough for a kill to come while the fetch waits for a page. */
const answerMilliseconds = 6;
/** The last correction of a day is due by then: what is fetched does not change while the bench runs. */
const settledDays = 27;

export async function openCrashStage(): Promise<CrashStage> {
  const sandbox = await startSandbox({
    scenario: {
      tenant: {
        subdomain,
        zone,
        keys: [{ name: 'main', ...credentials }],
        rateLimit: { requests: null },
        switches: { ageLimit: 'none', maximumRangeDays },
      },
      generate: company,
      faults: [
        { match: { host: 'tenant' }, delayMilliseconds: answerMilliseconds, answer: { kind: 'normal' } },
      ],
    },
  });
  const encryptionKeyText = randomBytes(32).toString('base64');
  const home = await makeHome({
    HAJIRI_ENCRYPTION_KEY: encryptionKeyText,
    HAJIRI_KEKA_LOGIN_URL: sandbox.loginOrigin,
    HAJIRI_KEKA_TENANT_URL: sandbox.tenantOrigin('{subdomain}'),
  });
  // The settings that everybody has: what is told to be committed must be so after a crash.
  const open = () => home.openDatabase({});
  let database = await open();
  try {
    await migrate(database.pool, { clock: systemClock });
    const { kysely } = database;
    const organisation = await createOrganisation(kysely, systemClock, { name: 'Crash', zone });
    const parts = { ...atCommandLine('bench'), clock: systemClock, organisation };
    const context = (): OrganisationContext => ({ ...parts, kysely: database.kysely });
    const today = sandbox.control.today();
    await importEmployees(context(), new TextEncoder().encode(directoryCsv(today)));
    return {
      sandbox,
      home,
      from: today.subtract({ days: company.days }).toString(),
      to: today.subtract({ days: settledDays }).toString(),
      database: () => database,
      async reopen() {
        await database.close();
        database = await open();
      },
      serve: (version) =>
        sandbox.control.changeSwitches({ premiseName: version === 'first' ? 'as-written' : 'removed' }),
      async addConnection(name) {
        const key = toEncryptionKey(encryptionKeyText);
        const made = await createConnection(context(), key, {
          name,
          subdomain,
          credentials,
          requestsPerMinute: 1000,
        });
        return made.id;
      },
      async close() {
        await database.close();
        await home.remove();
        await sandbox.close();
      },
    };
  } catch (error) {
    await database.close();
    await home.remove();
    await sandbox.close();
    throw error;
  }
}

function directoryCsv(today: Temporal.PlainDate): string {
  return writeDirectoryCsv(
    generateDirectory(generateCompany({ ...generateSchema.parse(company), today, zone })),
  );
}
