import { randomBytes } from 'node:crypto';
import { generateCompany } from '../sandbox/generate/generate-company.ts';
import { generateDirectory, writeDirectoryCsv } from '../sandbox/generate/generate-directory.ts';
import { generateSchema } from '../sandbox/scenario/generate-schema.ts';
import { atCommandLine } from '../src/accounts/actor.ts';
import { inOrganisation } from '../src/accounts/organisation-context.ts';
import { createOrganisation } from '../src/accounts/organisations.ts';
import { systemClock } from '../src/clock/clock.ts';
import { createConnection } from '../src/connections/connections.ts';
import { toEncryptionKey } from '../src/connections/sealed-credentials.ts';
import { migrate } from '../src/db/migrate.ts';
import { type DatabaseAddress, openDatabase } from '../src/db/open-database.ts';
import { importEmployees } from '../src/directory/import-employees.ts';
import { createKekaClient } from '../src/keka/keka-client.ts';
import { createKekaHosts } from '../src/keka/keka-hosts.ts';
import { createRequestBudget } from '../src/keka/request-budget.ts';
import { readPeople } from '../src/runs/read-people.ts';
import type { BenchCompany } from './fetch.ts';
import { benchGeneration, benchKey, benchSubdomain } from './serve-company.ts';

export const benchZone = 'Asia/Kolkata';

/**
 * A company on an ordinary morning: everybody is in the directory, known from Keka's profiles, and linked. What is
 * left to do is one day of attendance.
 */
export async function prepareCompany(
  address: DatabaseAddress,
  company: BenchCompany,
  people: number,
): Promise<void> {
  const database = openDatabase(address);
  await migrate(database.pool, { clock: systemClock });
  const organisation = await createOrganisation(database.kysely, systemClock, {
    name: 'Bench',
    zone: benchZone,
  });
  const context = { ...atCommandLine('bench'), kysely: database.kysely, clock: systemClock, organisation };
  const connection = await createConnection(context, toEncryptionKey(randomBytes(32).toString('base64')), {
    name: 'bench',
    subdomain: benchSubdomain,
    credentials: benchKey,
  });
  const today = Temporal.PlainDate.from(company.yesterday).add({ days: 1 });
  const generated = generateCompany({
    ...generateSchema.parse(benchGeneration(people)),
    today,
    zone: benchZone,
  });
  await importEmployees(context, new TextEncoder().encode(writeDirectoryCsv(generateDirectory(generated))));
  const client = createKekaClient({
    subdomain: connection.subdomain,
    environment: 'keka',
    credentials: benchKey,
    hosts: createKekaHosts(company),
    budget: createRequestBudget({ requestsPerMinute: 1_000_000, clock: systemClock }),
    clock: systemClock,
  });
  const signal = new AbortController().signal;
  await readPeople({ context, client, connection, concurrency: 4, signal, onEvent: () => {} });
  await client.close();
  await inOrganisation(context, (transaction) =>
    transaction.updateTable('connection').set({ people_read_at: systemClock.now() }).execute(),
  );
  // As a database is on any morning: with statistics.
  await database.pool.query('analyze');
  await database.close();
}
