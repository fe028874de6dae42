import { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../../clock/clock.ts';
import { HajiriError } from '../../errors/hajiri-error.ts';
import { folderUnusable } from './folder-problem.ts';
import { giveTo, type RunAs } from './run-as.ts';

const sqliteBusy = 5;
const retryMilliseconds = 25;

/**
 * Runs `work` while no other process (and no other call in this one) holds the lock of the data folder.
 *
 * The lock is the exclusive lock of an empty SQLite file, because that is how Node reaches the operating system's own
 * file locks without native code. The kernel frees them when the holder dies, however it dies: there is no stale lock
 * to recognise, and so none of the races of taking one over. Nothing is ever stored in the file; it is never removed,
 * since a process that waits on a removed file would hold a lock that nobody else sees.
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
    return handle;
  } catch (error) {
    handle?.close();
    if (isBusy(error)) return undefined;
    throw folderUnusable(dataFolder, `the file ${file} cannot be opened and locked`, error);
  }
}

function isBusy(error: unknown): boolean {
  // The low byte is the primary code; the rest says more about the same.
  return (
    error instanceof Error &&
    'errcode' in error &&
    typeof error.errcode === 'number' &&
    (error.errcode & 0xff) === sqliteBusy
  );
}
