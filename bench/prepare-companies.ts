import { generateCompany } from '../sandbox/generate/generate-company.ts';
import { generateDirectory, writeDirectoryCsv } from '../sandbox/generate/generate-directory.ts';
import { generateSchema } from '../sandbox/scenario/generate-schema.ts';
import { atCommandLine } from '../src/accounts/actor.ts';
import { createOrganisation } from '../src/accounts/organisations.ts';
import { systemClock } from '../src/clock/clock.ts';
import { createConnection } from '../src/connections/connections.ts';
import { toEncryptionKey } from '../src/connections/sealed-credentials.ts';
import { migrate } from '../src/db/migrate.ts';
import { type DatabaseAddress, openDatabase } from '../src/db/open-database.ts';
import { importEmployees } from '../src/directory/import-employees.ts';
import { benchZone } from './prepare-company.ts';
import { companyGeneration, companyName } from './serve-companies.ts';
import { benchKey } from './serve-company.ts';

/** Organisations with one connection each and everybody in the directory. */
export async function prepareCompanies(
  address: DatabaseAddress,
  options: {
    readonly connections: number;
    readonly people: number;
    readonly encryptionKey: string;
    readonly today: string;
  },
): Promise<void> {
  const { connections, people, encryptionKey } = options;
  const database = openDatabase(address);
  await migrate(database.pool, { clock: systemClock });
  const generated = generateCompany({
    ...generateSchema.parse(companyGeneration(people)),
    today: Temporal.PlainDate.from(options.today),
    zone: benchZone,
  });
  const csv = new TextEncoder().encode(writeDirectoryCsv(generateDirectory(generated)));
  const make = async (number: number): Promise<void> => {
    const organisation = await createOrganisation(database.kysely, systemClock, {
      name: `Company ${number}`,
      zone: benchZone,
    });
    const context = { ...atCommandLine('bench'), kysely: database.kysely, clock: systemClock, organisation };
    await createConnection(context, toEncryptionKey(encryptionKey), {
      name: 'bench',
      subdomain: companyName(number),
      credentials: benchKey,
    });
    await importEmployees(context, csv);
  };
  let next = 1;
  const lanes = Array.from({ length: 4 }, async () => {
    for (let number = next++; number <= connections; number = next++) await make(number);
  });
  await Promise.all(lanes);
  await database.pool.query('analyze');
  await database.close();
}
