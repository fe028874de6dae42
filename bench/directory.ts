import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { atCommandLine } from '../src/accounts/actor.ts';
import { inOrganisation, type OrganisationContext } from '../src/accounts/organisation-context.ts';
import { createOrganisation } from '../src/accounts/organisations.ts';
import { exitCodes, type Terminal, writeJson } from '../src/cli/terminal.ts';
import { systemClock } from '../src/clock/clock.ts';
import { type EmbeddedServer, openEmbeddedServer } from '../src/db/embedded/embedded-server.ts';
import { migrate } from '../src/db/migrate.ts';
import { openDatabase } from '../src/db/open-database.ts';
import type { ConnectionId } from '../src/db/schema.ts';
import { planForWholeSets } from '../src/db/tenancy.ts';
import { importEmployees } from '../src/directory/import-employees.ts';
import { lockLinks } from '../src/directory/link-people.ts';
import { relinkAll } from '../src/directory/links/change-key.ts';
import { listEmployees } from '../src/directory/list-employees.ts';
import { renderTable } from '../src/reports/render-table.ts';

/** What the product promises, against what it needs at least. */
export const targets = { relink: 3, list: 2, import: 3 } as const;
const rounds = 5;

export type DirectoryBench = {
  readonly people: number;
  readonly import: Compared;
  readonly list: Compared;
  /** After a change of key under which one person in a hundred belongs to somebody else. */
  readonly relink: Compared;
  /** For comparison, without a target: nobody was linked before, so that every link is written. */
  readonly linkAllMilliseconds: number;
};
type Compared = { readonly milliseconds: number; readonly floorMilliseconds: number; readonly ratio: number };

/**
 * `--people N` (100,000), `--json`. The directory at size against the least that could do the same, in the same run:
 * COPY of the same file into a table with the same columns and indexes; the bare query of a page, without rights and
 * without a transaction; the bare join that finds the pairs, kept in a table. Medians of five rounds, of which each does
 * both. Returns 1 when a target is missed.
 */
export async function run(args: readonly string[], terminal: Terminal, signal: AbortSignal): Promise<number> {
  const position = args.indexOf('--people');
  const people = position === -1 ? 100_000 : Number(args[position + 1]);
  const folder = await mkdtemp(join(tmpdir(), 'hajiri-bench-'));
  const server = await openEmbeddedServer({ dataFolder: folder, claim: 'exclusive', clock: systemClock });
  try {
    const tell = (text: string) => {
      signal.throwIfAborted();
      terminal.tell(text);
    };
    const result = await measure(server, folder, people, tell);
    const checks = [
      { name: 'import / COPY of the same file', compared: result.import, target: targets.import },
      { name: 'list with search / bare query', compared: result.list, target: targets.list },
      { name: 're-link after a change of key / bare join', compared: result.relink, target: targets.relink },
    ].map(({ name, compared, target }) =>
      Object.assign({ name, target, met: compared.ratio <= target }, compared),
    );
    if (args.includes('--json')) writeJson(terminal, { ...result, checks });
    else {
      const milliseconds = (value: number) => value.toFixed(value < 100 ? 1 : 0);
      terminal.write(
        `${renderTable(
          [
            { name: `${people} people`, cell: (row: (typeof checks)[number]) => row.name },
            { name: 'ms', cell: (row) => milliseconds(row.milliseconds) },
            { name: 'floor ms', cell: (row) => milliseconds(row.floorMilliseconds) },
            { name: 'ratio', cell: (row) => row.ratio.toFixed(2) },
            { name: 'target', cell: (row) => `at most ${row.target}` },
            { name: 'met', cell: (row) => (row.met ? 'yes' : 'NO') },
          ],
          checks,
        )}\nEverybody linked for the first time: ${milliseconds(result.linkAllMilliseconds)} ms\n`,
      );
    }
    return checks.every(({ met }) => met) ? exitCodes.success : exitCodes.failure;
  } finally {
    await server.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function measure(
  server: EmbeddedServer,
  folder: string,
  people: number,
  tell: (text: string) => void,
): Promise<DirectoryBench> {
  const database = openDatabase({ kind: 'socket', ...server.connection });
  const client = new Client(server.connection);
  await client.connect();
  try {
    await migrate(database.pool, { clock: systemClock });
    const path = join(folder, 'employees.csv');
    await writeFile(path, directoryOf(people));
    await client.query(copyTable);
    const imports: Pair[] = [];
    let context: OrganisationContext | null = null;
    for (let round = 0; round <= rounds; round += 1) {
      const organisation = await createOrganisation(database.kysely, systemClock, {
        name: `Bench ${round}`,
        zone: 'Asia/Kolkata',
      });
      context = { ...atCommandLine('bench'), kysely: database.kysely, clock: systemClock, organisation };
      await client.query('truncate copied; checkpoint');
      const floor = await time(() => copyFile(client, path));
      const current = context;
      const file = { name: 'employees.csv', read: () => createReadStream(path) };
      const product = await time(() => importEmployees(current, file));
      tell(`import, round ${round}: floor ${floor.toFixed(0)} ms, product ${product.toFixed(0)} ms\n`);
      if (round > 0) imports.push({ floor, product });
      if (round < rounds) await removeCompany(client, organisation.id);
    }
    if (context === null) throw new Error('there was no round');
    const connection = await preparePeople(client, context);
    await client.query('vacuum analyze');
    const linkAllMilliseconds = await time(() => relink(context, connection, 'employee_number'));
    await client.query('vacuum analyze');
    const relinks = await measureRelinking(client, context, connection);
    const lists = await measureList(client, context);
    return {
      people,
      import: compare(imports),
      list: compare(lists),
      relink: compare(relinks),
      linkAllMilliseconds,
    };
  } finally {
    await client.end();
    await database.close();
  }
}

type Pair = { readonly floor: number; readonly product: number };

async function time(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function compare(pairs: readonly Pair[]): Compared {
  const median = (values: readonly number[]) =>
    values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
  const milliseconds = median(pairs.map(({ product }) => product));
  const floorMilliseconds = median(pairs.map(({ floor }) => floor));
  return { milliseconds, floorMilliseconds, ratio: milliseconds / floorMilliseconds };
}

function directoryOf(people: number): string {
  const lines = ['employee_id,first_name,last_name,email,team,designation,location,joining_date'];
  for (let n = 1; n <= people; n += 1) {
    const code = `E${String(n).padStart(7, '0')}`;
    lines.push(
      `${code},Asha${n % 97},Rao${n},asha.rao${n}@acme.example,Team ${n % 40},Operator,Pune,2024-02-${String(1 + (n % 28)).padStart(2, '0')}`,
    );
  }
  return `${lines.join('\n')}\n`;
}

/** The columns of the file and those that a directory cannot do without, with the indexes of `employee`. */
const copyTable = `
  create table copied (
    organisation_id uuid not null default gen_random_uuid(), id uuid not null default gen_random_uuid(),
    employee_id text, match_key text generated always as (lower(employee_id)) stored, first_name text not null,
    last_name text not null, email text, team text, designation text, location text, joining_date date,
    imported_at timestamptz not null default now(), primary key (organisation_id, id), unique (employee_id, organisation_id));
  create index on copied (match_key, organisation_id);
  create index on copied (lower(email), organisation_id)`;

async function copyFile(client: Client, path: string): Promise<void> {
  const stream = client.query(
    copyFrom(
      'copy copied (employee_id, first_name, last_name, email, team, designation, location, joining_date) from stdin with (format csv, header)',
    ),
  );
  createReadStream(path).pipe(stream);
  await finished(stream);
}

async function removeCompany(client: Client, organisation: string): Promise<void> {
  for (const table of ['employee_import_row', 'employee_import', 'employee', 'team']) {
    await client.query(`delete from ${table} where organisation_id = $1`, [organisation]);
  }
  await client.query('vacuum analyze employee, employee_import_row');
}

/** Everybody is in Keka, too; one in a hundred has the attendance number of the next one. */
async function preparePeople(client: Client, context: OrganisationContext): Promise<ConnectionId> {
  const connection = randomUUID() as ConnectionId; // made in the next line
  const { id } = context.organisation;
  await client.query(
    `insert into connection (organisation_id, id, name, subdomain, environment, identification_key, sealed_credentials, created_at)
     values ($1, $2, 'bench', 'bench', 'keka', 'employee_number', '', now())`,
    [id, connection],
  );
  await client.query(
    `insert into source_person (organisation_id, connection_id, guid, employee_number, number_key, attendance_key, email,
       email_key, display_name, joining_date, first_seen_at, profile_read_at)
     select $1, $2, gen_random_uuid(), employee_id, match_key,
       case when n % 100 < 2 and n % 100 >= 0 then coalesce(case when n % 100 = 0 then lead(match_key) over w else lag(match_key) over w end, match_key)
         else match_key end,
       email, lower(email), first_name || ' ' || last_name, joining_date, now(), now()
     from (select *, row_number() over (order by employee_id) as n from employee where organisation_id = $1) e
     window w as (order by n) order by random()`,
    [id, connection],
  );
  return connection;
}

function relink(
  context: OrganisationContext,
  connection: ConnectionId,
  key: 'employee_number' | 'attendance_number',
): Promise<unknown> {
  return inOrganisation(context, async (transaction) => {
    await planForWholeSets(transaction);
    await lockLinks(transaction, context.organisation.id);
    return relinkAll(transaction, connection, key, systemClock.now());
  });
}

async function measureRelinking(
  client: Client,
  context: OrganisationContext,
  connection: ConnectionId,
): Promise<readonly Pair[]> {
  const pairs: Pair[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    // To and fro, so that each round has as much to change as the one before.
    const key = round % 2 === 0 ? 'attendance_number' : 'employee_number';
    const column = round % 2 === 0 ? 'attendance_key' : 'number_key';
    const floor = await time(() =>
      client.query(`create temporary table pairs as select p.guid, e.id from source_person p
        join employee e on e.match_key = p.${column} where p.connection_id = '${connection}'`),
    );
    await client.query('drop table pairs');
    const product = await time(() => relink(context, connection, key));
    await client.query('vacuum analyze person_link');
    if (round > 0) pairs.push({ floor, product });
  }
  return pairs;
}

async function measureList(client: Client, context: OrganisationContext): Promise<readonly Pair[]> {
  const pairs: Pair[] = [];
  for (let round = 0; round <= rounds * 4; round += 1) {
    const search = `rao${1000 + round}`;
    const floor = await time(() =>
      client.query(
        `select e.*, count(*) over () as total from employee e
         where concat_ws(' ', e.first_name, e.last_name, e.employee_id, e.email, e.phone) ilike $1
         order by e.first_name, e.last_name, e.id limit 50`,
        [`%${search}%`],
      ),
    );
    const product = await time(() => listEmployees(context, { search, offset: 0, limit: 50 }));
    if (round > 0) pairs.push({ floor, product });
  }
  return pairs;
}
