import { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../../clock/clock.ts';
import { HajiriError } from '../../errors/hajiri-error.ts';
import { folderUnusable } from './folder-problem.ts';
import { giveTo, type RunAs } from './run-as.ts';

const sqliteBusy = 5;
const sqliteFull = 13;
const retryMilliseconds = 25;

/**
 * Runs `work` while no other process (and no other call in this one) holds the lock of the data folder.
 *
 * The lock is the exclusive lock of a SQLite file without content, because that is how Node reaches the operating system's own
 * file locks without native code. The kernel frees them when the holder dies, however it dies: there is no stale lock
 * to recognise, and so none of the races of taking one over. The file is never removed: a process that waits on a removed
 * file would come to hold a lock that nobody else sees.
 */
export async function withServerLock<Result>(
  options: {
    readonly file: string;
    readonly dataFolder: string;
    readonly runAs: RunAs;
    readonly clock: Clock;
    readonly patience: Temporal.Duration;
  },
  work: () => Promise<Result>,
): Promise<Result> {
  const deadline = options.clock.now().add(options.patience);
  let lock = tryLock(options.file, options.dataFolder);
  while (lock === undefined) {
    if (Temporal.Instant.compare(options.clock.now(), deadline) >= 0) {
      throw new HajiriError(
        'data_folder_in_use',
        `Another Hajiri has been starting or stopping the database in ${options.dataFolder} for too long.`,
        { details: { folder: options.dataFolder } },
      );
    }
    await options.clock.sleep(retryMilliseconds);
    lock = tryLock(options.file, options.dataFolder);
  }
  try {
    await giveTo(options.runAs, options.file);
    return await work();
  } finally {
    lock.close();
  }
}

function tryLock(file: string, dataFolder: string): DatabaseSync | undefined {
  let handle: DatabaseSync | undefined;
  try {
    handle = new DatabaseSync(file);
    handle.exec('begin exclusive');
    if (isEmpty(handle)) {
      // Locking an empty file writes a journal beside it, which a full disk refuses; locking one with a page does not.
      handle.exec('pragma user_version = 1; commit; begin exclusive');
    }
    return handle;
  } catch (error) {
    handle?.close();
    const code = sqliteCode(error);
    if (code === sqliteBusy) return undefined;
    const reason = code === sqliteFull ? 'the disk is full' : `the file ${file} cannot be opened and locked`;
    throw folderUnusable(dataFolder, reason, error);
  }
}

function isEmpty(handle: DatabaseSync): boolean {
  return handle.prepare('pragma user_version').get()?.['user_version'] === 0;
}

function sqliteCode(error: unknown): number | undefined {
  if (!(error instanceof Error && 'errcode' in error && typeof error.errcode === 'number')) return undefined;
  // The low byte is the primary code; the rest says more about the same.
  return error.errcode & 0xff;
}
