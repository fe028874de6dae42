import { access, constants, mkdir, readdir, realpath, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { errorCode } from '../../errors/error-code.ts';
import { folderUnusable } from './folder-problem.ts';

/** Where everything of the embedded database lies inside a data folder. */
export type DataFolder = {
  readonly path: string;
  readonly lockFile: string;
  readonly processesFolder: string;
  readonly passwordFile: string;
  readonly logFile: string;
  readonly copiesFolder: string;
};

/** Makes the folder when it is missing and resolves symbolic links, so that every process calls it by one name. */
export async function prepareDataFolder(given: string): Promise<DataFolder> {
  // Only the folder itself is closed: the user who runs PostgreSQL for root must pass through those above it.
  await mkdir(dirname(resolve(given)), { recursive: true });
  await mkdir(resolve(given), { mode: 0o700 }).catch((error: unknown) => {
    if (errorCode(error) !== 'EEXIST') throw error;
  });
  const path = await realpath(resolve(given));
  if (!(await stat(path)).isDirectory()) throw folderUnusable(path, 'it is not a folder');
  await access(path, constants.R_OK | constants.W_OK | constants.X_OK);
  return {
    path,
    lockFile: join(path, 'postgres.lock'),
    processesFolder: join(path, 'processes'),
    passwordFile: join(path, 'postgres-password'),
    logFile: join(path, 'postgres.log'),
    copiesFolder: join(path, 'postgres-binaries'),
  };
}

/** The name holds the major version: files of one major version cannot be opened by another. */
export function clusterFolderFor(dataFolder: string, major: number): string {
  return join(dataFolder, `pg${major}`);
}

export async function listClusterFolders(dataFolder: string): Promise<string[]> {
  const names = await readdir(dataFolder);
  return names.filter((name) => /^pg\d+$/.test(name)).map((name) => join(dataFolder, name));
}
