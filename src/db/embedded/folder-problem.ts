import { errorCode } from '../../errors/error-code.ts';
import { HajiriError } from '../../errors/hajiri-error.ts';

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'access is denied',
  EPERM: 'the operation is not permitted',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  ENOTDIR: 'a part of the path is not a folder',
  EEXIST: 'a file of this name is in the way',
  ELOOP: 'the path has a loop of symbolic links',
  ENAMETOOLONG: 'the path is too long',
  ENOTSUP: 'the file system does not support it',
  EIO: 'the disk reports an error',
};

/** A problem with a folder, in one sentence that names the folder and the reason. */
export function folderUnusable(folder: string, reason: string, cause?: unknown): HajiriError {
  return new HajiriError('data_folder_unusable', `The data folder ${folder} cannot be used: ${reason}.`, {
    details: { folder },
    cause,
  });
}

/** Turns a refusal by the operating system into `data_folder_unusable`; every other error is given back as it is. */
export function asFolderProblem(error: unknown, dataFolder: string): unknown {
  if (error instanceof HajiriError) return error;
  const code = errorCode(error);
  // Making a folder with its parents is refused with ENOENT on a read-only file system.
  const isMissing =
    code === 'ENOENT' && error instanceof Error && 'syscall' in error && error.syscall === 'mkdir';
  const reason = isMissing ? 'it cannot be made' : code === undefined ? undefined : reasons[code];
  if (reason === undefined) return error;
  const path =
    error instanceof Error && 'path' in error && typeof error.path === 'string' ? error.path : dataFolder;
  return folderUnusable(dataFolder, path === dataFolder ? reason : `${reason} (${path})`, error);
}
