import { finished } from 'node:stream/promises';
import { Client } from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import type { EmbeddedServer } from '../src/db/embedded/embedded-server.ts';
import type { DatabaseAddress } from '../src/db/open-database.ts';

export type BenchDatabases = {
  address(name: string): Extract<DatabaseAddress, { kind: 'socket' }>;
  /** Makes a database anew, empty or as a copy. */
  replace(name: string, template: string | null): Promise<void>;
  /** The stored days in PostgreSQL's own copy format, as one buffer. */
  exportDays(name: string): Promise<Buffer>;
  /** Copies such a buffer into the table of days, and commits. */
  importDays(name: string, rows: Buffer): Promise<void>;
};

/** Databases of one server, seen as their owner: benchmarks measure the product, not the tenancy, with these. */
export function createBenchDatabases(server: EmbeddedServer['connection']): BenchDatabases {
  const withClient = async <Result>(
    database: string,
    work: (client: Client) => Promise<Result>,
  ): Promise<Result> => {
    const client = new Client({ ...server, database });
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  };
  return {
    address: (name) => ({ kind: 'socket', ...server, database: name }),
    replace: (name, template) =>
      withClient(server.database, async (client) => {
        await client.query(`drop database if exists ${name} with (force)`);
        await client.query(`create database ${name}${template === null ? '' : ` template ${template}`}`);
        // What was written before is on disk before the next thing is timed.
        await client.query('checkpoint');
      }),
    exportDays: (name) =>
      withClient(name, async (client) => {
        const stream = client.query(
          copyTo(
            'copy (select * from attendance_day where first_run_id = (select id from run order by started_at desc offset 1 limit 1)) to stdout',
          ),
        );
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        await finished(stream);
        return Buffer.concat(chunks);
      }),
    importDays: (name, rows) =>
      withClient(name, async (client) => {
        const stream = client.query(copyFrom('copy attendance_day from stdin'));
        stream.end(rows);
        await finished(stream);
      }),
  };
}
