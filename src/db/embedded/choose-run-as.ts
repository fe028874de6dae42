import { readFile, stat } from 'node:fs/promises';
import { HajiriError } from '../../errors/hajiri-error.ts';
import type { RunAs } from './run-as.ts';

type PasswdEntry = { readonly name: string; readonly uid: number; readonly gid: number };

/**
 * Chooses the user: the owner of a cluster that is already there, else the owner of the data folder, else `postgres`,
 * else `nobody`. An existing cluster comes first, or its files would change hands when a user `postgres` appears later.
 */
export async function chooseRunAs(options: {
  readonly dataFolder: string;
  readonly clusterFolders: readonly string[];
}): Promise<RunAs> {
  if (process.getuid?.() !== 0) return { kind: 'self' };
  const users = await readUsers();
  for (const folder of [...options.clusterFolders, options.dataFolder]) {
    const { uid, gid } = await stat(folder);
    if (uid !== 0) return { kind: 'user', uid, gid: users.find((user) => user.uid === uid)?.gid ?? gid };
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

async function readUsers(): Promise<PasswdEntry[]> {
  const text = await readFile('/etc/passwd', 'utf8').catch(() => '');
  return text.split('\n').flatMap((line) => {
    const [name, , uid, gid] = line.split(':');
    if (name === undefined || uid === undefined || gid === undefined) return [];
    // macOS writes the id of nobody as -2.
    return [{ name, uid: Number(uid) >>> 0, gid: Number(gid) >>> 0 }];
  });
}
