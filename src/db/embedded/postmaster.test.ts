import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readCommandLine } from '../../processes/process-identity.ts';
import { isPostmasterOf, readPostmasterNote } from './postmaster.ts';

async function clusterWith(note: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'hajiri-note-'));
  onTestFinished(async () => rm(folder, { recursive: true }));
  await writeFile(join(folder, 'postmaster.pid'), note);
  return folder;
}

describe('readPostmasterNote', () => {
  it('tells the pid, the socket and whether the server is ready', async () => {
    const folder = await clusterWith('77\n/data/pg18\n1767225600\n5432\n/data/socket\n\n 1 2\nready   \n');
    expect(await readPostmasterNote(folder)).toEqual({
      pid: 77,
      socketFolder: '/data/socket',
      isReady: true,
    });
  });

  it('takes a note that is being written', async () => {
    const folder = await clusterWith('77\n/data/pg18\n1767225600\n5432\n');
    expect(await readPostmasterNote(folder)).toEqual({ pid: 77, socketFolder: undefined, isReady: false });
  });

  it.each(['', '-77\n/data/pg18\n', 'nonsense\n'])('finds no server in %j', async (text) => {
    expect(await readPostmasterNote(await clusterWith(text))).toBeUndefined();
  });
});

describe('isPostmasterOf', () => {
  it('does not take a program that merely names the folder for its server', async () => {
    const folder = await clusterWith('');
    const program = spawn('/bin/sh', ['-c', 'read line', 'sh', folder], {
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    await once(program, 'spawn');
    const { pid } = program;
    await expect.poll(async () => readCommandLine(pid ?? 0)).toContain(folder);
    expect(await isPostmasterOf(pid ?? 0, folder)).toBe(false);
    program.stdin.end();
    await once(program, 'close');
  });
});
