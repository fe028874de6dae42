import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { chooseRunAs } from './choose-run-as.ts';

const root = { uid: 0, gid: 0 };

async function usersFile(...lines: readonly string[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'hajiri-users-'));
  onTestFinished(async () => rm(folder, { recursive: true }));
  const file = join(folder, 'passwd');
  await writeFile(file, `${lines.join('\n')}\n`);
  return file;
}

describe('chooseRunAs', () => {
  it('changes nothing for an ordinary user', async () => {
    const options = { owners: [root], userId: 1000, usersFile: await usersFile() };
    expect(await chooseRunAs(options)).toEqual({ kind: 'self' });
  });

  it('takes the user postgres for root, before nobody', async () => {
    const users = await usersFile('nobody:x:65534:65533::/:/bin/false', 'postgres:x:70:71::/:/bin/sh');
    const options = { owners: [root], userId: 0, usersFile: users };
    expect(await chooseRunAs(options)).toEqual({ kind: 'user', uid: 70, gid: 71 });
  });

  it('takes nobody, also with the negative id of macOS', async () => {
    const users = await usersFile('root:*:0:0::/:/bin/sh', 'nobody:*:-2:-2::/:/bin/false');
    const options = { owners: [root], userId: 0, usersFile: users };
    expect(await chooseRunAs(options)).toEqual({ kind: 'user', uid: 4_294_967_294, gid: 4_294_967_294 });
  });

  it('refuses when there is nobody to be', async () => {
    const options = { owners: [root], userId: 0, usersFile: await usersFile() };
    await expect(chooseRunAs(options)).rejects.toMatchObject({
      code: 'database_unsupported',
      message: expect.stringContaining('DATABASE_URL'),
    });
  });

  it('takes the first owner who is not root, with the group that the system gives this user', async () => {
    const users = await usersFile('postgres:x:70:71::/:/bin/sh', 'meera:x:1000:1001::/home/meera:/bin/sh');
    const owners = [root, { uid: 1000, gid: 50 }, { uid: 70, gid: 71 }];
    expect(await chooseRunAs({ owners, userId: 0, usersFile: users })).toEqual({
      kind: 'user',
      uid: 1000,
      gid: 1001,
    });
  });

  it('takes an owner whom only a directory service knows, with the group of the folder', async () => {
    const owners = [{ uid: 4242, gid: 4343 }];
    expect(await chooseRunAs({ owners, userId: 0, usersFile: await usersFile() })).toEqual({
      kind: 'user',
      uid: 4242,
      gid: 4343,
    });
  });
});
