import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { isStillRunning, lookUpProcess, readCommandLine } from './process-identity.ts';

describe('a process', () => {
  it('is recognised by its pid and birth together', async () => {
    const [first, again] = await Promise.all([lookUpProcess(process.pid), lookUpProcess(process.pid)]);
    expect(again).toEqual(first);
    const birth = first.kind === 'alive' ? first.birth : null;
    expect(birth).not.toBeNull();
    expect(await isStillRunning({ pid: process.pid, birth })).toBe(true);
    expect(await isStillRunning({ pid: process.pid, birth: `${birth}0` })).toBe(false);
  });

  it('counts as running when nobody knows its birth', async () => {
    expect(await isStillRunning({ pid: process.pid, birth: null })).toBe(true);
  });

  it('is gone after it ended', async () => {
    const child = spawn('/bin/sh', ['-c', 'exit 0']);
    await once(child, 'close');
    expect(await lookUpProcess(child.pid ?? 0)).toEqual({ kind: 'gone' });
  });

  it('is gone when it has ended and its parent has not looked', async () => {
    // The shell becomes a sleep, which never looks after the child that the shell had.
    const parent = spawn('/bin/sh', ['-c', 'sh -c "kill -STOP \\$\\$" & echo $!; exec sleep 600'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [line] = await once(parent.stdout, 'data');
    const child = Number(String(line));
    expect((await lookUpProcess(child)).kind).toBe('alive');
    process.kill(child, 'SIGKILL');
    await expect.poll(async () => lookUpProcess(child)).toEqual({ kind: 'gone' });
    process.kill(child, 0);
    parent.kill('SIGKILL');
    await once(parent, 'close');
  });

  it('tells its command line, or nothing when it is not there', async () => {
    expect(await readCommandLine(process.pid)).not.toEqual([]);
    expect(await readCommandLine(2 ** 30)).toEqual([]);
  });
});
