import { readFile } from 'node:fs/promises';
import { HajiriError } from '../../errors/hajiri-error.ts';
import type { RunAs } from './run-as.ts';

type PasswdEntry = { readonly name: string; readonly uid: number; readonly gid: number };

/**
 * Chooses the user: the owner of a cluster that is already there, else the owner of the data folder, else `postgres`,
 * else `nobody`. An existing cluster comes first, or its files would change hands when a user `postgres` appears later.
 */
export async function chooseRunAs(options: {
  /** The owners of the folders, the most important first. */
  readonly owners: readonly { readonly uid: number; readonly gid: number }[];
  /** The user of this process; undefined on a system without user ids. */
  readonly userId: number | undefined;
  readonly usersFile: string;
}): Promise<RunAs> {
  if (options.userId !== 0) return { kind: 'self' };
  const users = await readUsers(options.usersFile);
  const owner = options.owners.find(({ uid }) => uid !== 0);
  if (owner !== undefined) {
    const gid = users.find(({ uid }) => uid === owner.uid)?.gid ?? owner.gid;
    return { kind: 'user', uid: owner.uid, gid };
  }
  const user = users.find(({ name }) => name === 'postgres') ?? users.find(({ name }) => name === 'nobody');
  if (user === undefined) {
    throw new HajiriError(
      'database_unsupported',
      'PostgreSQL does not run as root, and this machine has neither a user postgres nor a user nobody. Start Hajiri as an ordinary user, or set DATABASE_URL.',
    );
  }
  return { kind: 'user', uid: user.uid, gid: user.gid };
}

async function readUsers(file: string): Promise<PasswdEntry[]> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text.split('\n').flatMap((line) => {
    const [name, , uid, gid] = line.split(':');
    if (name === undefined || uid === undefined || gid === undefined) return [];
    // macOS writes the id of nobody as -2.
    return [{ name, uid: Number(uid) >>> 0, gid: Number(gid) >>> 0 }];
  });
}
