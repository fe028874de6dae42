import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  createHurriedClock,
  isThere,
  openedBy,
  openServer,
  planDataFolder,
  query,
  shareDataFolder,
  startBystander,
  startHolder,
  untilGone,
  untilTrue,
} from '../../../test/support/embedded/embedded-fixtures.ts';

/** Puts another pid into what a killed server left behind. */
async function forgePid(dataFolder: string, pid: number): Promise<void> {
  for (const file of [
    join(dataFolder, 'pg18/postmaster.pid'),
    join(dataFolder, 'socket/.s.PGSQL.5432.lock'),
  ]) {
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace(/^\d+/, String(pid)));
  }
}

async function leaveKilledServer(dataFolder: string): Promise<number> {
  const holder = await startHolder(dataFolder);
  const serverPid = await openedBy(holder);
  process.kill(serverPid, 'SIGKILL');
  await holder.kill();
  await untilGone(serverPid);
  return serverPid;
}

const sharedFolder = shareDataFolder();

describe('after every Hajiri was killed', () => {
  it('nothing holds its output open, and the next one takes over the server that lives on and stops it at its end', async () => {
    const dataFolder = sharedFolder();
    const holder = await startHolder(dataFolder, 'exclusive');
    const serverPid = await openedBy(holder);
    await holder.kill();

    const server = await openServer({ dataFolder, claim: 'exclusive' });
    expect(server.serverPid).toBe(serverPid);
    expect(await query(server, 'select 1 as one')).toEqual([{ one: 1 }]);
    await server.close();
    expect(await isThere(serverPid)).toBe(false);
  });

  it('a server that no longer answers is stopped, and another one started', async () => {
    const dataFolder = sharedFolder();
    const holder = await startHolder(dataFolder);
    const serverPid = await openedBy(holder);
    await holder.kill();
    await rm(join(dataFolder, 'socket', '.s.PGSQL.5432'));

    const server = await openServer({ dataFolder, clock: createHurriedClock() });
    expect(server.serverPid).not.toBe(serverPid);
    expect(await isThere(serverPid)).toBe(false);
  });
});

describe('after the server was killed', () => {
  it('it is started again, once what is left of it has let go of the data', async () => {
    const dataFolder = sharedFolder();
    const first = await openServer({ dataFolder });
    await query(first, 'create table kept as select 7 as value');
    // A session that computes does not notice that its server is gone, and keeps the shared memory until it is done.
    const busy = query(first, 'select count(*) from generate_series(1, 6000000)');
    await untilTrue(async () => {
      const rows = await query(
        first,
        `select from pg_stat_activity where query like '%generate_series%' and pid <> pg_backend_pid()`,
      );
      return rows.length === 1;
    });
    process.kill(first.serverPid, 'SIGKILL');
    await untilGone(first.serverPid);

    const second = await openServer({ dataFolder });
    expect(second.serverPid).not.toBe(first.serverPid);
    expect(await query(second, 'select value from kept')).toEqual([{ value: 7 }]);
    await Promise.allSettled([busy]);
  });

  it('a program of the same user that got its pid is neither taken for it nor harmed', async () => {
    const dataFolder = sharedFolder();
    await leaveKilledServer(dataFolder);
    const bystander = await startBystander(join(dataFolder, 'pg18'));
    await forgePid(dataFolder, bystander);

    const server = await openServer({ dataFolder });
    expect(server.serverPid).not.toBe(bystander);
    expect(await query(server, 'select 1 as one')).toEqual([{ one: 1 }]);
    await server.close();
    expect(await isThere(bystander)).toBe(true);
  });

  it('closing what it served works', async () => {
    const server = await openServer({ dataFolder: sharedFolder() });
    process.kill(server.serverPid, 'SIGKILL');
    await untilGone(server.serverPid);
    await server.close();
  });
});

describe('after a kill during the first start', () => {
  it('the next start makes the database, and what was half made is removed', async () => {
    const dataFolder = await planDataFolder();
    const holder = await startHolder(dataFolder);
    const findUnfinished = async (): Promise<string | undefined> =>
      (await readdir(dataFolder).catch(() => [])).find((name) => name.startsWith('pg18.new-'));
    await untilTrue(async () => {
      const unfinished = await findUnfinished();
      const version = unfinished === undefined ? undefined : join(dataFolder, unfinished, 'PG_VERSION');
      return (
        version !== undefined &&
        (await stat(version).then(
          () => true,
          () => false,
        ))
      );
    });
    await holder.kill();
    expect(await readdir(dataFolder)).not.toContain('pg18');

    const server = await openServer({ dataFolder });
    expect(await query(server, 'select 1 as one')).toEqual([{ one: 1 }]);
    await server.close();
    // An initdb that outlived its Hajiri has had time to fail by now.
    await openServer({ dataFolder });
    expect(await findUnfinished()).toBeUndefined();
  });

  it('a kill before the database was made is made good', async () => {
    const dataFolder = sharedFolder();
    const first = await openServer({ dataFolder });
    const inPostgres = { ...first, connection: { ...first.connection, database: 'postgres' } };
    await query(inPostgres, 'drop database hajiri');
    await first.close();
    expect(await query(await openServer({ dataFolder }), 'select current_database() as name')).toEqual([
      { name: 'hajiri' },
    ]);
  });
});
