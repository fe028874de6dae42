import { createHash } from 'node:crypto';
import { chmod, lstat, mkdir, rmdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { errorCode } from '../../errors/error-code.ts';
import { folderUnusable } from './folder-problem.ts';
import { giveTo, ownerId, type RunAs } from './run-as.ts';

/** Only a part of the socket's name: the server does not listen on TCP. */
export const socketPort = 5432;

/** Linux takes 107 bytes for the path of a socket, macOS 103. */
const longestSocketPath = 103;

const temporaryPrefix = 'hajiri-socket-';

/** Where a server of this data folder puts its socket: inside it, or, when that path is too long, under the system's temporary folder. */
export function chooseSocketFolder(dataFolder: string, temporaryFolder: string): string {
  const inside = join(dataFolder, 'socket');
  if (fits(inside)) return inside;
  const name = `${temporaryPrefix}${createHash('sha256').update(dataFolder).digest('hex').slice(0, 16)}`;
  const outside = join(temporaryFolder, name);
  return fits(outside) ? outside : join('/tmp', name);
}

function fits(folder: string): boolean {
  return Buffer.byteLength(join(folder, `.s.PGSQL.${socketPort}`)) <= longestSocketPath;
}

/**
 * Makes the folder and checks that it is really ours: in a temporary folder somebody else may have made one of this name
 * before us, to listen in our place.
 */
export async function prepareSocketFolder(options: {
  readonly socketFolder: string;
  readonly dataFolder: string;
  readonly runAs: RunAs;
}): Promise<void> {
  const { socketFolder, runAs } = options;
  await mkdir(socketFolder, { mode: 0o700 }).then(
    async () => giveTo(runAs, socketFolder),
    (error: unknown) => {
      if (errorCode(error) !== 'EEXIST') throw error;
    },
  );
  const found = await lstat(socketFolder);
  if (!found.isDirectory() || (found.uid !== ownerId(runAs) && found.uid !== process.getuid?.())) {
    throw folderUnusable(
      options.dataFolder,
      `its socket belongs in ${socketFolder}, which belongs to another user`,
    );
  }
  await giveTo(runAs, socketFolder);
  await chmod(socketFolder, 0o700);
}

/** Tidies up after a stop; a folder inside the data folder stays, and so does one that is not empty. */
export async function removeTemporarySocketFolder(socketFolder: string): Promise<void> {
  if (basename(socketFolder).startsWith(temporaryPrefix)) await rmdir(socketFolder).catch(() => {});
}
