import { chmod, chown, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { HajiriError } from '../../errors/hajiri-error.ts';
import { folderUnusable } from './folder-problem.ts';
import type { RunAs } from './run-as.ts';
import { runProgram } from './run-program.ts';

/** Lets the user into the data folder, and fails with the name of the folder that keeps it out. */
export async function openDataFolderTo(runAs: RunAs, dataFolder: string): Promise<void> {
  if (runAs.kind === 'self') return;
  if ((await findClosedFolder(runAs, dataFolder)) === dataFolder) await letGroupPass(runAs, dataFolder);
  const closed = await findClosedFolder(runAs, dataFolder);
  if (closed === undefined) return;
  throw folderUnusable(
    dataFolder,
    `PostgreSQL does not run as root, and the user with id ${runAs.uid}, who runs it instead, may not enter ${closed}`,
  );
}

/** The first folder on the way to `path`, itself included, that the user may not enter. The system itself is asked, because access lists are not in the mode bits. */
async function findClosedFolder(runAs: RunAs, path: string): Promise<string | undefined> {
  const script = 'for folder do [ -x "$folder" ] || { printf %s "$folder"; exit 1; }; done';
  const result = await runProgram('/bin/sh', ['-c', script, 'sh', ...withParents(path)], {
    runAs,
    timeoutMilliseconds: 10_000,
  });
  if (result.kind === 'not_started') {
    throw new HajiriError(
      'database_unsupported',
      'PostgreSQL does not run as root, and the system does not allow Hajiri to switch to another user. Start Hajiri as an ordinary user, or set DATABASE_URL.',
      { details: { reason: result.reason } },
    );
  }
  return result.exitCode === 0 ? undefined : result.output;
}

/** Passing through is all the user needs; the folder stays root's, as other secrets may lie beside the cluster. */
async function letGroupPass(runAs: RunAs & { kind: 'user' }, folder: string): Promise<void> {
  const { uid, gid, mode } = await stat(folder);
  if (uid !== 0 || gid !== 0) return;
  await chown(folder, 0, runAs.gid);
  await chmod(folder, (mode & 0o7777) | 0o010);
}

function withParents(path: string): string[] {
  const parent = dirname(path);
  return parent === path ? [path] : [...withParents(parent), path];
}
