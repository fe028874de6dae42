// Reads and writes times and dates in the database whose address stands on the standard input, and prints them.
import { text } from 'node:stream/consumers';
import { sql } from 'kysely';
import { type DatabaseAddress, openDatabase } from '../../../src/db/open-database.ts';

const address = JSON.parse(await text(process.stdin)) as DatabaseAddress; // as the test wrote it
const database = openDatabase(address);
const date = Temporal.PlainDate.from('2026-03-10');
const instant = Temporal.Instant.from('2026-03-10T18:35:00.123456Z');
const { rows } = await sql`
  select date '2026-03-10' as date, timestamptz '2026-03-10 18:35:00.123456+00' as instant,
    ${date}::date as given_date, ${instant}::timestamptz as given_instant,
    ${date}::date = date '2026-03-10' and ${instant} = timestamptz '2026-03-10 18:35:00.123456+00' as are_equal
`.execute(database.kysely);
await database.close();
process.stdout.write(JSON.stringify(rows[0]));
