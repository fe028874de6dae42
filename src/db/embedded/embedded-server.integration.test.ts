import { chmod, mkdir, open, readFile, rename, stat, truncate, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  isThere,
  makeTemporaryFolder,
  openServer,
  planDataFolder,
  query,
  shareDataFolder,
} from '../../../test/support/embedded/embedded-fixtures.ts';
import { lookUpProcess } from '../../processes/process-identity.ts';

const sharedFolder = shareDataFolder();

describe('the first start', () => {
  it('makes a database of UTF-8 text that does not depend on the locales of the system', async () => {
    const server = await openServer({ dataFolder: await planDataFolder() });

    expect(server.connection).toMatchObject({ user: 'hajiri', database: 'hajiri' });
    expect(
      await query(
        server,
        `select pg_encoding_to_char(encoding) as encoding, datlocprovider as provider, datlocale as locale,
           upper('école') as upper, 'Z' < 'a' as by_code_point
         from pg_database where datname = current_database()`,
      ),
    ).toEqual([{ encoding: 'UTF8', provider: 'b', locale: 'C.UTF-8', upper: 'ÉCOLE', by_code_point: true }]);
  });

  it('keeps what was stored when it is closed and opened again', async () => {
    const dataFolder = sharedFolder();
    const first = await openServer({ dataFolder });
    await query(first, 'create table punch as select 42 as minute');
    await first.close();
    expect(await isThere(first.serverPid)).toBe(false);

    const second = await openServer({ dataFolder });
    expect(await query(second, 'select minute from punch')).toEqual([{ minute: 42 }]);
  });

  it('forces writes to the disk unless told otherwise', async () => {
    const server = await openServer({ dataFolder: sharedFolder(), settings: {} });
    expect(await query(server, 'show fsync')).toEqual([{ fsync: 'on' }]);
  });

  it('keeps the password where only its owner can read it, and lets nobody in without it', async () => {
    const dataFolder = sharedFolder();
    const server = await openServer({ dataFolder });

    const file = await stat(join(dataFolder, 'postgres-password'));
    expect(file.mode & 0o777).toBe(0o600);
    const strangers = { ...server, connection: { ...server.connection, password: 'guess' } };
    await expect(query(strangers, 'select 1')).rejects.toMatchObject({ code: '28P01' });
  });

  it('listens on a socket in a closed folder and on no network address', async () => {
    const server = await openServer({ dataFolder: sharedFolder() });

    expect(await query(server, 'show listen_addresses')).toEqual([{ listen_addresses: '' }]);
    expect((await stat(server.connection.host)).mode & 0o777).toBe(0o700);
    const socket = await stat(join(server.connection.host, `.s.PGSQL.${server.connection.port}`));
    expect(socket.mode & 0o777).toBe(0o700);
  });

  it('runs in UTC with room for 100 connections', async () => {
    const server = await openServer({ dataFolder: sharedFolder() });
    expect(
      await query(
        server,
        `select current_setting('timezone') as zone, current_setting('max_connections') as connections`,
      ),
    ).toEqual([{ zone: 'UTC', connections: '100' }]);
  });
});

describe('the log', () => {
  it('holds nothing of what is stored, also when statements fail', async () => {
    const server = await openServer({ dataFolder: sharedFolder() });
    await query(server, 'create table person (name text primary key)');
    await query(server, `insert into person values ('Asha Rao')`);

    const failing = [
      `insert into person values ('Asha Rao')`,
      `select 'Asha Rao'::int`,
      `selec 'Asha Rao'`,
      `do $$ begin raise warning 'Asha Rao'; end $$`,
    ];
    await Promise.allSettled(failing.map(async (sql) => query(server, sql)));
    await server.close();

    const log = await readFile(server.logFile, 'utf8');
    expect(log).toContain('ready to accept connections');
    expect(log).not.toContain('Asha');
  });

  it('is put aside at a start when it has grown beyond 10 MB, and one old log is kept', async () => {
    const dataFolder = sharedFolder();
    await writeFile(join(dataFolder, 'postgres.log'), 'earlier');
    await truncate(join(dataFolder, 'postgres.log'), 11 * 1024 * 1024);
    await writeFile(join(dataFolder, 'postgres.log.1'), 'older still');

    const server = await openServer({ dataFolder });

    expect((await stat(server.logFile)).size).toBeLessThan(10_000);
    expect((await stat(`${server.logFile}.1`)).size).toBe(11 * 1024 * 1024);
  });
});

describe('a folder that cannot be used', () => {
  it('is named when a file is in the way', async () => {
    const file = join(await makeTemporaryFolder(), 'data');
    await (await open(file, 'w')).close();
    await expect(openServer({ dataFolder: file })).rejects.toMatchObject({
      code: 'data_folder_unusable',
      message: expect.stringContaining(file),
    });
  });

  it('is named when the folder around it is closed to the user of the server', async () => {
    const dataFolder = await planDataFolder('closed');
    await mkdir(dirname(dataFolder));
    // Root passes every folder, but the user that the server runs as does not; an ordinary user passes none of these.
    await chmod(dirname(dataFolder), process.getuid?.() === 0 ? 0o700 : 0o000);

    await expect(openServer({ dataFolder })).rejects.toMatchObject({
      code: 'data_folder_unusable',
      message: expect.stringContaining(dirname(dataFolder)),
    });
  });

  it('says so when the password is gone', async () => {
    const dataFolder = sharedFolder();
    const passwordFile = join(dataFolder, 'postgres-password');
    await rename(passwordFile, `${passwordFile}.away`);
    await expect(openServer({ dataFolder })).rejects.toMatchObject({
      code: 'data_folder_unusable',
      message: expect.stringContaining(passwordFile),
    });
    await rename(`${passwordFile}.away`, passwordFile);
  });

  it('is not silently replaced by an empty one of another major version', async () => {
    const dataFolder = await planDataFolder();
    await mkdir(join(dataFolder, 'pg17'), { recursive: true });
    await expect(openServer({ dataFolder })).rejects.toMatchObject({
      code: 'database_unsupported',
      message: expect.stringContaining('pg17'),
    });
  });
});

describe('a server that does not start', () => {
  it('names the log and the reason, and leaves nothing running', async () => {
    const dataFolder = sharedFolder();
    await expect(openServer({ dataFolder, settings: { max_connections: 'many' } })).rejects.toMatchObject({
      code: 'database_unavailable',
      message: expect.stringMatching(/max_connections.*postgres\.log/s),
    });
    expect(await query(await openServer({ dataFolder }), 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('is stopped again when the password is not the one it knows', async () => {
    const dataFolder = sharedFolder();
    const passwordFile = join(dataFolder, 'postgres-password');
    const password = await readFile(passwordFile, 'utf8');
    await writeFile(passwordFile, 'another');
    await expect(openServer({ dataFolder })).rejects.toMatchObject({
      code: 'database_unavailable',
      message: expect.stringContaining(passwordFile),
    });
    await expect(stat(join(dataFolder, 'pg18', 'postmaster.pid'))).rejects.toMatchObject({ code: 'ENOENT' });

    await writeFile(passwordFile, password);
    await openServer({ dataFolder });
  });
});

describe('places', () => {
  it('opens a data folder whose path is too long for a socket, and with blanks and quotes in it', async () => {
    const dataFolder = await planDataFolder(`${'long '.repeat(20)}"it's", ok`, 'x'.repeat(80));
    const server = await openServer({ dataFolder });

    expect(server.connection.host.startsWith(dataFolder)).toBe(false);
    expect((await stat(server.connection.host)).mode & 0o777).toBe(0o700);
    expect(await query(server, 'select 1 as one')).toEqual([{ one: 1 }]);
    await server.close();
    await expect(stat(server.connection.host)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('opens a short path with blanks, commas and quotes in it', async () => {
    const server = await openServer({ dataFolder: await planDataFolder(`a "b", 'c'`) });
    expect(server.connection.host).toContain(`a "b", 'c'`);
    expect(await query(server, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('never runs the server as root, and hands it only what is its own', async () => {
    const dataFolder = sharedFolder();
    const server = await openServer({ dataFolder });

    const cluster = await stat(join(dataFolder, 'pg18'));
    expect(cluster.uid).not.toBe(0);
    expect((await lookUpProcess(server.serverPid)).kind).toBe('alive');
    expect(await query(server, `select (pg_stat_file('base')).isdir`)).toEqual([{ isdir: true }]);
    expect((await stat(dataFolder)).uid).toBe(process.getuid?.());
  });
});
