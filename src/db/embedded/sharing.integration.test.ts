import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
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
} from '../../../test/support/embedded/embedded-fixtures.ts';

const sharedFolder = shareDataFolder();

describe('claims', () => {
  it('refuses a second exclusive claim, names the process that has it, and lets commands in', async () => {
    const dataFolder = sharedFolder();
    const holder = await startHolder(dataFolder, 'exclusive');
    const serverPid = await openedBy(holder);

    await expect(openServer({ dataFolder, claim: 'exclusive' })).rejects.toMatchObject({
      code: 'data_folder_in_use',
      message: expect.stringContaining(String(holder.pid)),
    });
    const command = await openServer({ dataFolder, claim: 'shared' });
    expect(command.serverPid).toBe(serverPid);
  });

  it('counts two uses by one process as two', async () => {
    const dataFolder = sharedFolder();
    const serve = await openServer({ dataFolder, claim: 'exclusive' });
    await expect(openServer({ dataFolder, claim: 'exclusive' })).rejects.toMatchObject({
      code: 'data_folder_in_use',
    });
    const command = await openServer({ dataFolder });
    await command.close();
    expect(await query(serve, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('takes a claim over from a process that is gone, or whose pid now belongs to another', async () => {
    const dataFolder = sharedFolder();
    const processes = join(dataFolder, 'processes');
    const bystander = await startBystander(processes);
    const gone = await startHolder(dataFolder);
    await gone.kill();
    const claim = 'exclusive';
    await writeFile(
      join(processes, '1-00000000.json'),
      JSON.stringify({ pid: bystander, birth: 'another boot 1', claim }),
    );
    await writeFile(
      join(processes, '2-00000000.json'),
      JSON.stringify({ pid: gone.pid, birth: null, claim }),
    );
    await writeFile(join(processes, '3-00000000.json'), '{"pid":');

    await writeFile(join(processes, 'notes'), 'put here by hand');

    await openServer({ dataFolder, claim: 'exclusive' });
    expect(await readdir(processes)).toEqual([expect.stringMatching(`^${process.pid}-`), 'notes']);
  });
});

describe('stopping', () => {
  it('is done by the last one out, in any order, and only once', async () => {
    const dataFolder = sharedFolder();
    const serve = await openServer({ dataFolder, claim: 'exclusive' });
    const holder = await startHolder(dataFolder);
    expect(await openedBy(holder)).toBe(serve.serverPid);

    await serve.close();
    await serve.close();
    expect(await isThere(serve.serverPid)).toBe(true);
    expect(await holder.finish()).toEqual({ event: 'closed' });
    expect(await isThere(serve.serverPid)).toBe(false);
  });

  it('is not caused by Ctrl-C in the terminal of Hajiri, which needs the server to end in order', async () => {
    const dataFolder = sharedFolder();
    const holder = await startHolder(dataFolder);
    const serverPid = await openedBy(holder);

    process.kill(-holder.pid, 'SIGINT');
    expect(await holder.next()).toEqual({ event: 'interrupted' });
    const command = await openServer({ dataFolder });
    expect(command.serverPid).toBe(serverPid);
    const log = await readFile(command.logFile, 'utf8');
    expect(log.slice(log.lastIndexOf('starting PostgreSQL'))).not.toContain('shutdown request');
  });
});

describe('several at once', () => {
  it('open a fresh folder together on one server', async () => {
    const dataFolder = await planDataFolder();
    const holders = await Promise.all([1, 2, 3, 4].map(async () => startHolder(dataFolder)));
    const serverPids = await Promise.all(holders.map(openedBy));

    expect(new Set(serverPids).size).toBe(1);
    const ends = await Promise.all(holders.map(async (holder) => holder.finish()));
    expect(ends).toEqual(holders.map(() => ({ event: 'closed' })));
    const log = await readFile(join(dataFolder, 'postgres.log'), 'utf8');
    expect(log.match(/starting PostgreSQL/g)).toHaveLength(1);
    expect(log.match(/database system is shut down/g)).toHaveLength(1);
  });

  it('leave one exclusive claim when all of them want it', async () => {
    const dataFolder = sharedFolder();
    const holders = await Promise.all([1, 2, 3].map(async () => startHolder(dataFolder, 'exclusive')));
    const told = await Promise.all(holders.map(async (holder) => holder.next()));
    expect(told.filter(({ event }) => event === 'opened')).toHaveLength(1);
    expect(told.filter((line) => line.event === 'failed' && line.code === 'data_folder_in_use')).toHaveLength(
      2,
    );
  });
});

describe('a server that does not answer', () => {
  it('is left alone while another Hajiri uses it', async () => {
    const dataFolder = sharedFolder();
    const holder = await startHolder(dataFolder);
    const serverPid = await openedBy(holder);
    await rm(join(dataFolder, 'socket', '.s.PGSQL.5432'));

    await expect(openServer({ dataFolder, clock: createHurriedClock() })).rejects.toMatchObject({
      code: 'database_unavailable',
      message: expect.stringContaining('another Hajiri is using it'),
    });
    expect(await isThere(serverPid)).toBe(true);
    await holder.finish();
    await untilGone(serverPid);
  });
});
